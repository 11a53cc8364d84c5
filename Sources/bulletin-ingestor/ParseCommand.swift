internal import ArgumentParser
internal import CommandSupport
internal import Console
internal import Ingestor

struct ParseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse",
        abstract: "Print the parsed bulletins as JSON; needs no broker.",
        discussion: """
            One JSON document per bulletin, a line each, or indented with
            --pretty. Fields: proto-json/README.md.
              bulletin-ingestor parse bulletin.txt --pretty
              bulletin-ingestor parse folder/ | jq -r '[.publishedOn, .title] | @tsv'
              iconv -t gbk bulletin.txt | bulletin-ingestor parse -
            """
    )

    @Argument(help: ArgumentHelp("Files and folders; - is standard input.", valueName: "path"))
    var paths: [String]

    @Flag(help: "Indent the JSON for people.") var pretty = false

    func run() async throws {
        let inputs = InputFinder.find(paths)
        let encoder = OrderedJSONEncoder(isPretty: pretty)
        var failures: [IntakeFailure] = []
        for input in inputs {
            for result in DocumentReader.bulletins(in: input) {
                switch result {
                case .success(let document):
                    try ConsoleOutput.standardOutput.write(try encoder.encode(document.bulletin) + "\n")
                case .failure(let failure): failures.append(failure)
                }
            }
        }
        try ConsoleOutput.standardOutput.flush()
        let reporter = ErrorReporter(program: "bulletin-ingestor")
        try IntakeFailures.throwIfAny(failures, of: inputs.count, reporter: reporter)
    }
}
