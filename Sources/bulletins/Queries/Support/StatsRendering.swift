internal import Console
internal import ReadModel

/// Figures with small plots, for a terminal.
struct StatsRendering {
    let style: TextStyle
    let width: Int

    /// Bars are no longer than this: longer ones are not easier to compare.
    private static let longestBar = 30
    /// Months that are shown, the latest ones.
    private static let months = 24

    func text(of stats: ReadModelStats) -> String {
        var lines: [String] = []
        let counts = [
            ("bulletins", stats.bulletins), ("revisions", stats.revisions), ("withdrawn", stats.withdrawn),
            ("directives", stats.directives), ("people", stats.people), ("organizations", stats.organizations),
            ("documents cited", stats.documents), ("rejected records", stats.rejected),
        ]
        let longest = counts.map { String($0.1).count }.max() ?? 1
        for (name, value) in counts {
            let digits = String(value)
            lines.append("\(pad(name, 17))\(String(repeating: " ", count: longest - digits.count))\(digits)")
        }
        if let first = stats.firstDate, let last = stats.lastDate {
            lines.append("\(pad("period", 17))\(first) to \(last)")
        }
        plot("Kinds", stats.kinds.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }, &lines)
        plot("Sources", stats.sources.map { ($0.source, $0.bulletins) }, &lines)
        plot("Months", stats.months.suffix(Self.months).map { ($0.month, $0.bulletins) }, &lines)
        lines += ["", style.bold("Partitions")]
        for partition in stats.partitions {
            let size = "\(partition.fileBytes / 1024) KiB"
            lines.append("  \(partition.topic)[\(partition.partition)]  next offset \(partition.nextOffset), \(size)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func plot(_ title: String, _ values: [(name: String, value: Int)], _ lines: inout [String]) {
        guard let largest = values.map(\.value).max(), largest > 0 else { return }
        let names = values.map { TerminalText.truncate(TerminalText.escape($0.name), to: max(8, width / 3)) }
        let column = names.map { TerminalText.width(of: $0) }.max() ?? 0
        let digits = String(largest).count
        let room = min(Self.longestBar, max(4, width - column - digits - 6))
        lines += ["", style.bold(title)]
        for (name, item) in zip(names, values) {
            let number = String(item.value)
            let padding = String(repeating: " ", count: digits - number.count)
            lines.append(
                "  \(pad(name, column))  \(padding)\(number)  \(BarChart.bar(item.value, of: largest, width: room))"
            )
        }
    }

    private func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - TerminalText.width(of: text)))
    }
}
