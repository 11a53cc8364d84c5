import BulletinText

/// Text as an array: rules look at scalars by position, which a `String` does not give in constant time.
typealias Scalars = [Unicode.Scalar]

extension Unicode.Scalar {
    /// A character of the Han script, the ideographic zero included.
    @inline(__always)
    var isHan: Bool {
        switch value {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x3007, 0xF900...0xFAFF, 0x20000...0x3134F: true
        default: false
        }
    }

    /// White space of any width, and the invisible characters that pages use as such.
    @inline(__always)
    var isBlank: Bool {
        // Most characters are Han.
        if value > 0x3000, value < 0xFEFF { return false }
        return switch value {
        case 0x20, 0x09...0x0D, 0x85, 0xA0, 0x1680, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF:
            true
        default: false
        }
    }

    /// What Unicode calls white space (the property `White_Space`), without asking its tables.
    @inline(__always)
    var isWhitespace: Bool {
        if value > 0x3000 { return false }
        return switch value {
        case 0x20, 0x09...0x0D, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    /// `0` to `9`; folded text has no others.
    @inline(__always)
    var isDigit: Bool { value >= 0x30 && value <= 0x39 }

    /// `a` to `z`; folded text has no capitals.
    @inline(__always)
    var isLowercaseLetter: Bool { value >= 0x61 && value <= 0x7A }
}

extension Scalars {
    /// The scalars of a text.
    init(text: String) {
        var text = text
        self = text.withUTF8 { utf8 in
            // At most as many scalars as bytes; a string holds valid UTF-8.
            Scalars(unsafeUninitializedCapacity: utf8.count) { scalars, count in
                var position = 0
                while position < utf8.count {
                    let first = UInt32(utf8[position])
                    let value: UInt32
                    func tail(_ offset: Int) -> UInt32 { UInt32(utf8[position + offset] & 0x3F) }
                    switch first {
                    case 0..<0x80:
                        value = first
                        position += 1
                    case 0x80..<0xE0:
                        value = (first & 0x1F) << 6 | tail(1)
                        position += 2
                    case 0xE0..<0xF0:
                        value = (first & 0x0F) << 12 | tail(1) << 6 | tail(2)
                        position += 3
                    default:
                        value = (first & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3)
                        position += 4
                    }
                    scalars.initializeElement(at: count, to: Unicode.Scalar(value) ?? "\u{FFFD}")
                    count += 1
                }
            }
        }
    }

    /// Whether `word` stands at `index`.
    @inline(__always)
    func matches(_ word: Scalars, at index: Int) -> Bool {
        guard index >= 0, index + word.count <= count else { return false }
        for offset in 0..<word.count where self[index + offset] != word[offset] { return false }
        return true
    }

    /// Where `word` stands for the first time from `start` on.
    func first(_ word: Scalars, from start: Int = 0) -> Int? {
        guard let head = word.first, start >= 0 else { return nil }
        var index = start
        let last = count - word.count
        while index <= last {
            if self[index] == head, matches(word, at: index) { return index }
            index += 1
        }
        return nil
    }

    /// Whether `word` stands anywhere.
    func contains(_ word: Scalars) -> Bool { first(word) != nil }

    /// Whether a part of a text ends in `word`.
    static func ends(_ slice: ArraySlice<Unicode.Scalar>, in word: Scalars) -> Bool {
        slice.suffix(word.count).elementsEqual(word)
    }

    /// Whether the text ends in `word`.
    func ends(in word: Scalars) -> Bool { matches(word, at: count - word.count) }

    /// `range` without the white space at its ends.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var lower = range.lowerBound
        var upper = range.upperBound
        while lower < upper, self[lower].isBlank { lower += 1 }
        while lower < upper, self[upper - 1].isBlank { upper -= 1 }
        return lower..<upper
    }

    /// The first index from `start` on that holds no white space.
    @inline(__always)
    func skipBlanks(from start: Int) -> Int {
        var index = start
        while index < count, self[index].isBlank { index += 1 }
        return index
    }

    /// The scalars without any white space.
    var withoutBlanks: Scalars { filter { !$0.isBlank } }

    /// The text of a range.
    func text(_ range: Range<Int>) -> String { self[range].text }

    /// The whole text.
    var text: String { self[...].text }

    /// The text folded for comparison, scalar by scalar.
    var folded: Scalars { map(Folding.fold) }
}

extension ArraySlice<Unicode.Scalar> {
    /// The scalars as text, written as UTF-8 in one go: the standard library appends scalar by scalar, which costs ten times
    /// as much.
    var text: String {
        withUnsafeBufferPointer { scalars in
            var count = 0
            for scalar in scalars {
                let value = scalar.value
                count += value < 0x80 ? 1 : value < 0x800 ? 2 : value < 0x1_0000 ? 3 : 4
            }
            return String(unsafeUninitializedCapacity: count) { bytes in
                var end = 0
                for scalar in scalars {
                    let value = scalar.value
                    func tail(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(truncatingIfNeeded: value >> shift & 0x3F) }
                    switch value {
                    case 0x800..<0x1_0000:
                        bytes[end] = 0xE0 | UInt8(truncatingIfNeeded: value >> 12)
                        bytes[end + 1] = tail(6)
                        bytes[end + 2] = tail(0)
                        end += 3
                    case 0..<0x80:
                        bytes[end] = UInt8(truncatingIfNeeded: value)
                        end += 1
                    case 0x80..<0x800:
                        bytes[end] = 0xC0 | UInt8(truncatingIfNeeded: value >> 6)
                        bytes[end + 1] = tail(0)
                        end += 2
                    default:
                        bytes[end] = 0xF0 | UInt8(truncatingIfNeeded: value >> 18)
                        bytes[end + 1] = tail(12)
                        bytes[end + 2] = tail(6)
                        bytes[end + 3] = tail(0)
                        end += 4
                    }
                }
                return end
            }
        }
    }
}
