internal import ArgumentParser
internal import Console
internal import ReadModel

struct TimelineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "timeline",
        abstract: "What happened, day by day: events, signatures and publications.",
        discussion: """
              bulletins timeline org:市水利局
              bulletins timeline 防汛 --since 2023-01-01 --until 2023-12-31

            TEXT is what 'bulletins search' takes; all bulletins if missing.

            JSON fields: date, happening, bulletinId, title, source, kind,
            directives. See docs/cli.md.
            """
    )

    @Argument(help: "What to look for: docs/search.md.") var text: [String] = []
    @OptionGroup var period: PeriodOptions
    @OptionGroup var limit: LimitOption
    @OptionGroup var options: QueryOptions

    func run() async throws {
        let reader = try options.reader()
        let rows = try reader.timeline(
            text.isEmpty ? nil : text.joined(separator: " "),
            since: period.since,
            until: period.until,
            limit: limit.value
        )
        try options.print(
            rows,
            [
                Column("date", value: { $0.date }),
                Column("happening", value: { $0.happening.rawValue }),
                Column("bulletinId", title: "bulletin", tablePrefix: 12, value: { $0.bulletinId }),
                Column("source", value: { $0.source }),
                Column("title", isFlexible: true, value: { $0.title }),
                Column("directives", value: { $0.directives }),
            ],
            from: reader
        )
    }
}
