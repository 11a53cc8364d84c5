/// What a corpus is made of. The same options give the same bulletins, byte for byte, on every machine.
public struct CorpusOptions: Hashable, Sendable {
    /// The script of a corpus's bulletins.
    public enum Script: String, CaseIterable, Sendable {
        /// Simplified characters.
        case hans
        /// Traditional characters.
        case hant
        /// Some bulletins in the one, some in the other.
        case mixed
    }

    /// The form of the pages.
    public enum Markup: String, CaseIterable, Sendable {
        /// Plain text.
        case text
        /// HTML with the meta block of government sites.
        case html
        /// Three in four as text, the others as HTML.
        case mixed
    }

    /// The encoding of the files.
    public enum Encoding: String, CaseIterable, Sendable {
        /// UTF-8 without a byte order mark.
        case utf8 = "utf-8"
        /// GB18030, which also is GBK and GB2312 for what those can write.
        case gb18030
        /// Big5; a page that it cannot write is written in UTF-8.
        case big5
        /// UTF-16, little endian, with a byte order mark.
        case utf16 = "utf-16"
        /// A page in one of them each.
        case mixed
    }

    /// The seed of all chance.
    public var seed: UInt64
    /// The script of the bulletins.
    public var script: Script = .hans
    /// The form of the pages.
    public var markup: Markup = .text
    /// The encoding of the files.
    public var encoding: Encoding = .utf8
    /// The kinds of damage that pages suffer, one each, as likely as each other; empty for clean ones.
    public var damage: [DamageKind] = []
    /// How many of a hundred pages are damaged.
    public var damagedPercent = 100

    /// Clean simplified text in UTF-8; change the properties for something else.
    public init(seed: UInt64) {
        self.seed = seed
    }
}
