internal import ArgumentParser
internal import CommandSupport
internal import Console
internal import Indexer
internal import Logging
internal import Operations
internal import ReadModel

struct RejectedReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Publish rejected records again, each once.",
        discussion: """
              bulletins rejected replay 3:1042 3:1107
              bulletins rejected replay --all --reason unknown-type
              bulletins rejected replay --all --dry-run

            Each goes to the partition that it came from, with its key, value and
            headers and three more that tell where it stood. What was replayed
            before, by whomever, is left out: the log tells.

            JSON fields: id, outcome (published, already, would-publish), offset.
            """
    )

    @Argument(help: ArgumentHelp("The records.", valueName: "partition:offset")) var ids: [RecordID] = []
    @Flag(help: "All that were not replayed yet.") var all = false
    @Option(help: "With --all: only those for this reason.") var reason: String?
    @Flag(help: "Say what would be published.") var dryRun = false
    @Option(
        help: ArgumentHelp("The folder of the read model (default: BULLETINS_DATA_DIR, else ./data).", valueName: "dir")
    )
    var dataDir: String?
    @OptionGroup var kafka: KafkaOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if ids.isEmpty != all { throw ValidationError("name records, or give --all") }
        if reason != nil, !all { throw ValidationError("--reason goes with --all") }
    }

    private struct Row: Encodable {
        let id: String
        let outcome: String
        let offset: Int64?
    }

    func run() async throws {
        var flags = GivenFlags()
        kafka.give(to: &flags)
        flags.give(.dataDirectories, dataDir.map { [$0] } ?? [])
        let settings = try ResolvedSettings.resolve(flags: flags)
        LoggingBootstrap.start(level: .warning, format: settings[.logFormat])
        let folder = try settings.dataDirectory()
        let records = try find(in: folder, topic: settings[.topic])
        var rows: [Row] = []
        if dryRun {
            rows = records.map { record in
                let replayed = record.row.replayedAt
                return Row(id: record.row.id, outcome: replayed == nil ? "would-publish" : "already", offset: replayed)
            }
        } else if !records.isEmpty {
            try await RejectedReplay(kafka: try settings.kafkaConfiguration(), logger: Logger(label: "bulletins"))
                .run(records, dataDirectory: folder) { record, outcome in
                    switch outcome {
                    case .published(let offset):
                        rows.append(Row(id: record.row.id, outcome: "published", offset: offset))
                    case .already(let offset): rows.append(Row(id: record.row.id, outcome: "already", offset: offset))
                    }
                }
        }
        try output.print(
            rows,
            [
                Column("id", value: { $0.id }),
                Column("outcome", value: { $0.outcome }),
                Column("offset", value: { $0.offset.map { Int($0) } }),
            ]
        )
    }

    private func find(in folder: String, topic: String) throws -> [StoredRejectedRecord] {
        let reader = try ReadModelReader(dataDirectories: [folder])
        var found: [StoredRejectedRecord] = []
        if all {
            var filter = RejectedFilter()
            (filter.topic, filter.reason, filter.onlyOpen) = (topic, reason, true)
            try reader.forEachRejected(filter) { found.append($0) }
            return found
        }
        for id in ids {
            var filter = id.filter
            filter.topic = topic
            let before = found.count
            try reader.forEachRejected(filter) { found.append($0) }
            guard found.count > before else { throw RejectedCommand.unknown(id) }
        }
        return found
    }
}
