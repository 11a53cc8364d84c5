internal import ArgumentParser
internal import Console
internal import ReadModel

struct DocumentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "documents",
        abstract: "Documents that bulletins cite, and which ones cite them.",
        discussion: """
              bulletins documents
              bulletins documents 应急预案

            JSON fields: title, citations, bulletins[{id, title, publishedOn}].
            See docs/cli.md.
            """
    )

    @Argument(help: "Part of the document's title, in either script.", completion: NameCompletion.document)
    var title: String?
    @OptionGroup var limit: LimitOption
    @OptionGroup var options: QueryOptions

    func run() async throws {
        let reader = try options.reader()
        let rows = try reader.documents(title, limit: limit.value)
        if rows.isEmpty { try options.suggest(title, .document, reader) }
        if title != nil, !rows.isEmpty, options.output.resolvedFormat == .table, options.fields == nil {
            let rendering = NameRendering(style: TextStyle(isEnabled: options.output.isColored))
            return try options.print(rendering.text(of: rows), from: reader)
        }
        try options.print(
            rows,
            [
                Column("title", isFlexible: true, value: { $0.title }),
                Column("citations", value: { $0.citations }),
                Column(
                    "bulletins",
                    title: "cited by",
                    isFlexible: true,
                    value: { $0.bulletins.map { $0.title ?? String($0.id.prefix(12)) } }
                ),
            ],
            from: reader
        )
    }
}
