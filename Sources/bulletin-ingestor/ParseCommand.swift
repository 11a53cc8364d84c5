internal import ArgumentParser
internal import CommandSupport
internal import Console
internal import Ingestor
internal import Operations

struct ParseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse",
        abstract: "Print the parsed bulletins as JSON; needs no broker.",
        discussion: """
            One JSON document per bulletin, a line each, or indented with
            --pretty. Fields: proto-json/README.md. What inputs may be, archives
            and dumps included: docs/inputs.md.
              bulletin-ingestor parse bulletin.txt --pretty
              bulletin-ingestor parse folder/ | jq -r '[.publishedOn, .title] | @tsv'
              bulletin-ingestor parse dump.jsonl.gz pages.tar.gz > bulletins.ndjson
              iconv -t gbk bulletin.txt | bulletin-ingestor parse -
            """
    )

    @Argument(help: ArgumentHelp("Files, folders, archives; - is standard input.", valueName: "path"))
    var paths: [String]

    @Flag(help: "Indent the JSON for people.") var pretty = false

    @OptionGroup var words: LexiconOptions

    func run() async throws {
        var flags = GivenFlags()
        words.give(to: &flags)
        let reader = try ResolvedSettings.resolve(flags: flags).documentReader()
        let encoder = OrderedJSONEncoder(isPretty: pretty)
        var failures = IntakeFailures()
        var count = 0
        try await ParallelIntake().forEach(of: InputFinder.find(paths)) { document in
            reader.parse(document).map { parsed in Result { try encoder.encode(parsed.bulletin) + "\n" } }
        } onDocument: { document in
            count += 1
            switch document {
            case .success(let json): try ConsoleOutput.standardOutput.write(json.get())
            case .failure(let failure): failures.append(failure)
            }
        }
        try ConsoleOutput.standardOutput.flush()
        let reporter = ErrorReporter(program: "bulletin-ingestor")
        try failures.throwIfAny(of: count, reporter: reporter)
    }
}
