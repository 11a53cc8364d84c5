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

            With a name, the table tells all names and what was asked of it, and JSON
            has that as asked.

            JSON fields: name, canonicalName, aliases[], collective, bulletins,
            directives, firstDate, lastDate,
            asked[{bulletinId, sequence, date, speaker, text, deadline}].
            See docs/cli.md.
            """
    )

    @Argument(help: "Part of the name, in either script.", completion: NameCompletion.organization)
    var name: String?
    @OptionGroup var limit: LimitOption
    @OptionGroup var options: QueryOptions

    func run() async throws {
        let reader = try options.reader()
        let rows =
            try name.map { try reader.organizationsInDetail($0, limit: limit.value, asked: limit.value) }
            ?? reader.organizations(limit: limit.value)
        if rows.isEmpty { try options.suggest(name, .organization, reader) }
        if name != nil, !rows.isEmpty, options.output.resolvedFormat == .table, options.fields == nil {
            let rendering = NameRendering(style: TextStyle(isEnabled: options.output.isColored))
            return try options.print(rendering.text(of: rows), from: reader)
        }
        try options.print(
            rows,
            [
                Column("name", isFlexible: true, value: { $0.name }),
                Column("canonicalName", title: "full name", isFlexible: true, value: { $0.canonicalName }),
                Column("collective", value: { $0.collective }),
                Column("bulletins", value: { $0.bulletins }),
                Column("directives", value: { $0.directives }),
                Column("lastDate", title: "last", value: { $0.lastDate?.description }),
            ],
            from: reader
        )
    }
}
