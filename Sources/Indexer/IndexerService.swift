internal import Foundation
internal import Kafka
public import Logging
internal import Operations
internal import ReadModel
public import ServiceLifecycle
internal import Synchronization

/// A member of the consumer group that keeps the files of its partitions up to date.
///
/// `run()` returns after a graceful shutdown, when every transaction is finished and the group has been left; it
/// throws `KafkaError`, `ReadModelError` or ``IndexerError`` when something ends it that will not mend by waiting.
public final class IndexerService: Service {
    private let configuration: IndexerConfiguration
    private let logger: Logger
    private let onProgress: @Sendable (IndexProgress) -> Void
    private let onJoined: @Sendable () -> Void
    private let status = IndexerStatus()
    private let consumer = Mutex<KafkaConsumer?>(nil)

    /// Says whether it can do its work; for `/ready` and `/metrics`.
    public var probe: IndexerProbe {
        IndexerProbe(
            status: status,
            limits: .init(lag: configuration.readyLag, brokerSilence: configuration.readyBrokerSilence),
            health: { [self] in consumer.withLock { $0?.health } }
        )
    }

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
        // Before librdkafka's threads are there, which would have heaps of their own.
        ProcessHeap.useForService()
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
        let partitionCount = try await checkFolder(admin, clusterID: clusterID)
        await checkTopic(admin, clusterID: clusterID)
        await ensureRejectedTopic(admin)
        let producer = try KafkaProducer(
            configuration: RejectedRecordPublisher.configuration(configuration.kafka),
            logger: logger
        )
        let sharing: Int? =
            switch configuration.membership {
            case .group: partitionCount
            case .everyPartition:
                try await admin.partitionCount(of: configuration.topic, timeout: configuration.connectTimeout)
            }
        let consumer = try KafkaConsumer(
            configuration: consumerConfiguration(MemoryBudget(partitions: sharing ?? MemoryBudget.assumedPartitions)),
            // `bulletins lag` shows it: also where the broker does not tell who is in the group.
            commitMetadata: "\(ProcessInfo.processInfo.hostName):\(ProcessInfo.processInfo.processIdentifier)",
            logger: logger
        )
        self.consumer.withLock { $0 = consumer }
        let recheck = configuration.membership == .group ? LogRecheck(kafka: configuration.kafka, logger: logger) : nil
        let loop = IndexerEventLoop(
            configuration: configuration,
            clusterID: clusterID,
            partitionCount: partitionCount,
            sharing: sharing,
            status: status,
            consumer: consumer,
            rejected: RejectedRecordPublisher(producer: producer, topic: configuration.rejectedTopic, logger: logger),
            recheck: recheck,
            logger: logger,
            onJoined: onJoined,
            onProgress: onProgress
        )
        defer { loop.stop() }
        let result: Result<Void, any Error>
        do {
            try await withTaskCancellationOrGracefulShutdownHandler {
                // librdkafka's poll blocks: the loop has a thread of its own.
                try await DedicatedThread.run(name: "indexer") { try loop.run() }
            } onCancelOrGracefulShutdown: {
                loop.stop()
            }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        self.consumer.withLock { $0 = nil }
        try? await DedicatedThread.run(name: "close-recheck") { recheck?.close() }
        await producer.close()
        try result.get()
    }

    /// The number of the topic's partitions, once it is known that the folder's files fit it; nil where there is no topic
    /// yet. Whoever gives the wrong folder or the wrong cluster is told before anything is written.
    private func checkFolder(_ admin: KafkaAdmin, clusterID: String) async throws -> Int? {
        guard configuration.membership == .group else { return nil }
        let count: Int?
        do {
            count = try await admin.partitionCount(of: configuration.topic, timeout: configuration.connectTimeout)
        } catch let error as KafkaError where error.category == .unknownTopicOrPartition {
            logger.warning(
                "the topic does not exist yet, waiting for it",
                metadata: ["topic": "\(configuration.topic)"]
            )
            count = nil
        }
        let (folder, topic) = (configuration.dataDirectory, configuration.topic)
        // SQLite blocks.
        try await DedicatedThread.run(name: "check-folder") {
            try PartitionFile.checkFolder(folder, topic: topic, clusterID: clusterID, partitionCount: count)
        }
        return count
    }

    /// Says what in the topic's settings will lose records: the log is the source of truth, and keeps everything.
    private func checkTopic(_ admin: KafkaAdmin, clusterID: String) async {
        guard configuration.membership == .group, !EmbeddedBroker.isEmbedded(clusterID: clusterID) else { return }
        do {
            let settings = try await admin.configuration(of: configuration.topic, timeout: configuration.connectTimeout)
            for warning in TopicWarnings.check(
                settings,
                topic: configuration.topic,
                recordBytes: KafkaProducer.maximumRecordBytes
            ) {
                logger.warning("\(warning)")
            }
        } catch {
            // A right that not everybody has; nothing depends on the answer.
            logger.debug("the topic's settings are not known", metadata: ["error": "\(error)"])
        }
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

    private func consumerConfiguration(_ budget: MemoryBudget) -> KafkaConfiguration {
        var kafka = budget.limiting(configuration.kafka)
        kafka["group.id"] = configuration.group
        kafka["client.id"] = kafka["client.id"] ?? "bulletin-indexer"
        kafka["partition.assignment.strategy"] = kafka["partition.assignment.strategy"] ?? "cooperative-sticky"
        // A member that was killed is missed after this time, not after Kafka's 45 seconds.
        kafka["session.timeout.ms"] = kafka["session.timeout.ms"] ?? "10000"
        // Tells where the log ends, also behind control records, which nobody is shown.
        kafka["enable.partition.eof"] = "true"
        // A file decides where reading goes on; a truncated log must be an event and never a silent jump.
        kafka["auto.offset.reset"] = "error"
        kafka["enable.auto.commit"] = "false"
        kafka["enable.auto.offset.store"] = "false"
        return kafka
    }
}
