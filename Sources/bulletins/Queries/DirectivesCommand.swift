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

            An organisation is found by the name in the text, by its full name
            (大洼区卫健局 for 區衛健局) and in either script. A date is that of the
            event, or of publication where no event is dated.

            JSON fields: bulletinId, title, source, publishedOn, eventDate,
            sequence, speaker, speakerText, responsible[], text, deadline,
            heading, span{paragraph, start, end}. See docs/cli.md.
            """
    )

    @Option(help: ArgumentHelp("Who is to do it.", valueName: "name")) var organization: String?
    @Option(help: ArgumentHelp("Who says so.", valueName: "name")) var speaker: String?
    @Option(help: ArgumentHelp("Part of what is to be done.", valueName: "text")) var text: String?
    @OptionGroup var period: PeriodOptions
    @OptionGroup var limit: LimitOption
    @OptionGroup var options: QueryOptions

    func run() async throws {
        var filter = DirectiveFilter()
        filter.organization = organization
        filter.speaker = speaker
        filter.text = text
        filter.since = period.since
        filter.until = period.until
        try options.output.print(
            try options.reader().directives(filter, limit: limit.value),
            [
                Column("bulletinId", title: "bulletin", tablePrefix: 12, value: { $0.bulletinId }),
                Column("date", value: { ($0.eventDate ?? $0.publishedOn)?.description }),
                Column("speaker", value: { $0.speaker ?? $0.speakerText }),
                Column("responsible", isFlexible: true, value: { $0.responsible }),
                Column("text", isFlexible: true, value: { $0.text }),
                Column("deadline", value: { $0.deadline }),
            ]
        )
    }
}
