internal import Kafka
public import Logging
public import ServiceLifecycle

/// A member of the consumer group that keeps the files of its partitions up to date.
///
/// `run()` returns after a graceful shutdown, when every transaction is finished and the group has been left; it
/// throws `KafkaError`, `ReadModelError` or ``IndexerError`` when something ends it that will not mend by waiting.
public final class IndexerService: Service {
    private let configuration: IndexerConfiguration
    private let logger: Logger
    private let onProgress: @Sendable (IndexProgress) -> Void
    private let onJoined: @Sendable () -> Void

    /// An indexer; nothing is opened before ``run()``.
    ///
    /// - Parameters:
    ///   - onJoined: called once, when the group's first assignment has been taken.
    ///   - onProgress: called after each commit, on the partition's thread; keep it short.
    public init(
        configuration: IndexerConfiguration,
        logger: Logger,
        onJoined: @escaping @Sendable () -> Void = {},
        onProgress: @escaping @Sendable (IndexProgress) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.logger = logger
        self.onJoined = onJoined
        self.onProgress = onProgress
    }

    /// Joins the group and indexes until shutdown.
    public func run() async throws {
        let mode: DataFolderLock.Mode =
            switch configuration.membership {
            case .group: .shared
            case .everyPartition: .exclusive
            }
        let lock = try DataFolderLock(configuration.dataDirectory, mode: mode)
        defer { withExtendedLifetime(lock) {} }
        // Asked first, so that a broker that is not there is told once and by one client.
        let admin = try KafkaAdmin(configuration: configuration.kafka, logger: logger)
        let clusterID = try await admin.clusterID(timeout: configuration.connectTimeout)
        await ensureRejectedTopic(admin)
        let producer = try KafkaProducer(
            configuration: RejectedRecordPublisher.configuration(configuration.kafka),
            logger: logger
        )
        let consumer = try KafkaConsumer(configuration: consumerConfiguration, logger: logger)
        let loop = IndexerEventLoop(
            configuration: configuration,
            consumer: consumer,
            rejected: RejectedRecordPublisher(producer: producer, topic: configuration.rejectedTopic, logger: logger),
            logger: logger,
            onJoined: onJoined,
            onProgress: onProgress
        )
        defer { loop.stop() }
        let result: Result<Void, any Error>
        do {
            try await withTaskCancellationOrGracefulShutdownHandler {
                // librdkafka's poll blocks: the loop has a thread of its own.
                try await DedicatedThread.run(name: "indexer") { try loop.run(clusterID: clusterID) }
            } onCancelOrGracefulShutdown: {
                loop.stop()
            }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        await producer.close()
        try result.get()
    }

    /// Makes the rejected topic where it is missing. Whoever may not make topics is told now, not by the first record
    /// that cannot be read.
    private func ensureRejectedTopic(_ admin: KafkaAdmin) async {
        var settings = NewTopic.keepsEverything
        settings["max.message.bytes"] = String(RejectedRecordPublisher.maximumRecordBytes)
        let topic = NewTopic(name: configuration.rejectedTopic, partitions: 1, configuration: settings)
        do {
            _ = try await admin.createTopic(topic, timeout: configuration.connectTimeout)
        } catch {
            logger.warning(
                "the rejected topic cannot be made; make it, or a partition waits at its first record that is unreadable",
                metadata: ["topic": "\(topic.name)", "error": "\(error)"]
            )
        }
    }

    private var consumerConfiguration: KafkaConfiguration {
        var kafka = configuration.kafka
        kafka["group.id"] = configuration.group
        kafka["client.id"] = kafka["client.id"] ?? "bulletin-indexer"
        kafka["partition.assignment.strategy"] = kafka["partition.assignment.strategy"] ?? "cooperative-sticky"
        // A file decides where reading goes on; a truncated log must be an event and never a silent jump.
        kafka["auto.offset.reset"] = "error"
        kafka["enable.auto.commit"] = "false"
        kafka["enable.auto.offset.store"] = "false"
        return kafka
    }
}
