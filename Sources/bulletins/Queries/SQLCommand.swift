internal import ArgumentParser
internal import Console
internal import ReadModel

struct SQLCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sql",
        abstract: "One SELECT over all partitions as if they were one database.",
        discussion: """
              bulletins sql 'SELECT kind, count(*) FROM v_bulletins GROUP BY kind'
              bulletins sql "SELECT name, count(*) AS n FROM v_people GROUP BY name ORDER BY n DESC"

            Nothing can be written. 'bulletins schema' lists the tables; fold(text)
            and contains_folded(text, fold('…')) compare across scripts.
            """
    )

    @Argument(help: ArgumentHelp("A SELECT.", valueName: "sql")) var statement: String
    @Option(help: "Rows at most; 0 for all.") var limit = 1000
    @Option(help: ArgumentHelp("Seconds after which the query is ended.", valueName: "s")) var timeout = 30
    @OptionGroup var options: QueryOptions

    func validate() throws {
        if limit < 0 { throw ValidationError("--limit is 0 (all) or a positive number, not \(limit)") }
        if timeout < 1 { throw ValidationError("--timeout is a positive number of seconds, not \(timeout)") }
    }

    func run() async throws {
        let reader = try options.reader()
        var names: [String] = []
        var printer: RecordPrinter<SQLRow>?
        let isCut = try reader.sql(
            statement,
            timeLimit: .seconds(timeout),
            limit: limit == 0 ? nil : limit
        ) { columns in
            names = columns
            options.startPager()
            printer = options.output.printer(SQLRow.columns(columns), fields: options.fields)
        } row: { values in
            try printer?.print(SQLRow(names: names, values: values))
        }
        try printer?.finish()
        options.sayAsOf(reader)
        if isCut { options.note("there are more rows than \(limit): --limit 0 gives all") }
    }
}

/// A row of an SQL query, whose columns are known when it runs.
struct SQLRow: Encodable, Sendable {
    let names: [String]
    let values: [SQLValue]

    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        for (name, value) in zip(names, values) { try container.encode(value, forKey: Key(stringValue: name)) }
    }

    static func columns(_ names: [String]) -> [Column<SQLRow>] {
        names.enumerated().map { index, name in
            Column(name, isFlexible: true) { row -> Cell in
                switch row.values[index] {
                case .null: .empty
                case .integer(let number): .number(String(number))
                case .real(let number): .number(String(number))
                case .text(let text): .text(text)
                case .blob(let bytes): .text("x'" + bytes.map { byte in hex(byte) }.joined() + "'")
                }
            }
        }
    }

    private static func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
    }
}

struct SchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "The tables and columns that 'bulletins sql' can read.",
        discussion: """
              bulletins schema
              bulletins schema v_directives

            docs/read-model.md tells what they mean. JSON fields: table, column, type.
            """
    )

    @Argument(help: "A table or view; all if missing.") var table: String?
    @OptionGroup var options: QueryOptions

    func run() async throws {
        let reader = try options.reader()
        let all = try reader.schema()
        let rows = all.filter { table == nil || $0.table == table }
        if let table, rows.isEmpty {
            let meant = Suggestion.clause(for: table, among: Set(all.map(\.table)).sorted())
            throw CommandError("there is no table '\(table)'\(meant)", exitStatus: .usage)
        }
        try options.print(
            rows,
            [
                Column("table", value: { $0.table }), Column("column", value: { $0.column }),
                Column("type", value: { $0.type }),
            ],
            from: reader
        )
    }
}
