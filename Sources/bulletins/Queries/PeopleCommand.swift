internal import ArgumentParser
internal import Console
internal import ReadModel

struct PeopleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people",
        abstract: "Persons with their roles, and how often they were named.",
        discussion: """
              bulletins people
              bulletins people 周砚秋 --format json

            JSON fields: name, roles[], bulletins, directives, firstDate,
            lastDate. See docs/cli.md.
            """
    )

    @Argument(help: "Part of the name, in either script.") var name: String?
    @OptionGroup var limit: LimitOption
    @OptionGroup var options: QueryOptions

    func run() async throws {
        try options.output.print(
            try options.reader().people(name, limit: limit.value),
            [
                Column("name", value: { $0.name }),
                Column("roles", isFlexible: true, value: { $0.roles }),
                Column("bulletins", value: { $0.bulletins }),
                Column("directives", value: { $0.directives }),
                Column("firstDate", title: "first", value: { $0.firstDate?.description }),
                Column("lastDate", title: "last", value: { $0.lastDate?.description }),
            ]
        )
    }
}
