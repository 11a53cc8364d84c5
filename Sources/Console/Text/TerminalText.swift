/// Text that is safe and fits when it is shown on a terminal.
///
/// What bulletins contain is data. Printed as it is, an escape sequence could retitle the window or overwrite what
/// stands above, and a bidirectional override could show words in another order than they are stored in.
public enum TerminalText {
    /// The text with every character that could steer a terminal or mislead the eye written out.
    ///
    /// Line feed, carriage return and tab become `\n`, `\r` and `\t`; every other control character (C0, DEL, C1),
    /// line and paragraph separators, bidirectional controls and invisible format characters become `\u{1B}` with
    /// their code point. Zero-width joiners stay: emoji and some scripts need them.
    /// - Parameter keepingLineBreaks: leaves line feeds alone, for text of several lines.
    public static func escape(_ text: String, keepingLineBreaks: Bool = false) -> String {
        guard text.unicodeScalars.contains(where: { isUnsafe($0) }) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if !isUnsafe(scalar) || (keepingLineBreaks && scalar == "\n") {
                result.append(scalar)
            } else {
                result.append(contentsOf: written(scalar).unicodeScalars)
            }
        }
        return String(result)
    }

    /// The text as one line for a table cell: line breaks and tabs become spaces, the rest is escaped.
    static func singleLine(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { isUnsafe($0) }) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x09...0x0D, 0x85, 0x2028, 0x2029:
                if result.last != " " { result.append(" ") }
            default:
                if isUnsafe(scalar) {
                    result.append(contentsOf: written(scalar).unicodeScalars)
                } else {
                    result.append(scalar)
                }
            }
        }
        return String(result)
    }

    private static func written(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default: "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
        }
    }

    /// Whether a character is never sent to a terminal as it is.
    static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E: false
        case 0x00...0x1F, 0x7F...0x9F: true  // C0, DEL, C1
        case 0xAD: true  // soft hyphen
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true  // bidirectional controls (UAX #9)
        case 0x2028, 0x2029: true  // line and paragraph separator
        case 0x180E, 0x200B, 0x2060...0x2065, 0x206A...0x206F, 0xFEFF: true  // invisible
        case 0xFFF9...0xFFFB: true  // interlinear annotation
        case 0xE0000...0xE007F: true  // tags, which can hide whole sentences
        default: false
        }
    }
}
