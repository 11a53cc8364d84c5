internal import ArgumentParser
internal import CommandSupport
internal import Console
internal import Indexer
internal import Logging
internal import Operations

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Replay the log and compare each partition's file with it.",
        discussion: """
              bulletin-indexer verify --data-dir ./data
              bulletin-indexer verify --partition 3 --format json

            Reads the log from its start up to where each file stands, makes the
            file once more in a temporary folder, and compares canonical digests;
            where they differ, the first line that does is told. Files may be
            written and read meanwhile. Exit code 65 if one differs.

            JSON fields: topic, partition, nextOffset, isEqual, digest, expected,
            difference{line, file, log}. See docs/cli.md.
            """
    )

    @OptionGroup var target: MaintenanceOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let (maintenance, _) = try target.maintenance()
        let reporter = ErrorReporter(program: "bulletin-indexer")
        var verdicts: [Maintenance.Verdict] = []
        var refused: [String] = []
        for location in try target.chosen(maintenance) {
            let progress = ProgressLine("partition \(location.partition)", total: nil, unit: "records")
            do {
                verdicts.append(
                    try await maintenance.verify(location) { progress.update(completed: Int($0), total: Int($1)) }
                )
                progress.finish()
            } catch let error as IndexerError where error.code == .logMismatch {
                // Each partition loses its own records: the others can be compared all the same.
                progress.finish()
                reporter.warn(error.message)
                refused.append(String(location.partition))
            }
        }
        try output.print(
            verdicts,
            [
                Column("partition", value: { Int($0.partition) }),
                Column("nextOffset", title: "next offset", value: { Int($0.nextOffset) }),
                Column("isEqual", title: "equal", value: { $0.isEqual ? "yes" : "NO" }),
                Column("digest", minimumWidth: 64, value: { $0.digest }),
                Column(
                    "difference",
                    isFlexible: true,
                    value: {
                        $0.difference.map { "line \($0.line): \($0.file ?? "(none)"), log: \($0.log ?? "(none)")" }
                    }
                ),
            ]
        )
        let wrong = verdicts.filter { !$0.isEqual }.map { String($0.partition) }
        guard refused.isEmpty else {
            throw CommandError(
                "partition \(refused.joined(separator: ", ")): not compared, for the reasons above"
                    + (wrong.isEmpty ? "" : "; partition \(wrong.joined(separator: ", ")) differs"),
                exitStatus: .dataError
            )
        }
        guard wrong.isEmpty else {
            throw CommandError(
                "partition \(wrong.joined(separator: ", ")): the file does not say what the log says; "
                    + "make it anew with `bulletin-indexer rebuild --partition N`",
                exitStatus: .dataError
            )
        }
    }
}

/// Which files, of which topic and cluster.
struct MaintenanceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The folder of the read model (default: BULLETINS_DATA_DIR, else ./data).", valueName: "dir")
    )
    var dataDir: String?
    @Option(help: "Only this partition, repeatable (default: all that the folder has).") var partition: [Int32] = []
    @OptionGroup var kafka: KafkaOptions

    /// What does the work, and the settings. Throws `SettingsError`, `KafkaError`.
    func maintenance() throws -> (Maintenance, ResolvedSettings) {
        var flags = GivenFlags()
        kafka.give(to: &flags)
        flags.give(.dataDirectories, dataDir.map { [$0] } ?? [])
        let settings = try ResolvedSettings.resolve(flags: flags)
        LoggingBootstrap.start(level: .warning, format: settings[.logFormat])
        let maintenance = Maintenance(
            kafka: try settings.kafkaConfiguration(),
            dataDirectory: try settings.dataDirectory(),
            topic: settings[.topic],
            logger: Logger(label: "bulletin-indexer")
        )
        return (maintenance, settings)
    }
}
