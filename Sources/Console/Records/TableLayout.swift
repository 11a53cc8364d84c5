/// Lays cells out in columns.
///
/// Widths are settled once, by the first records, so that an endless table can be shown. Of later cells that are wider,
/// those of flexible and narrowed columns are cut; the others, and everything where the width is unlimited, push their
/// line out of shape: a name or number that is cut is worse.
struct TableLayout {
    struct Column {
        var title: String
        var alignment: ColumnAlignment
        var isFlexible: Bool
        var minimumWidth: Int
    }

    /// How many records decide the widths.
    private static let sampleSize = 500
    private static let gap = "  "

    private enum Phase {
        case sampling([[Cell]])
        case drawing(Shape)
    }

    /// What the first records have settled, by column.
    private struct Shape {
        var widths: [Int]
        var isNumeric: [Bool]
        var isCut: [Bool]
    }

    private let columns: [Column]
    private let width: Int
    private let style: TextStyle
    private var phase = Phase.sampling([])

    init(columns: [Column], width: Int, style: TextStyle) {
        self.columns = columns
        self.width = width
        self.style = style
    }

    /// Takes a record and returns what can be printed by now.
    mutating func add(_ cells: [Cell]) -> String {
        switch phase {
        case .sampling(var rows):
            phase = .sampling([])  // keeps the array's storage unique, so that appending stays cheap
            rows.append(cells)
            phase = .sampling(rows)
            return rows.count < Self.sampleSize ? "" : draw(rows)
        case .drawing(let shape):
            return line(cells, shape)
        }
    }

    /// Returns what is still to be printed. A table without records prints nothing at all.
    mutating func finish() -> String {
        switch phase {
        case .sampling(let rows): rows.isEmpty ? "" : draw(rows)
        case .drawing: ""
        }
    }

    private mutating func draw(_ rows: [[Cell]]) -> String {
        let isNumeric = columns.indices.map { index in
            var seen = false
            for row in rows {
                switch row[index] {
                case .empty: continue
                case .number: seen = true
                case .text, .highlighted: return false
                }
            }
            return seen
        }
        let natural = columns.indices.map { index in
            rows.reduce(max(1, TerminalText.width(of: TerminalText.singleLine(columns[index].title)))) {
                max($0, Self.width(of: $1[index]))
            }
        }
        let widths = fitted(natural, isNumeric: isNumeric)
        let isCut = columns.indices.map { width != .max && (columns[$0].isFlexible || widths[$0] < natural[$0]) }
        let shape = Shape(widths: widths, isNumeric: isNumeric, isCut: isCut)
        phase = .drawing(shape)
        let header = line(columns.map { .text($0.title) }, shape, isHeader: true)
        return rows.reduce(into: header) { $0 += line($1, shape) }
    }

    /// Narrows columns until the table fits: the widest flexible ones first, then other texts, numbers never.
    private func fitted(_ natural: [Int], isNumeric: [Bool]) -> [Int] {
        guard width != .max else { return natural }
        var widths = natural
        let available = width - Self.gap.count * (columns.count - 1)
        func narrow(_ candidates: [Int]) {
            while widths.reduce(0, +) > available {
                let shrinkable = candidates.filter { widths[$0] > columns[$0].minimumWidth }
                guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) else { return }
                widths[widest] -= 1
            }
        }
        narrow(columns.indices.filter { columns[$0].isFlexible })
        narrow(columns.indices.filter { !isNumeric[$0] })
        return widths
    }

    private static func width(of cell: Cell) -> Int {
        switch cell {
        case .empty: 0
        case .text(let text), .number(let text): TerminalText.width(of: TerminalText.singleLine(text))
        case .highlighted(let text): TerminalText.width(of: TerminalText.singleLine(text.text))
        }
    }

    private func line(_ cells: [Cell], _ shape: Shape, isHeader: Bool = false) -> String {
        var result = ""
        for index in columns.indices {
            let (shown, used) = fit(
                cells[index],
                to: shape.isCut[index] ? shape.widths[index] : .max,
                isHeader: isHeader
            )
            let padding = String(repeating: " ", count: max(0, shape.widths[index] - used))
            let isRight: Bool =
                switch columns[index].alignment {
                case .automatic: shape.isNumeric[index]
                case .left: false
                case .right: true
                }
            if index > 0 { result += Self.gap }
            result += isRight ? padding + shown : shown
            if !isRight, index < columns.count - 1 { result += padding }
        }
        while result.last == " " { result.removeLast() }
        return result + "\n"
    }

    /// The cell's text, cut and styled, and the terminal cells that it takes.
    private func fit(_ cell: Cell, to width: Int, isHeader: Bool) -> (String, Int) {
        let runs: [HighlightedText.Run] =
            switch cell {
            case .empty: []
            case .text(let text), .number(let text): [.init(text: text, isMarked: false)]
            case .highlighted(let text): text.runs
            }
        let safe = runs.map { HighlightedText.Run(text: TerminalText.singleLine($0.text), isMarked: $0.isMarked) }
        let total = safe.reduce(0) { $0 + TerminalText.width(of: $1.text) }
        // One cell stays free for the sign that something is missing.
        var room = total > width ? width - 1 : width
        var shown = ""
        var used = 0
        for run in safe {
            let text = total > width ? TerminalText.prefix(of: run.text, cells: room) : run.text
            let cells = TerminalText.width(of: text)
            shown += isHeader ? style.bold(text) : run.isMarked ? style.highlight(text) : text
            used += cells
            room -= cells
            if text.utf8.count < run.text.utf8.count { break }
        }
        return total > width ? (shown + "…", used + 1) : (shown, used)
    }
}
