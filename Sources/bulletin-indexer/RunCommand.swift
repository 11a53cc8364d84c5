internal import ArgumentParser
internal import CommandSupport
internal import Console
internal import Indexer
internal import Kafka
internal import Logging
internal import Operations

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Join the consumer group and index until SIGTERM.",
        discussion: """
              bulletin-indexer run --data-dir ./data
              bulletin-indexer run --data-dir /srv/bulletins --bootstrap-servers kafka:9092 --group newsroom

            Every file stands at an offset of its own and moves together with its rows; Kafka's committed offsets
            follow for lag tools. SIGTERM finishes the open transactions and leaves the group.
            """
    )

    @Option(
        help: ArgumentHelp("Where the read model lives (default: BULLETINS_DATA_DIR, else ./data).", valueName: "dir")
    )
    var dataDir: String?

    @Option(help: "The consumer group (default: bulletin-indexer).") var group: String?
    @OptionGroup var kafka: KafkaOptions
    @OptionGroup var service: ServiceOptions

    func run() async throws {
        var flags = GivenFlags()
        service.give(to: &flags)
        kafka.give(to: &flags)
        flags.give(.dataDirectories, dataDir.map { [$0] } ?? [])
        flags.give(.group, group)
        let settings = try ResolvedSettings.resolve(flags: flags)
        service.startLogging(settings)
        var configuration = IndexerConfiguration(
            dataDirectory: try settings.dataDirectory(),
            kafka: try settings.kafkaConfiguration()
        )
        configuration.topic = settings[.topic]
        configuration.rejectedTopic = settings[.rejectedTopic]
        configuration.group = settings[.group]
        configuration.batch.records = settings[.maxBatchRecords]
        configuration.batch.bytes = settings[.maxBatchBytes]
        configuration.batch.delay = .milliseconds(settings[.maxBatchDelayMilliseconds])
        let logger = Logger(label: "bulletin-indexer")
        try await ServiceRunner(
            logger: logger,
            drainDeadline: .seconds(settings[.shutdownTimeoutSeconds])
        ).run([.init("indexer", IndexerService(configuration: configuration, logger: logger))])
    }
}
