internal import ArgumentParser
internal import Console
internal import ReadModel

struct DirectivesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "directives",
        abstract: "Who was told to do what, by whom, and when.",
        discussion: """
              bulletins directives --organization 市水利局
              bulletins directives --speaker 周砚秋 --since 2023-01-01
              bulletins directives --text 登记制度 --format json
              bulletins directives --with-deadline --fields responsible,deadline,text

            An organisation is found by the name in the text, by its full name
            (青岚市水利局 finds 市水利局), and by whatever else that bearer is called.

            JSON fields: bulletinId, title, source, publishedOn, eventDate, sequence,
            speaker, speakerText, responsible[], fullNames[], text, deadline, heading,
            span{paragraph, start, end}. See docs/cli.md.
            """
    )

    @OptionGroup var which: DirectiveOptions
    @OptionGroup var limit: LimitOption
    @Option(
        help: ArgumentHelp("Go on after this directive: ID/SEQUENCE of the last row.", valueName: "id/sequence"),
        transform: Self.position
    )
    var after: DirectivePosition?
    @OptionGroup var options: QueryOptions

    private static func position(_ text: String) throws -> DirectivePosition {
        let parts = text.split(separator: "/")
        guard parts.count == 2, let sequence = Int(parts[1]) else {
            throw ValidationError("'\(text)' is no directive: write bulletinId/sequence, as in the last row")
        }
        return DirectivePosition(bulletinId: String(parts[0]), sequence: sequence)
    }

    func run() async throws {
        let reader = try options.reader()
        let rows = try reader.directives(which.filter, limit: limit.probe, after: after)
        let shown = limit.value.map { Array(rows.prefix($0)) } ?? rows
        try options.print(
            shown,
            [
                Column("bulletinId", title: "bulletin", tablePrefix: 12, value: { $0.bulletinId }),
                Column("date", value: { ($0.eventDate ?? $0.publishedOn)?.description }),
                Column("speaker", value: { $0.speaker ?? $0.speakerText }),
                Column("responsible", isFlexible: true, value: { $0.responsible }),
                Column("text", isFlexible: true, value: { $0.text }),
                Column("deadline", value: { $0.deadline }),
            ],
            from: reader
        )
        if rows.isEmpty { try which.suggest(options, reader) }
        if rows.count > shown.count, let last = shown.last {
            options.noteMore("\(shown.count) directives shown", after: "\(last.bulletinId)/\(last.sequence)")
        }
    }
}
