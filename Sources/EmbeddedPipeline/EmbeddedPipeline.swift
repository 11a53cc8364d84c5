internal import Indexer
public import Ingestor
public import Kafka
public import Logging
internal import ReadModel
internal import ServiceLifecycle
internal import Synchronization

/// Broker, ingestor and indexer in one process: nothing to install, nothing to configure, nothing kept but the files.
public struct EmbeddedPipeline: Sendable {
    /// How many partitions a new read model gets here; an existing one keeps its own number.
    public static let defaultPartitions = 4

    private let dataDirectory: String
    private let topic: String
    private let partitions: Int
    private let kafka: KafkaConfiguration
    private let reader: DocumentReader
    private let logger: Logger

    /// A pipeline into `dataDirectory`.
    ///
    /// - Parameters:
    ///   - partitions: the number that the folder must have; nil takes any.
    ///   - newPartitions: the number that a new folder gets where `partitions` says nothing; nil is
    ///     ``defaultPartitions``.
    ///   - kafka: librdkafka properties; the bootstrap servers are the embedded broker's.
    /// - Throws: ``EmbeddedPipelineError`` if the folder has another number of partitions, `ReadModelError` if it
    ///   cannot be read.
    public init(
        dataDirectory: String,
        topic: String = "bulletins",
        partitions: Int? = nil,
        newPartitions: Int? = nil,
        kafka: KafkaConfiguration = KafkaConfiguration(bootstrapServers: ""),
        reader: DocumentReader = DocumentReader(),
        logger: Logger
    ) throws {
        let existing = try Self.existingPartitions(in: dataDirectory, topic: topic)
        if let existing, let partitions, existing != partitions {
            // The number decides which file a bulletin lives in: another one would put it into two.
            throw EmbeddedPipelineError(
                "\(dataDirectory) has \(existing) partitions, not \(partitions): leave --partitions out, "
                    + "or name another --data-dir"
            )
        }
        self.dataDirectory = dataDirectory
        self.topic = topic
        self.partitions = existing ?? partitions ?? newPartitions ?? Self.defaultPartitions
        self.kafka = kafka
        self.reader = reader
        self.logger = logger
    }

    private func configuration(for broker: EmbeddedBroker) -> KafkaConfiguration {
        var configuration = kafka
        configuration.bootstrapServers = broker.bootstrapServers
        return configuration
    }

    private static func existingPartitions(in dataDirectory: String, topic: String) throws -> Int? {
        do {
            let files = try PartitionLocation.all(in: dataDirectory).filter { $0.topic == topic }
            return files.map { Int($0.partition) + 1 }.max()
        } catch let error as ReadModelError where error.code == .missingFolder {
            return nil
        }
    }

    /// What came of a run.
    public struct Report: Sendable {
        /// What was published and what failed.
        public var published = PublishReport()
        /// What the indexer did, over all transactions.
        public var indexed = IndexedCounts()

        /// Nothing yet.
        public init() {}
    }

    /// Sums over all transactions of a run.
    public struct IndexedCounts: Sendable {
        /// Transactions committed.
        public var transactions = 0
        /// Bulletins that were new.
        public var created = 0
        /// Bulletins whose text had changed.
        public var revised = 0
        /// Bulletins whose text was known and whose extraction is another one now.
        public var reparsed = 0
        /// Bulletins that were there already.
        public var unchanged = 0
        /// Records that could not be taken.
        public var rejected = 0

        /// Nothing yet.
        public init() {}

        mutating func add(_ progress: IndexProgress) {
            transactions += 1
            created += progress.summary.created
            revised += progress.summary.revised
            reparsed += progress.summary.reparsed
            unchanged += progress.summary.unchanged
            rejected += progress.summary.rejected
        }
    }

    /// Publishes the inputs and returns when all that was published is indexed; with `keepRunning` it stays until
    /// graceful shutdown.
    ///
    /// - Parameters:
    ///   - onStarted: called with the broker's address once it listens and the indexer has joined.
    ///   - onPublished: called when everything published is indexed; useful with `keepRunning`.
    ///   - progress: what has been published and indexed so far; called from any thread.
    /// - Throws: what ends the indexer, or `CancellationError`.
    public func run(
        _ inputs: [Result<InputFile, IntakeFailure>],
        keepRunning: Bool = false,
        onStarted: @escaping @Sendable (_ bootstrapServers: String) -> Void = { _ in },
        onPublished: @escaping @Sendable (Report) -> Void = { _ in },
        progress: @escaping @Sendable (Report) -> Void = { _ in }
    ) async throws -> Report {
        let broker = try EmbeddedBroker(
            topics: [(topic, partitions), (topic + ".rejected", 1)],
            logger: logger
        )
        let kafka = configuration(for: broker)
        let report = RunningReport()
        let budget = EmbeddedBudget()
        var indexing = IndexerConfiguration(dataDirectory: dataDirectory, kafka: kafka)
        indexing.topic = topic
        indexing.rejectedTopic = topic + ".rejected"
        indexing.newLogPolicy = .adopt
        indexing.membership = .everyPartition

        let result: Result<Void, any Error>
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                let (joined, hasJoined) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
                let indexer = IndexerService(
                    configuration: indexing,
                    logger: logger,
                    onJoined: { hasJoined.finish() },
                    onProgress: { step in
                        // In this order: whoever waits for the budget reads the report next.
                        progress(report.update { $0.indexed.add(step) })
                        budget.indexed(step.partition, nextOffset: step.nextOffset)
                    }
                )
                group.addTask {
                    defer {
                        // Whoever waits for the indexer must not wait for ever when it fails.
                        hasJoined.finish()
                        budget.close()
                    }
                    try await indexer.run()
                }
                group.addTask {
                    for await _ in joined {}
                    // The stream also ends when the indexer fails.
                    try Task.checkCancellation()
                    onStarted(broker.bootstrapServers)
                    let producer = try KafkaProducer(configuration: kafka, logger: logger)
                    let published: PublishReport
                    do {
                        published = try await BulletinPublisher(
                            producer: producer,
                            topic: topic,
                            budget: budget,
                            reader: reader
                        )
                        .publish(inputs) { current in progress(report.update { $0.published = current }) }
                    } catch {
                        await producer.close()
                        throw error
                    }
                    await producer.close()
                    await budget.allIndexed()
                    onPublished(report.update { $0.published = published })
                    if keepRunning { try await gracefulShutdown() }
                }
                // The first to end, ends the run: normally the publisher; the indexer only by an error or shutdown.
                do {
                    try await group.next()
                } catch {
                    group.cancelAll()
                    throw error
                }
                group.cancelAll()
                try await group.waitForAll()
            }
            result = .success(())
        } catch is CancellationError {
            result = Task.isCancelled ? .failure(CancellationError()) : .success(())
        } catch {
            result = .failure(error)
        }
        await broker.close()
        try result.get()
        return report.update { _ in }
    }
}

/// The report of a run while it grows.
private final class RunningReport: Sendable {
    private let report = Mutex(EmbeddedPipeline.Report())

    /// Changes the report and returns what it is then.
    func update(_ change: @Sendable (inout EmbeddedPipeline.Report) -> Void) -> EmbeddedPipeline.Report {
        report.withLock { report in
            change(&report)
            return report
        }
    }
}

/// Why an embedded pipeline cannot start, in one line for people.
public struct EmbeddedPipelineError: Error, Sendable, CustomStringConvertible {
    /// What is wrong and what to do.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
