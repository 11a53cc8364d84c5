internal import Kafka
internal import Logging
internal import ReadModel
internal import Synchronization

/// Polls the consumer, answers rebalances and minds the partition workers, all on one thread.
///
/// Everything but the mailbox and the stop flag is touched by that thread alone; `@unchecked Sendable` because the
/// compiler cannot know it.
final class IndexerEventLoop: @unchecked Sendable {
    /// One partition that is this indexer's.
    struct Member {
        var ownership = PartitionOwnership()
        var control: WorkerControl
        var thread: DedicatedThread
        /// Where records arrive, once Kafka has been answered.
        var queue: PartitionQueue?
        /// When it was asked back, and how long what follows may take.
        var departure: DepartureBounds?
        /// The next of these bounds.
        var deadline: ContinuousClock.Instant?
        /// What stopped it, and when it is tried again.
        var trouble: Trouble?
    }

    /// A partition whose worker has ended, as it was told to.
    struct Finished {
        /// Where its file stands, if that is known.
        var nextOffset: Int64?
        /// Whether the group waits for it; else it goes with the membership.
        var isRevoked: Bool
    }

    /// Why a partition is not read.
    struct Trouble {
        var error: any Error
        var failure: WorkerFailure
        var attempts: Int
        var retry: ContinuousClock.Instant
    }

    let configuration: IndexerConfiguration
    let consumer: KafkaConsumer
    let logger: Logger
    let status: IndexerStatus
    let metrics = IndexerMetrics()
    private let clusterID: String
    private let rejected: RejectedRecordPublisher
    private let recheck: LogRecheck?
    private let onJoined: @Sendable () -> Void
    private let onProgress: @Sendable (IndexProgress) -> Void
    private let mailbox = Mutex<[WorkerReport]>([])
    private let isStopping = Mutex(false)

    var members: [TopicPartition: Member] = [:]
    /// Partitions whose assignment Kafka waits to have answered; all are answered at once.
    var unanswered: Set<TopicPartition> = []
    /// Whose workers have ended, as they were told to; all are given up together at the end of the turn.
    var finished: [TopicPartition: Finished] = [:]
    /// How many partitions the topic has, once that is known.
    var partitionCount: Int?
    /// Among how many partitions memory is shared, where that is known before any is assigned.
    private let sharing: Int?
    private var hasJoined = false
    /// No partition is taken on any more.
    private(set) var isFinishing = false
    /// What all workers share; made by the first, on this loop's thread: by then the number of partitions is known.
    private(set) lazy var environment = makeEnvironment()

    init(
        configuration: IndexerConfiguration,
        clusterID: String,
        partitionCount: Int?,
        sharing: Int?,
        status: IndexerStatus,
        consumer: KafkaConsumer,
        rejected: RejectedRecordPublisher,
        recheck: LogRecheck?,
        logger: Logger,
        onJoined: @escaping @Sendable () -> Void,
        onProgress: @escaping @Sendable (IndexProgress) -> Void
    ) {
        self.configuration = configuration
        self.clusterID = clusterID
        self.partitionCount = partitionCount
        self.sharing = sharing
        self.status = status
        self.consumer = consumer
        self.rejected = rejected
        self.recheck = recheck
        self.logger = logger
        self.onJoined = onJoined
        self.onProgress = onProgress
    }

    private func makeEnvironment() -> PartitionWorker.Environment {
        let partitions = partitionCount ?? sharing ?? MemoryBudget.assumedPartitions
        logger.debug("memory is shared out", metadata: ["partitions": "\(partitions)"])
        let budget = MemoryBudget(partitions: partitions)
        var configuration = configuration
        configuration.batch.bytes = min(configuration.batch.bytes, budget.batchBytes)
        var file = PartitionFile.Configuration()
        file.cacheKibibytes = budget.cacheKibibytes
        return PartitionWorker.Environment(
            configuration: configuration,
            clusterID: clusterID,
            consumer: consumer,
            rejected: rejected,
            metrics: metrics,
            status: status,
            fileConfiguration: file,
            gate: ApplyGate(),
            turns: budget.readingPartitions.map { FetchTurns(places: $0, share: budget.queueKibibytes << 10) },
            recheck: recheck,
            report: { [self] report in
                mailbox.withLock { $0.append(report) }
                consumer.wakePoll()
            },
            onProgress: onProgress
        )
    }

    /// Ends ``run()`` after the open transactions; callable from any thread.
    func stop() {
        isStopping.withLock { $0 = true }
        consumer.wakePoll()
    }

