/// Text as HTML.
enum HTMLText {
    /// Text that HTML shows as it is, in elements and in quoted attributes; control characters become spaces.
    static func escape(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}":
                result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A link, if the address is one of the web; else the text alone.
    static func link(_ address: String?, _ text: String) -> String {
        guard let address, address.hasPrefix("https://") || address.hasPrefix("http://") else { return escape(text) }
        return "<a href=\"\(escape(address))\" rel=\"noreferrer\">\(escape(text))</a>"
    }
}
