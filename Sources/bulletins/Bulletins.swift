internal import ArgumentParser
internal import CommandSupport
internal import Operations

@main
enum Main {
    static func main() async {
        // What runs for long, the embedded pipeline, sets it otherwise.
        ProcessHeap.useForOneAnswer()
        await CommandMain.run(
            Bulletins.self,
            program: "bulletins",
            leadingOptions: [
                "--data-dir", "--format", "--color", "--from", "--token-file", "--ca-certificate", "--from-timeout-s",
            ],
            remarks: Completeness.remarks
        )
    }
}

struct Bulletins: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bulletins",
        abstract: "Ask government bulletins who was told to do what, by whom, and when.",
        discussion: """
            Take bulletins in and ask:
              bulletins up Examples/
              bulletins search 防汛
              bulletins directives --organization 市水利局

            Queries read the folders given by --data-dir (repeatable), by
            BULLETINS_DATA_DIR, or ./data; they work while an indexer writes and
            when none runs. With --from http://HOST:PORT (repeatable) they ask
            indexers over the network and merge what these have. Names and text are found in either script:
            区卫健局 finds 區衛健局.

            Completions: bulletins --generate-completion-script bash
            (or zsh, fish); see docs/cli.md.

            Exit codes: 0 success, 64 wrong usage, 65 bad data, 66 no such input,
            69 service unavailable, 70 internal error, 74 input/output error,
            75 try again.
            """,
        version: "0.1.0",
        groupedSubcommands: [
            CommandGroup(
                name: "Ask",
                subcommands: [
                    SearchCommand.self, ListCommand.self, ShowCommand.self, HistoryCommand.self, TraceCommand.self,
                    ReprintsCommand.self, SimilarCommand.self, DirectivesCommand.self, MatrixCommand.self,
                    PeopleCommand.self, OrganizationsCommand.self, DocumentsCommand.self, TimelineCommand.self,
                    StatsCommand.self, SQLCommand.self, SchemaCommand.self, ExportCommand.self, ReportCommand.self,
                    ShellCommand.self,
                ]
            ),
            CommandGroup(name: "Run", subcommands: [UpCommand.self, BrokerCommand.self]),
            CommandGroup(
                name: "Look after",
                subcommands: [LagCommand.self, RejectedCommand.self, ProbeCommand.self]
            ),
        ]
    )
}
