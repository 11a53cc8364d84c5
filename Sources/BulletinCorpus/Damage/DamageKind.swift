/// What happens to pages on their way through converters, decoders and editors.
public enum DamageKind: String, CaseIterable, Sendable {
    /// Readings left behind traditional characters: 區(qū).
    case pinyin
    /// The same, inserted into GBK bytes, so that it also hits pairs that are no characters: 冷鏈?zhǔn)称窓z驗.
    case outOfStep = "out-of-step"
    /// Read in another encoding than it was written in.
    case misdecoded
    /// Marks, spaces and characters as HTML entities in plain text.
    case entities
    /// Zero-width and control characters strewn in.
    case invisible
    /// Lines broken at a fixed width, within sentences.
    case wrapped

    /// Whether only traditional text suffers it.
    public var needsTraditional: Bool {
        switch self {
        case .pinyin, .outOfStep: true
        case .misdecoded, .entities, .invisible, .wrapped: false
        }
    }
}
