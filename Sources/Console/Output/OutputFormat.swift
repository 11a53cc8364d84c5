/// How records are printed: the values of `--format`.
public enum OutputFormat: String, CaseIterable, Sendable {
    /// Aligned columns for people, fitted to the terminal.
    case table
    /// One JSON array of objects.
    case json
    /// One JSON object a line.
    case ndjson
    /// Comma-separated values, RFC 4180.
    case csv
    /// A Markdown table (GitHub's dialect).
    case markdown

    /// The format to use where none was asked for: a table for people, ndjson for programs.
    public static func standard(isTerminal: Bool) -> OutputFormat {
        isTerminal ? .table : .ndjson
    }
}
