internal import ArgumentParser
internal import CommandSupport
internal import Console
internal import Foundation
internal import Indexer
internal import Logging
internal import Operations

struct LagCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lag",
        abstract: "How far each partition is behind its log, and who reads it.",
        discussion: """
              bulletins lag --bootstrap-servers kafka:9092
              bulletins lag --data-dir /srv/one --data-dir /srv/other --format json
              bulletins lag --offline

            Lag is what the log holds and the file does not; Kafka's committed
            offset, which follows the file, stands beside it. Joins no group and
            changes nothing. Where no broker answers, the files alone are told,
            with exit code 69.

            JSON fields: topic, partition, status (current, behind, no-file,
            outside-log, unknown), nextOffset, committedOffset, startOffset,
            endOffset, lagRecords, lagSeconds, clientID, host, memberID,
            committedBy, path. See docs/cli.md.
            """
    )

    @Option(help: "The consumer group (default: bulletin-indexer).") var group: String?
    @Flag(help: "Ask the files alone, and no broker.") var offline = false
    @Option(help: "Seconds to wait for each answer of the broker.") var timeout = 10
    @OptionGroup var data: DataFolderOptions
    @OptionGroup var kafka: KafkaOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...600).contains(timeout) else {
            throw ValidationError("--timeout is 1 to 600 seconds, not \(timeout)")
        }
    }

    func run() async throws {
        var flags = GivenFlags()
        kafka.give(to: &flags)
        data.give(to: &flags)
        flags.give(.group, group)
        let settings = try ResolvedSettings.resolve(flags: flags)
        // What the client has to say of a broker that is not there is said once, at the end.
        LoggingBootstrap.start(level: .critical, format: settings[.logFormat])
        var folders = settings[.dataDirectories]
        // Who named no folder may have none here: the broker has something to say all the same.
        if settings.origin(of: .dataDirectories).layer == .defaultValue {
            folders = folders.filter { FileManager.default.fileExists(atPath: $0) }
        }
        let survey = LagSurvey(
            dataDirectories: folders,
            topic: settings[.topic],
            timeout: .seconds(timeout),
            logger: Logger(label: "bulletins")
        )
        if offline { return try print(try await survey.files()) }
        let result: LagSurvey.Result
        do {
            result = try await survey.run(kafka: try settings.kafkaConfiguration(), group: settings[.group])
        } catch {
            guard ErrorTranslation.userFacing(error)?.exitStatus == .unavailable else { throw error }
            try print(try await survey.files())
            throw error
        }
        try print(result)
        let reporter = ErrorReporter(program: "bulletins")
        for trouble in result.troubles { reporter.warn("\(trouble)") }
        if let state = result.groupState, state != "Stable" {
            reporter.note("the group \(settings[.group]) is \(state.lowercased()) at the moment")
        }
    }

    private func print(_ result: LagSurvey.Result) throws {
        try output.print(
            result.partitions,
            [
                Column("partition", value: { $0.partition }),
                Column("status", value: { $0.status.rawValue }),
                Column("nextOffset", title: "next offset", value: { $0.nextOffset }),
                Column("committedOffset", title: "committed", value: { $0.committedOffset }),
                Column("endOffset", title: "end offset", value: { $0.endOffset }),
                Column("lagRecords", title: "lag", value: { $0.lagRecords }),
                Column(
                    "lagSeconds",
                    title: "lag s",
                    alignment: .right,
                    value: { $0.lagSeconds.map { String(format: "%.1f", $0) } }
                ),
                Column("clientID", title: "member", value: { $0.clientID }),
                Column("host", value: { $0.host }),
                Column("committedBy", title: "committed by", isFlexible: true, value: { $0.committedBy }),
            ]
        )
    }
}
