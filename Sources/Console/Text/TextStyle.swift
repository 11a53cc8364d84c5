/// Emphasis on a terminal: ANSI sequences where colours are on, plain text where they are off.
///
/// What is given to it is data and gets escaped (``TerminalText/escape(_:keepingLineBreaks:)``); the only escape
/// sequences that come out are its own.
public struct TextStyle: Sendable {
    /// Whether colours are on.
    public let isEnabled: Bool

    /// A style that colours or does not.
    public init(isEnabled: Bool) {
        self.isEnabled = isEnabled
    }

    /// Bold text, for headings.
    public func bold(_ text: String) -> String { wrap(text, in: "1") }
    /// Faint text, for what matters less.
    public func dim(_ text: String) -> String { wrap(text, in: "2") }
    /// Bold yellow text, for what was searched.
    public func highlight(_ text: String) -> String { wrap(text, in: "1;33") }
    /// Bold red text, for errors.
    public func error(_ text: String) -> String { wrap(text, in: "1;31") }
    /// Cyan text, for names of people and organisations.
    public func name(_ text: String) -> String { wrap(text, in: "36") }

    /// Red text, for what was taken away.
    public func removed(_ text: String) -> String { wrap(text, in: "31") }
    /// Green text, for what was put in.
    public func added(_ text: String) -> String { wrap(text, in: "32") }

    /// What a place in a text is.
    public enum Mark: Int, CaseIterable, Sendable {
        /// A clause that tells somebody what to do: yellow.
        case directive
        /// The name of an organisation: green.
        case organization
        /// The name of a person: cyan.
        case person

        fileprivate var code: String {
            switch self {
            case .directive: "33"
            case .organization: "1;32"
            case .person: "1;36"
            }
        }
    }

    /// The text with places marked, in Unicode scalars; a name within a clause keeps its own colour.
    public func render(_ text: String, marks: [(range: Range<Int>, mark: Mark)]) -> String {
        guard isEnabled, !marks.isEmpty else { return TerminalText.escape(text) }
        let scalars = Array(text.unicodeScalars)
        var styles = [Mark?](repeating: nil, count: scalars.count)
        for mark in Mark.allCases {
            for place in marks where place.mark == mark {
                for index in place.range.clamped(to: 0..<scalars.count) { styles[index] = mark }
            }
        }
        var result = ""
        var start = 0
        while start < scalars.count {
            var end = start
            while end < scalars.count, styles[end] == styles[start] { end += 1 }
            let piece = String(String.UnicodeScalarView(scalars[start..<end]))
            result += styles[start].map { wrap(piece, in: $0.code) } ?? TerminalText.escape(piece)
            start = end
        }
        return result
    }

    /// The text with its marked ranges highlighted.
    public func render(_ text: HighlightedText) -> String {
        text.runs.map { $0.isMarked ? highlight($0.text) : TerminalText.escape($0.text) }.joined()
    }

    /// The text with its marked ranges in reverse video, the rest in the style of a difference.
    public func difference(_ text: HighlightedText, isAdded: Bool) -> String {
        let code = isAdded ? "32" : "31"
        return text.runs.map { wrap($0.text, in: $0.isMarked ? code + ";7" : code) }.joined()
    }

    private func wrap(_ text: String, in code: String) -> String {
        let safe = TerminalText.escape(text, keepingLineBreaks: true)
        return isEnabled && !safe.isEmpty ? "\u{1B}[\(code)m\(safe)\u{1B}[0m" : safe
    }
}
