public import ArgumentParser
internal import Console
public import ReadModel

extension DirectiveMatrix.Axis: ExpressibleByArgument {}

struct MatrixCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "matrix",
        abstract: "How often each organisation was told to act, by month, measure, speaker or source.",
        discussion: """
              bulletins matrix --since 2023-01-01
              bulletins matrix --by measure --format csv > matrix.csv
              bulletins matrix --measure 登记 --measure 巡查

            Directives are counted; one for two organisations counts for each.

            JSON fields: organization, total, counts{}. See docs/cli.md.
            """
    )

    @Option(help: "What the columns are: month, year, measure, speaker or source.") var by = DirectiveMatrix.Axis.month
    @Option(
        help: ArgumentHelp(
            "A column of directives that hold this text, repeatable; implies --by measure.",
            valueName: "text"
        )
    )
    var measure: [String] = []
    @Option(help: ArgumentHelp("Columns at most; of months and years the latest.", valueName: "n")) var columns = 12
    @OptionGroup var which: DirectiveOptions
    @OptionGroup var limit: LimitOption
    @OptionGroup var options: QueryOptions

    func validate() throws {
        if columns < 1 { throw ValidationError("--columns is a positive number, not \(columns)") }
    }

    func run() async throws {
        let reader = try options.reader()
        let matrix = try reader.matrix(
            by: measure.isEmpty ? by : .measure,
            which.filter,
            measures: measure,
            columns: columns,
            limit: limit.value
        )
        let counted = matrix.columns.map { name in
            Column<DirectiveMatrix.Row>(name, alignment: .right, value: { $0.counts[name] })
        }
        try options.print(
            matrix.rows,
            [Column("organization", isFlexible: true, minimumWidth: 8, value: { $0.organization })] + counted
                + [Column("total", value: { $0.total })],
            from: reader
        )
        if matrix.rows.isEmpty { try which.suggest(options, reader) }
    }
}
