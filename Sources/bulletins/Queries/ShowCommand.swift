internal import ArgumentParser
internal import Console
internal import ReadModel

struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "One bulletin with all that was extracted from it.",
        discussion: """
            The first characters of an id are enough, as long as only one
            bulletin begins so.
              bulletins show 5f0c2d1b
              bulletins show 5f0c2d1b --format json | jq '.[0].bulletin.directives'

            JSON fields: bulletin{the event's data, see proto-json/}, revision,
            revisions, topic, partition, generation, offset, updatedOffset,
            eventId, eventSource, eventTime,
            withdrawn{generation, offset, time, reason}. See docs/cli.md.
            """
    )

    @Argument(help: "The bulletin's id, or the beginning of it.") var id: String
    @OptionGroup var options: QueryOptions

    func run() async throws {
        let reader = try options.reader()
        let detail = try reader.show(id)
        guard options.output.resolvedFormat == .table, options.fields == nil else {
            try options.print([detail], BulletinRendering.columns, from: reader)
            return
        }
        try options.print(
            BulletinRendering(style: TextStyle(isEnabled: options.output.isColored)).text(of: detail),
            from: reader
        )
    }
}
