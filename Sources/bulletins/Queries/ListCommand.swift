public import ArgumentParser
public import BulletinEvents
internal import Console
internal import ReadModel

extension Bulletin.Kind: ExpressibleByArgument {}

struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List bulletins, the newest first.",
        discussion: """
              bulletins list --kind meeting --since 2023-01-01
              bulletins list --source 青岚发布 --format csv > list.csv

            JSON fields: id, title, source, kind, publishedOn, eventDate, place,
            url, revision, directives, withdrawn. See docs/cli.md.
            """
    )

    @Option(help: "meeting, notice, announcement or other.") var kind: Bulletin.Kind?
    @Option(help: "Part of the source's name, in either script.", completion: NameCompletion.source)
    var source: String?
    @OptionGroup var period: PeriodOptions
    @OptionGroup var limit: LimitOption
    @Flag(help: "Also bulletins that were withdrawn.") var withdrawn = false
    @Flag(help: "Leave out what is nearly the text of a later one.") var unique = false
    @Option(help: ArgumentHelp("Go on after this bulletin: the whole id of the last row.", valueName: "id"))
    var after: String?
    @OptionGroup var options: QueryOptions

    func run() async throws {
        var filter = BulletinFilter()
        filter.kind = kind
        filter.source = source
        filter.since = period.since
        filter.until = period.until
        filter.includeWithdrawn = withdrawn
        let reader = try options.reader()
        let rows = try reader.list(filter, limit: limit.probe, unique: unique, after: after)
        let shown = limit.value.map { Array(rows.prefix($0)) } ?? rows
        try options.print(
            shown,
            [
                Column("id", tablePrefix: 12, value: { $0.id }),
                Column("publishedOn", title: "published", value: { $0.publishedOn?.description }),
                Column("kind", value: { $0.kind }),
                Column("source", value: { $0.source }),
                Column("title", isFlexible: true, value: { $0.title }),
                Column("directives", value: { $0.directives }),
            ],
            from: reader
        )
        if rows.isEmpty { try options.suggest(source, .source, reader) }
        if rows.count > shown.count, let last = shown.last {
            options.noteMore("\(shown.count) bulletins shown", after: last.id)
        }
    }
}
