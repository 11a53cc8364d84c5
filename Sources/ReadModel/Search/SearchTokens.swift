internal import BulletinText

/// What the search index holds of a text: overlapping pairs of folded letters and digits.
///
/// A run of indexed scalars `c1 c2 … cn` becomes the tokens `c1c2`, `c2c3`, …, `cn`: each scalar begins exactly one
/// token. So a word of two or more scalars is a phrase of its pairs, which occurs where the word does and nowhere
/// else (the lone `cn` ends every run, so that no phrase reaches into the next one), and a single scalar is a prefix
/// query. Latin letters and digits are paired like Han characters, so that any part of a word or number is found.
/// Punctuation and symbols are not indexed; a query that contains some is checked against the text itself.
enum SearchTokens {
    /// Whether a folded scalar is indexed: letters, marks and digits of any script.
    static func isIndexed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x4E00...0x9FFF: return true
        // Hangul syllables, and what is for private use for ever.
        case 0xAC00...0xD7A3, 0xE000...0xF8FF, 0xF0000...0xFFFFD, 0x100000...0x10FFFD: return true
        case 0...0xA9, 0x2000...0x206F, 0x3000...0x3004, 0xFF01...0xFF0F: return false
        default: break
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber, .privateUse:
            return true
        default:
            return false
        }
    }

    /// Whether a folded scalar is a letter or digit of a script that writes words apart: not Han, Kana or Bopomofo.
    static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x2E80 && isIndexed(scalar)
    }

    /// Appends the tokens of `text`, each followed by a space, to `output`.
    static func append(_ text: String, to output: inout [UInt8]) {
        var scalars = IndexedScalars()
        scalars.append(text)
        scalars.appendTokens(to: &output)
    }

    /// Appends the tokens of some scalars, each followed by a space, to `output`.
    static func append(_ scalars: some Sequence<Unicode.Scalar>, to output: inout [UInt8]) {
        var indexed = IndexedScalars()
        indexed.append(scalars)
        indexed.appendTokens(to: &output)
    }

    /// Appends a scalar in UTF-8.
    @inline(__always)
    static func append(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
        let value = scalar.value
        switch value {
        case 0..<0x80:
            output.append(UInt8(truncatingIfNeeded: value))
        case 0x80..<0x800:
            output.append(UInt8(truncatingIfNeeded: 0xC0 | value >> 6))
            output.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
        case 0x800..<0x10000:
            output.append(UInt8(truncatingIfNeeded: 0xE0 | value >> 12))
            output.append(UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F))
            output.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
        default:
            output.append(UInt8(truncatingIfNeeded: 0xF0 | value >> 18))
            output.append(UInt8(truncatingIfNeeded: 0x80 | value >> 12 & 0x3F))
            output.append(UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F))
            output.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
        }
    }
}
