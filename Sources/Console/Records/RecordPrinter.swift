/// Prints records of one type, one after another, in the format that the user asked for.
///
/// JSON formats print the record itself, every other format its columns. Records are passed on as they come, so any
/// number of them takes little memory; a table alone waits for the first ones, to find its widths. ``finish()`` must be
/// called at the end, also when there was no record: it closes the JSON array, draws what the table still holds and
/// flushes.
public struct RecordPrinter<Row: Encodable & SendableMetatype> {
    private let format: OutputFormat
    private let columns: [Column<Row>]
    private let output: ConsoleOutput
    private let encoder = OrderedJSONEncoder()
    private let fields: FieldSelection?
    private let known: [String]
    private var table: TableLayout
    private var count = 0

    /// A printer.
    /// - Parameters:
    ///   - columns: what tables, CSV and Markdown show of a record.
    ///   - fields: what to print of a record; nil for all of its JSON, or all columns.
    ///   - isColored: whether headers are bold and marks highlighted; see ``ColorMode``.
    ///   - width: the cells that a table may take. Nil fits a terminal; into a pipe or file nothing is cut, unless
    ///     `COLUMNS` is set.
    public init(
        format: OutputFormat,
        columns: [Column<Row>],
        to output: ConsoleOutput = .standardOutput,
        fields: FieldSelection? = nil,
        isColored: Bool = false,
        width: Int? = nil
    ) {
        self.format = format
        self.known = columns.map(\.name)
        self.fields = fields
        let columns = fields?.columns(of: columns) ?? columns
        self.columns = columns
        self.output = output
        let fitting = output.isTerminal ? output.columns : ConsoleOutput.columnsOfEnvironment
        self.table = TableLayout(
            columns: columns.map {
                TableLayout.Column(
                    title: $0.title,
                    alignment: $0.alignment,
                    isFlexible: $0.isFlexible,
                    minimumWidth: $0.minimumWidth
                )
            },
            width: width ?? fitting ?? .max,
            style: TextStyle(isEnabled: isColored)
        )
    }

    /// Prints one record.
    /// - Throws: `OutputError` where the output fails, `EncodingError` where the record has no JSON form, `CommandError`
    ///   where it has none of the fields that were asked for.
    public mutating func print(_ row: Row) throws {
        if count == 0, let fields { try fields.check(JSONNode(row), columns: known) }
        switch format {
        case .table: try output.write(table.add(columns.map { $0.tableCell(row) }))
        case .json: try output.write((count == 0 ? "[\n" : ",\n") + json(row))
        case .ndjson: try output.write(json(row) + "\n")
        case .csv: try output.write((count == 0 ? csvHeader : "") + csvRecord(cells(of: row)))
        case .markdown:
            let line = Markdown.row(cells(of: row).map(Markdown.cell))
            try output.write(count == 0 ? markdownHeader + line : line)
        }
        count += 1
    }

    /// Ends the output: nothing may be printed after it.
    /// - Throws: `OutputError` where the output fails.
    public mutating func finish() throws {
        switch format {
        case .table: try output.write(table.finish())
        case .json: try output.write(count == 0 ? "[]\n" : "\n]\n")
        case .ndjson: break
        case .csv: if count == 0 { try output.write(csvHeader) }
        case .markdown: if count == 0 { try output.write(markdownHeader) }
        }
        try output.flush()
    }

    private func json(_ row: Row) throws -> String {
        guard let fields else { return try encoder.encode(row) }
        return fields.pick(from: try JSONNode(row)).text()
    }

    private func cells(of row: Row) -> [Cell] { columns.map { $0.cell(row) } }

    private var csvHeader: String { CSV.record(columns.map { .text($0.name) }) }

    /// A CSV file keeps what the record holds; on a terminal, control characters are written out.
    private func csvRecord(_ cells: [Cell]) -> String {
        guard output.isTerminal else { return CSV.record(cells) }
        return CSV.record(
            cells.map { cell in
                switch cell {
                case .empty, .number: cell
                case .text(let text): .text(TerminalText.escape(text, keepingLineBreaks: true))
                case .highlighted(let text): .text(TerminalText.escape(text.text, keepingLineBreaks: true))
                }
            }
        )
    }

    private var markdownHeader: String {
        Markdown.row(columns.map { Markdown.escape($0.title) })
            + Markdown.row(columns.map { $0.alignment == .right ? "---:" : "---" })
    }
}
