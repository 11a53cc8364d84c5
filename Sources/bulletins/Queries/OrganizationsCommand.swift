internal import ArgumentParser
internal import Console
internal import ReadModel

struct OrganizationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "organizations",
        abstract: "Organisations, their full names, and how often they were told to act.",
        discussion: """
              bulletins organizations
              bulletins organizations 水利局

            JSON fields: name, canonicalName, aliases[], collective, bulletins,
            directives, firstDate, lastDate. See docs/cli.md.
            """
    )

    @Argument(help: "Part of the name, in either script.") var name: String?
    @OptionGroup var limit: LimitOption
    @OptionGroup var options: QueryOptions

    func run() async throws {
        try options.output.print(
            try options.reader().organizations(name, limit: limit.value),
            [
                Column("name", isFlexible: true, value: { $0.name }),
                Column("canonicalName", title: "full name", isFlexible: true, value: { $0.canonicalName }),
                Column("collective", value: { $0.collective }),
                Column("bulletins", value: { $0.bulletins }),
                Column("directives", value: { $0.directives }),
                Column("lastDate", title: "last", value: { $0.lastDate?.description }),
            ]
        )
    }
}
