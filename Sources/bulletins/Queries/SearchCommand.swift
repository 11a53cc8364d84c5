internal import ArgumentParser
internal import Console
internal import ReadModel

struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find bulletins by words or phrases of any length, in either script.",
        discussion: """
            Words that stand apart must all occur, "quotes" hold a phrase together,
            OR gives a choice, a minus excludes; title: source: org: person: speaker:
            document: after: before: kind: filter. Every text is a query.
              bulletins search 防汛
              bulletins search '督查 营商环境 -通知' --unique
              bulletins search 'org:市水利局 预警 OR 值守 after:2023-05'
              bulletins search 衛健 --format json | jq -r '.[].title'

            JSON fields: id, title, source, publishedOn, kind, place,
            snippet{text, ranges[{start, end}], paragraph}, score, reprints.
            See docs/search.md and docs/cli.md.
            """
    )

    // An exclusion, -通知, begins like an option.
    @Argument(parsing: .allUnrecognized, help: "What to look for: docs/search.md.")
    var text: [String]

    func validate() throws {
        if text.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) {
            throw ValidationError("there is nothing to search for")
        }
        if let option = text.first(where: { $0.hasPrefix("--") && $0.count > 2 && !$0.contains(where: \.isWhitespace) })
        {
            throw ValidationError("unknown option '\(option)'; to search for it, write it in quotes: '\"\(option)\"'")
        }
    }

    @OptionGroup var limit: LimitOption
    @Flag(help: "Print the number of hits alone.") var count = false
    @Flag(help: "Also bulletins that were withdrawn.") var withdrawn = false
    @Flag(help: "Leave out what is nearly the text of a better hit.") var unique = false
    @Option(help: ArgumentHelp("Go on after this hit: the whole id of the last row.", valueName: "id"))
    var after: String?
    @OptionGroup var options: QueryOptions

    func run() async throws {
        let reader = try options.reader()
        let results = try reader.search(
            text.joined(separator: " "),
            limit: count ? 0 : limit.value,
            includeWithdrawn: withdrawn,
            unique: unique,
            after: after
        )
        for note in results.notes { options.note(note) }
        if count {
            try ConsoleOutput.standardOutput.write("\(results.count)\n")
            options.sayAsOf(reader)
            return
        }
        try options.print(
            results.hits,
            [
                Column("id", tablePrefix: 12, value: { $0.id }),
                Column("publishedOn", title: "published", value: { $0.publishedOn?.description }),
                Column("source", value: { $0.source }),
                Column("title", isFlexible: true, value: { $0.title }),
                Column(
                    "snippet",
                    isFlexible: true,
                    value: { HighlightedText($0.snippet.text, marks: $0.snippet.ranges.map { $0.start..<$0.end }) }
                ),
            ],
            from: reader
        )
        if let last = results.hits.last, results.hits.count < results.count, after == nil {
            options.noteMore("\(results.hits.count) of \(results.count) hits shown", after: last.id)
        }
    }
}
