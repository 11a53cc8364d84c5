internal import ArgumentParser
internal import CommandSupport

@main
enum Main {
    static func main() async {
        await CommandMain.run(BulletinCorpusCommand.self, program: "bulletin-corpus")
    }
}

struct BulletinCorpusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bulletin-corpus",
        abstract: "Make bulletins that nobody ever published, each with what is to be found in it.",
        discussion: """
              bulletin-corpus generate --count 1000 --seed 1 --output corpus/
              bulletin-corpus generate --count 4000 --format ndjson --without-gold > bulletins.ndjson

            The same seed gives the same bytes on every machine. More: docs/corpus.md.

            Exit codes: 0 success, 64 wrong usage, 70 internal error, 74 input/output error.
            """,
        version: "0.1.0",
        subcommands: [GenerateCommand.self]
    )
}