    /// Blocks until ``stop()`` or an error.
    func run() throws {
        let failure: (any Error)?
        do {
            switch configuration.membership {
            case .group: try consumer.subscribe(to: [configuration.topic])
            case .everyPartition: try assign(try everyPartition())
            }
            var trimmed = ContinuousClock.now
            while !isStopping.withLock({ $0 }) {
                try turn(timeout: .milliseconds(200))
                if ContinuousClock.now - trimmed > .seconds(1) {
                    MemoryBudget.giveBackFreeMemory()
                    trimmed = .now
                }
            }
            failure = nil
        } catch {
            failure = error
        }
        finish()
        if let failure { throw failure }
    }

    // MARK: - One turn

    private func turn(timeout: Duration) throws {
        let bounds = members.values.compactMap(\.deadline)
        let timeout = bounds.reduce(timeout) { min($0, max(.zero, $1 - .now)) }
        switch try consumer.poll(timeout: timeout) {
        case .rebalance(.assigned(let partitions)): try assign(partitions)
        case .rebalance(.revoked(let partitions)): try depart(partitions, .revoked)
        case .rebalance(.lost(let partitions)): try depart(partitions, .lost)
        case .failure(let error):
            // The client has logged it; what is not fatal mends itself or shows where it hurts.
            if error.isFatal { throw error }
        case nil: break
        }
        // Every report is taken, also behind one that fails: a worker whose end is not noted would be waited for.
        var failure: (any Error)?
        for report in mailbox.withLock({ reports in
            defer { reports.removeAll() }
            return reports
        }) {
            do { try take(report) } catch { failure = failure ?? error }
        }
        try giveUpFinished()
        if let failure { throw failure }
        try answerAssignment()
        try checkDeadlines()
        try checkThatAnyGoesOn()
    }

    private func everyPartition() throws -> [TopicPartition] {
        let count = try consumer.partitionCount(of: configuration.topic, timeout: configuration.connectTimeout)
        return (0..<Int32(count)).map { TopicPartition(topic: configuration.topic, partition: $0) }
    }

    private func take(_ report: WorkerReport) throws {
        let partition = report.partition
        // What a worker that was given up still says concerns nobody.
        guard members[partition]?.control === report.worker else { return }
        switch report.event {
        case .opened(let nextOffset):
            try handle(.opened(nextOffset: nextOffset), for: partition)
            // Kafka was answered while this partition was in trouble.
            if let queue = members[partition]?.queue { try handle(.accepted, for: partition, queue: queue) }
        case .verified:
            if members[partition]?.trouble != nil {
                logger.notice("the partition goes on", metadata: ["partition": "\(partition)"])
            }
            members[partition]?.trouble = nil
            status.update(partition) { known in
                known.phase = .reading
                known.trouble = nil
            }
        case .ended(let nextOffset, let error):
            members[partition]?.thread.joinBlocking()
            try takeEnd(of: partition, nextOffset: nextOffset, error: error)
        }
    }

    /// Answers Kafka once every file of the assignment is open, or known to be in trouble: reading begins where the
    /// files stand.
    private func answerAssignment() throws {
        guard !unanswered.isEmpty else { return }
        var starts: [TopicPartition: Int64] = [:]
        var stopped: Set<TopicPartition> = []
        for partition in unanswered {
            switch members[partition]?.ownership.phase {
            case .opened(let nextOffset): starts[partition] = nextOffset
            case .stopped:
                // It stays ours; what it reads is sought when its file can be written again.
                starts[partition] = KafkaOffset.end
                stopped.insert(partition)
            case .opening, .reading, .finishing, .released, nil: return
            }
        }
        unanswered.removeAll()
        let queues =
            switch configuration.membership {
            case .group: try consumer.accept(assignment: starts)
            case .everyPartition: try consumer.assignManually(starts, events: .byPolling)
            }
        for (partition, queue) in queues {
            members[partition]?.queue = queue
            if stopped.contains(partition) { try queue.pause() }
            try handle(.accepted, for: partition, queue: queue, isNew: true)
        }
        joined()
        if let duration = status.endRebalance() { metrics.rebalanceTime.record(duration: duration) }
    }

    func joined() {
        status.join()
        if !hasJoined { onJoined() }
        hasJoined = true
    }

    /// Stops all workers after their open transactions and leaves the group.
    private func finish() {
        isFinishing = true
        status.close()
        for partition in members.keys.sorted() {
            members[partition]?.deadline = nil
            try? handle(.depart(.shutdown), for: partition)
        }
        let deadline = ContinuousClock.now.advanced(by: configuration.shutdownTimeout)
        while !members.isEmpty, ContinuousClock.now < deadline {
            do {
                try turn(timeout: .milliseconds(50))
            } catch {
                logger.error("while shutting down", metadata: ["error": "\(error)"])
            }
        }
        if !members.isEmpty {
            logger.error("workers did not end in time", metadata: ["partitions": "\(members.keys.sorted())"])
        }
        do {
            try consumer.close(timeout: configuration.leaveTimeout)
        } catch {
            logger.info("the group was not left cleanly", metadata: ["error": "\(error)"])
        }
    }
}
