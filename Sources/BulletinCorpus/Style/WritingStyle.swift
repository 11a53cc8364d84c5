/// How a site writes: the script, the quotation marks, the punctuation. Applied to text and gold alike, one character
/// for one character.
struct WritingStyle: Sendable {
    /// Whether the text is in traditional characters.
    var isTraditional = false
    /// Whether terms stand in 「」 instead of “”.
    var hasCornerMarks = false
    /// Whether commas, colons and parentheses are those of ASCII.
    var hasNarrowPunctuation = false

    /// The text in this style.
    func apply(_ text: String) -> String {
        guard isTraditional || hasCornerMarks || hasNarrowPunctuation else { return text }
        var styled = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { styled.append(apply(scalar)) }
        return String(styled)
    }

    private func apply(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "“": hasCornerMarks ? "「" : scalar
        case "”": hasCornerMarks ? "」" : scalar
        case "，": hasNarrowPunctuation ? "," : scalar
        case "：": hasNarrowPunctuation ? ":" : scalar
        case "（": hasNarrowPunctuation ? "(" : scalar
        case "）": hasNarrowPunctuation ? ")" : scalar
        default: isTraditional ? Traditional.table.scalar(scalar) : scalar
        }
    }
}

/// Simplified to traditional, character by character, as conversion tools of web sites do.
struct Traditional: Sendable {
    static let table = Traditional()

    /// The traditional character at the place of each simplified one's code; 0 where there is none.
    private let codes: [UInt16]

    private init() {
        var codes = [UInt16](repeating: 0, count: 0x1_0000)
        let pairs = zip(
            TraditionalTable.simplified.description.unicodeScalars,
            TraditionalTable.traditional.description.unicodeScalars
        )
        for (simplified, traditional) in pairs where simplified.value < 0x1_0000 && traditional.value < 0x1_0000 {
            codes[Int(simplified.value)] = UInt16(traditional.value)
        }
        self.codes = codes
    }

    /// The traditional form of a character, or the character itself.
    func scalar(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard scalar.value < 0x1_0000 else { return scalar }
        let code = codes[Int(scalar.value)]
        return code == 0 ? scalar : Unicode.Scalar(code) ?? scalar
    }
}
