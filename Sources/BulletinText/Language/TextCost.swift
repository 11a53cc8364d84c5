/// How surprising a text is as the language of bulletins: the fewer bits it costs, the better the reading.
///
/// Two readings of the same bytes are compared by their total cost: the likelier one needs fewer bits. A unigram model
/// is enough for that, because a wrong decoding turns frequent characters into rare ones: Chinese costs about 10 bits a
/// character, the same bytes read wrongly cost 16 and more a character, and mostly yield more characters.
enum TextCost {
    /// The cost of a scalar in half bits.
    @inline(__always)
    static func halfBits(_ scalar: Unicode.Scalar) -> Int {
        let code = scalar.value
        let han = code &- HanCostTable.first
        if han < HanCostTable.count {
            // Within bounds: the table has `count` digits.
            return Int(HanCostTable.costs.utf8Start[Int(han)]) - 0x25
        }
        return code < 0x80 ? ascii(code) : other(code)
    }

    /// The cost of a text in half bits.
    static func halfBits(of text: some Sequence<Unicode.Scalar>) -> Int {
        text.reduce(0) { $0 + halfBits($1) }
    }

    private static func ascii(_ code: UInt32) -> Int {
        switch code {
        case 0x09, 0x0A, 0x0D, 0x20, 0x30...0x39, 0x41...0x5A, 0x61...0x7A: 13
        case 0x21...0x7E: 16
        default: 44
        }
    }

    /// Classes of other scalars, by how often they stand in bulletins of either script.
    private static func other(_ code: UInt32) -> Int {
        switch code {
        case 0x80...0x9F: 44
        case 0xA0, 0xB7, 0xD7: 18
        case 0xA1...0xBF: 28
        case 0xC0...0x24F: 24
        case 0x300...0x36F: 30
        case 0x370...0x52F: 34
        case 0x2010...0x2026: 14
        case 0x2000...0x206F, 0x2100...0x218F, 0x2460...0x24FF: 22
        case 0x2500...0x257F: 36
        case 0x2190...0x245F, 0x2580...0x27BF: 26
        case 0x3008, 0x3009, 0x300C...0x300F: 17
        case 0x3000...0x3011, 0x3014, 0x3015: 12
        case 0x3012...0x303F: 22
        case 0x3041...0x3096: 24
        case 0x3097...0x30FF: 27
        case 0x3105...0x312F: 32
        case 0xFF01, 0xFF08, 0xFF09, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF1F: 12
        case 0xFF02...0xFF5E: 20
        case 0xFFE0...0xFFE6: 26
        case 0xAC00...0xD7A3: 34
        case 0xE000...0xF8FF, 0xF0000...0x10FFFF: 52
        case 0xFFFD: 60
        case 0x20000...0x3FFFF: 48
        default: 44
        }
    }
}
