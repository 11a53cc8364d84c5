/// A reading in pinyin: a syllable of Mandarin, with one tone mark or none.
struct PinyinReading: Hashable {
    /// The letters, five bits each, and the tone in the lowest three: `zhǔn` is z-h-u-n-3. A tone of 0 means no mark.
    let key: UInt64

    var hasTone: Bool { key & 7 != 0 }

    /// The letters without the tone.
    var letters: UInt64 { key >> 3 }

    /// The same letters in the neutral tone (0) or one of the four tones.
    func inTone(_ tone: UInt64) -> PinyinReading { PinyinReading(key: letters << 3 | tone) }

    /// The reading that begins at `start` and where it ends, or nil if no syllable of Mandarin stands there.
    static func parse(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> (reading: PinyinReading, end: Int)? {
        guard let found = letters(bytes, at: start), Readings.table.isSyllable(found.reading) else { return nil }
        return found
    }

    /// Letters with at most one tone mark that begin at `start`, whether they are a syllable or not.
    ///
    /// A tool that goes over a text again and again also puts readings into readings, `(ōu(zàn))`: the bytes of ō and u side
    /// by side hold another character. Such a one is passed over.
    static func letters(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> (reading: PinyinReading, end: Int)? {
        var letters: UInt64 = 0
        var count = 0
        var tone: UInt64 = 0
        var position = start
        while position < bytes.count, let (letter, mark, length) = letter(bytes, at: position) {
            if mark != 0 {
                guard tone == 0 else { return nil }
                tone = mark
            }
            if letter != 0 {
                // zhuang is the longest.
                guard count < 6 else { return nil }
                letters = letters << 5 | letter
                count += 1
            } else if count == 0 {
                return nil
            }
            position += length
            if tone != 0, position < bytes.count, bytes[position] == UInt8(ascii: "(") {
                position = skipInner(bytes, at: position)
            }
        }
        guard count > 0 else { return nil }
        return (PinyinReading(key: letters << 3 | tone), position)
    }

    /// The offset after marked letters in parentheses that begin at `start`; `start` if there are none.
    private static func skipInner(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
        var position = start + 1
        var tone: UInt64 = 0
        while position < bytes.count, position - start < 12, let (_, mark, length) = letter(bytes, at: position) {
            tone |= mark
            position += length
        }
        let isReading = tone != 0 && position < bytes.count && bytes[position] == UInt8(ascii: ")")
        return isReading ? position + 1 : start
    }

    /// A reading in parentheses of either width that begins at `start`, with a blank allowed within; nil if none does.
    static func parseParenthesis(
        _ bytes: UnsafeBufferPointer<UInt8>,
        at start: Int
    ) -> (reading: PinyinReading, end: Int)? {
        guard let inside = openingParenthesis(bytes, at: start) else { return nil }
        return parseClosing(bytes, at: skipBlank(bytes, at: inside))
    }

    /// A reading and the closing parenthesis after it.
    static func parseClosing(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> (reading: PinyinReading, end: Int)?
    {
        guard let (reading, end) = parse(bytes, at: start) else { return nil }
        let close = skipBlank(bytes, at: end)
        guard close < bytes.count else { return nil }
        if bytes[close] == UInt8(ascii: ")") { return (reading, close + 1) }
        if bytes[close...].starts(with: [0xEF, 0xBC, 0x89]) { return (reading, close + 3) }
        return nil
    }

    /// Where the inside of a parenthesis begins that opens at `start`.
    static func openingParenthesis(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int? {
        guard start < bytes.count else { return nil }
        if bytes[start] == UInt8(ascii: "(") { return start + 1 }
        let isFullWidth =
            bytes[start] == 0xEF && start + 2 < bytes.count && bytes[start + 1] == 0xBC && bytes[start + 2] == 0x88
        return isFullWidth ? start + 3 : nil
    }

    /// One blank (a space, U+00A0 or U+3000): some sites leave one within the parentheses.
    private static func skipBlank(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Int {
        guard position < bytes.count else { return position }
        if bytes[position] == 0x20 { return position + 1 }
        if bytes[position...].starts(with: [0xC2, 0xA0]) { return position + 2 }
        if bytes[position...].starts(with: [0xE3, 0x80, 0x80]) { return position + 3 }
        return position
    }

    /// The letter at `position` (1 for a … 26 for z, 27 for ü; 0 for a combining mark), its tone and its length.
    @inline(__always)
    private static func letter(
        _ bytes: UnsafeBufferPointer<UInt8>,
        at position: Int
    ) -> (letter: UInt64, tone: UInt64, length: Int)? {
        let first = bytes[position]
        // v stands for ü where there is none to type.
        if first &- 0x61 < 26 { return (first == UInt8(ascii: "v") ? 27 : UInt64(first - 0x60), 0, 1) }
        guard first >= 0xC3, first <= 0xCC, position + 1 < bytes.count else { return nil }
        let (a, e, g, i, n, o, u): (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (1, 5, 7, 9, 14, 15, 21)
        let umlaut: UInt64 = 27
        let marked: (letter: UInt64, tone: UInt64)? =
            switch (first, bytes[position + 1]) {
            case (0xC3, 0xA0): (a, 4)
            case (0xC3, 0xA1): (a, 2)
            case (0xC3, 0xA8): (e, 4)
            case (0xC3, 0xA9): (e, 2)
            case (0xC3, 0xAC): (i, 4)
            case (0xC3, 0xAD): (i, 2)
            case (0xC3, 0xB2): (o, 4)
            case (0xC3, 0xB3): (o, 2)
            case (0xC3, 0xB9): (u, 4)
            case (0xC3, 0xBA): (u, 2)
            case (0xC3, 0xBC): (umlaut, 0)
            case (0xC4, 0x81): (a, 1)
            case (0xC4, 0x93): (e, 1)
            case (0xC4, 0x9B): (e, 3)
            case (0xC4, 0xAB): (i, 1)
            case (0xC5, 0x84): (n, 2)
            case (0xC5, 0x88): (n, 3)
            case (0xC5, 0x8D): (o, 1)
            case (0xC5, 0xAB): (u, 1)
            case (0xC7, 0x8E): (a, 3)
            case (0xC7, 0x90): (i, 3)
            case (0xC7, 0x92): (o, 3)
            case (0xC7, 0x94): (u, 3)
            case (0xC7, 0x96): (umlaut, 1)
            case (0xC7, 0x98): (umlaut, 2)
            case (0xC7, 0x9A): (umlaut, 3)
            case (0xC7, 0x9C): (umlaut, 4)
            case (0xC7, 0xB9): (n, 4)
            // Phonetic forms of a and g, which GBK fonts draw alike.
            case (0xC9, 0x91): (a, 0)
            case (0xC9, 0xA1): (g, 0)
            // Combining macron, acute, caron and grave.
            case (0xCC, 0x84): (0, 1)
            case (0xCC, 0x81): (0, 2)
            case (0xCC, 0x8C): (0, 3)
            case (0xCC, 0x80): (0, 4)
            default: nil
            }
        return marked.map { ($0.letter, $0.tone, 2) }
    }
}
