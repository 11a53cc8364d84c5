internal import ArgumentParser
internal import Console
internal import ReadModel

struct PeopleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people",
        abstract: "Persons with their roles, and how often they were named.",
        discussion: """
              bulletins people
              bulletins people 周砚秋
              bulletins people 周砚秋 --format json | jq '.[0].history'

            With a name, the table tells the roles over time and where the person was
            seen, and JSON has them as history and seen.

            JSON fields: name, roles[], bulletins, directives, firstDate, lastDate,
            history[{role, firstDate, lastDate, bulletins}],
            seen[{id, title, date, roles[]}]. See docs/cli.md.
            """
    )

    @Argument(help: "Part of the name, in either script.", completion: NameCompletion.person) var name: String?
    @OptionGroup var limit: LimitOption
    @OptionGroup var options: QueryOptions

    func run() async throws {
        let reader = try options.reader()
        let rows =
            try name.map { try reader.peopleInDetail($0, limit: limit.value, seen: limit.value) }
            ?? reader.people(limit: limit.value)
        if rows.isEmpty { try options.suggest(name, .person, reader) }
        if name != nil, !rows.isEmpty, options.output.resolvedFormat == .table, options.fields == nil {
            let rendering = NameRendering(style: TextStyle(isEnabled: options.output.isColored))
            return try options.print(rendering.text(of: rows), from: reader)
        }
        try options.print(
            rows,
            [
                Column("name", value: { $0.name }),
                Column("roles", isFlexible: true, value: { $0.roles }),
                Column("bulletins", value: { $0.bulletins }),
                Column("directives", value: { $0.directives }),
                Column("firstDate", title: "first", value: { $0.firstDate?.description }),
                Column("lastDate", title: "last", value: { $0.lastDate?.description }),
            ],
            from: reader
        )
    }
}
