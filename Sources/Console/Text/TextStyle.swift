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

    /// The text with its marked ranges highlighted.
    public func render(_ text: HighlightedText) -> String {
        text.runs.map { $0.isMarked ? highlight($0.text) : TerminalText.escape($0.text) }.joined()
    }

    private func wrap(_ text: String, in code: String) -> String {
        let safe = TerminalText.escape(text, keepingLineBreaks: true)
        return isEnabled && !safe.isEmpty ? "\u{1B}[\(code)m\(safe)\u{1B}[0m" : safe
    }
}
