internal import Console
internal import ReadModel

/// Revisions as people read differences: `-` what was, `+` what is.
struct HistoryRendering {
    let style: TextStyle

    func text(of rows: [HistoryRow]) -> String {
        var lines: [String] = []
        for row in rows {
            let current = row.current ? " (current)" : ""
            let time = row.eventTime.map { " · \($0)" } ?? ""
            lines.append(style.bold("revision \(row.revision)\(current)") + style.dim("\(time) · offset \(row.offset)"))
            if row.revision == 1 { lines.append("  " + TerminalText.escape(row.title ?? "(no title)")) }
            if row.revision > 1, row.changes.isEmpty { lines.append(style.dim("  nothing that is shown here")) }
            for change in row.changes {
                let name = change.field == "text" ? "" : "\(change.field): "
                if let before = change.before {
                    let marks = change.removed.map { $0.start..<$0.end }
                    lines.append(
                        "  " + style.removed("- \(name)")
                            + style.difference(HighlightedText(before, marks: marks), isAdded: false)
                    )
                }
                if let after = change.after {
                    let marks = change.added.map { $0.start..<$0.end }
                    lines.append(
                        "  " + style.added("+ \(name)")
                            + style.difference(HighlightedText(after, marks: marks), isAdded: true)
                    )
                }
            }
            lines.append("")
        }
        return lines.dropLast().joined(separator: "\n") + "\n"
    }

    /// A change in one line, for CSV and Markdown.
    static func line(_ change: RevisionChange) -> String {
        "\(change.field): \(change.before ?? "–") → \(change.after ?? "–")"
    }
}
