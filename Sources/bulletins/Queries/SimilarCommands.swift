internal import ArgumentParser
internal import Console
internal import ReadModel

struct ReprintsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reprints",
        abstract: "Bulletins of nearly the same text, from whatever source.",
        discussion: """
              bulletins reprints 81ac4ae3
              bulletins reprints 81ac4ae3 --at-least 0.95

            Script, width, punctuation and spacing do not matter.

            JSON fields: id, title, source, publishedOn, url, similarity.
            See docs/cli.md.
            """
    )

    @Argument(help: "The bulletin's id, or the beginning of it.") var id: String
    @Option(help: ArgumentHelp("The least share of the text in common, above 0 to 1.", valueName: "share"))
    var atLeast = 0.8
    @OptionGroup var limit: LimitOption
    @OptionGroup var options: QueryOptions

    func validate() throws {
        if !(atLeast > 0 && atLeast <= 1) {
            throw ValidationError("--at-least is above 0 and at most 1, not \(atLeast)")
        }
    }

    func run() async throws {
        let reader = try options.reader()
        try options.print(
            try reader.reprints(id, threshold: atLeast, limit: limit.value),
            SimilarCommand.columns,
            from: reader
        )
    }
}

struct SimilarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "similar",
        abstract: "Bulletins that speak of the same things.",
        discussion: """
              bulletins similar 81ac4ae3 --limit 5

            They share the words that tell the text apart from others; the score is
            BM25.

            JSON fields: id, title, source, publishedOn, url, similarity.
            See docs/cli.md.
            """
    )

    @Argument(help: "The bulletin's id, or the beginning of it.") var id: String
    @OptionGroup var limit: LimitOption
    @OptionGroup var options: QueryOptions

    static let columns: [Column<SimilarBulletin>] = [
        Column("id", tablePrefix: 12, value: { $0.id }),
        Column("similarity", value: { ($0.similarity * 1000).rounded() / 1000 }),
        Column("publishedOn", title: "published", value: { $0.publishedOn }),
        Column("source", value: { $0.source }),
        Column("title", isFlexible: true, value: { $0.title }),
    ]

    func run() async throws {
        let reader = try options.reader()
        try options.print(try reader.similar(id, limit: limit.value), Self.columns, from: reader)
    }
}
