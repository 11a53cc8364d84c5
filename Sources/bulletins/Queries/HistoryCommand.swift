internal import ArgumentParser
internal import Console
internal import ReadModel

struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "The revisions of a bulletin, and what each changed.",
        discussion: """
              bulletins history 81ac4ae3
              bulletins history 81ac4ae3 --format json | jq '.[-1].changes'

            JSON fields: id, revision, current, eventTime, generation, offset, title,
            changes[{field, before, after, removed[], added[]}]. See docs/cli.md.
            """
    )

    @Argument(help: "The bulletin's id, or the beginning of it.") var id: String
    @OptionGroup var options: QueryOptions

    func run() async throws {
        let reader = try options.reader()
        let rows = try reader.history(id)
        if options.output.resolvedFormat == .table, options.fields == nil {
            let rendering = HistoryRendering(style: TextStyle(isEnabled: options.output.isColored))
            return try options.print(rendering.text(of: rows), from: reader)
        }
        try options.print(
            rows,
            [
                Column("id", tablePrefix: 12, value: { $0.id }),
                Column("revision", value: { $0.revision }),
                Column("eventTime", value: { $0.eventTime }),
                Column("title", isFlexible: true, value: { $0.title }),
                Column("changes", isFlexible: true, value: { $0.changes.map(HistoryRendering.line) }),
            ],
            from: reader
        )
    }
}
