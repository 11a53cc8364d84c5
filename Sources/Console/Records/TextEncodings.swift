/// Comma-separated values as RFC 4180 has them, safe to open in a spreadsheet.
enum CSV {
    /// A record: fields separated by commas, ended by CRLF.
    static func record(_ cells: [Cell]) -> String {
        cells.map(field).joined(separator: ",") + "\r\n"
    }

    private static func field(_ cell: Cell) -> String {
        switch cell {
        case .empty: ""
        case .number(let number): number
        case .text(let text): quoted(guarded(text))
        case .highlighted(let highlighted): quoted(guarded(highlighted.text))
        }
    }

    /// A spreadsheet takes a text for a formula if it begins with one of these characters (OWASP, "CSV Injection");
    /// an apostrophe in front keeps it a text. Full-width forms count, since some spreadsheets fold them.
    private static func guarded(_ text: String) -> String {
        guard let first = text.unicodeScalars.first else { return text }
        return "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first) ? "'" + text : text
    }

    /// Control characters other than line breaks and tabs are written out: spreadsheets and XML cannot hold them,
    /// and a CSV file is often looked at on a terminal.
    private static func quoted(_ text: String) -> String {
        let needsQuotes = text.unicodeScalars.contains { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" }
        guard needsQuotes else { return text }
        var result = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { result.unicodeScalars.append("\"") }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }
}

/// Tables in GitHub's dialect of Markdown.
enum Markdown {
    /// A table row.
    static func row(_ cells: [String]) -> String {
        "| " + cells.joined(separator: " | ") + " |\n"
    }

    /// A cell's text, with emphasis where it has any.
    static func cell(_ cell: Cell) -> String {
        switch cell {
        case .empty: ""
        case .number(let number): escape(number)
        case .text(let text): escape(text)
        case .highlighted(let text):
            text.runs.map { $0.isMarked ? "**" + escape($0.text) + "**" : escape($0.text) }.joined()
        }
    }

    /// Text that Markdown shows as it is: no markup, no HTML, no end of the cell.
    static func escape(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            defer { previous = scalar }
            switch scalar {
            case "\\", "|", "`", "*", "_", "[", "]", "~":
                result.append("\\")
                result.append(scalar)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "\n" where previous == "\r": break
            case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": result.append(contentsOf: "<br>".unicodeScalars)
            case "\t": result.append(" ")
            default:
                if TerminalText.isUnsafe(scalar) {
                    // The backslash of the written form is itself escaped.
                    result.append("\\")
                    result.append(contentsOf: TerminalText.escape(String(scalar)).unicodeScalars)
                } else {
                    result.append(scalar)
                }
            }
        }
        return String(result)
    }
}
