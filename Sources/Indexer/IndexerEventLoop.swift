internal import Kafka
internal import Logging
internal import ReadModel
internal import Synchronization

/// Polls the consumer, answers rebalances and minds the partition workers, all on one thread.
///
/// Everything but the mailbox and the stop flag is touched by that thread alone; `@unchecked Sendable` because the
/// compiler cannot know it.
final class IndexerEventLoop: @unchecked Sendable {
    private struct Member {
        var ownership = PartitionOwnership()
        let control: WorkerControl
        let thread: DedicatedThread
        var deadline: ContinuousClock.Instant?
    }

    private let configuration: IndexerConfiguration
    private let consumer: KafkaConsumer
    private let rejected: RejectedRecordPublisher
    private let logger: Logger
    private let onJoined: @Sendable () -> Void
    private let onProgress: @Sendable (IndexProgress) -> Void
    private let mailbox = Mutex<[WorkerReport]>([])
    private let isStopping = Mutex(false)

    private var members: [TopicPartition: Member] = [:]
    /// Partitions whose assignment Kafka waits to have answered; all are answered at once.
    private var unanswered: Set<TopicPartition> = []
    private var hasJoined = false

    init(
        configuration: IndexerConfiguration,
        consumer: KafkaConsumer,
        rejected: RejectedRecordPublisher,
        logger: Logger,
        onJoined: @escaping @Sendable () -> Void,
        onProgress: @escaping @Sendable (IndexProgress) -> Void
    ) {
        self.configuration = configuration
        self.consumer = consumer
        self.rejected = rejected
        self.logger = logger
        self.onJoined = onJoined
        self.onProgress = onProgress
    }

    /// Ends ``run()`` after the open transactions; callable from any thread.
    func stop() {
        isStopping.withLock { $0 = true }
        consumer.wakePoll()
    }

    /// Blocks until ``stop()`` or an error.
    func run(clusterID: String) throws {
        let environment = PartitionWorker.Environment(
            configuration: configuration,
            clusterID: clusterID,
            consumer: consumer,
            rejected: rejected,
            metrics: IndexerMetrics(),
            report: { [self] report in
                mailbox.withLock { $0.append(report) }
                consumer.wakePoll()
            },
            onProgress: onProgress
        )
        let failure: (any Error)?
        do {
            switch configuration.membership {
            case .group: try consumer.subscribe(to: [configuration.topic])
            case .everyPartition: try assign(try everyPartition(), environment)
            }
            while !isStopping.withLock({ $0 }) {
                try turn(environment, timeout: .milliseconds(200))
            }
            failure = nil
        } catch {
            failure = error
        }
        finish(environment)
        if let failure { throw failure }
    }

    // MARK: - One turn

    private func turn(_ environment: PartitionWorker.Environment, timeout: Duration) throws {
        switch try consumer.poll(timeout: timeout) {
        case .rebalance(.assigned(let partitions)): try assign(partitions, environment)
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
        if let failure { throw failure }
        try answerAssignment()
        try checkDeadlines()
    }

    private func everyPartition() throws -> [TopicPartition] {
        let count = try consumer.partitionCount(of: configuration.topic, timeout: configuration.connectTimeout)
        return (0..<Int32(count)).map { TopicPartition(topic: configuration.topic, partition: $0) }
    }

    private func assign(_ partitions: [TopicPartition], _ environment: PartitionWorker.Environment) throws {
        logger.info("assigned", metadata: ["partitions": "\(partitions.sorted())"])
        if partitions.isEmpty {
            _ = try consumer.accept(assignment: [:])
            joined()
        }
        for partition in partitions where members[partition] == nil {
            let control = WorkerControl()
            let logger = logger
            let thread = DedicatedThread(name: "partition-\(partition.partition)") {
                PartitionWorker(partition, environment: environment, control: control, logger: logger).run()
            }
            members[partition] = Member(control: control, thread: thread)
            unanswered.insert(partition)
        }
    }

    private func depart(_ partitions: [TopicPartition], _ departure: PartitionOwnership.Departure) throws {
        logger.info(
            departure == .lost ? "lost" : "revoked",
            metadata: ["partitions": "\(partitions.sorted())"]
        )
        let unknown = partitions.filter { members[$0] == nil }
        if !unknown.isEmpty || partitions.isEmpty { try consumer.giveUp(unknown) }
        for partition in partitions where members[partition] != nil {
            unanswered.remove(partition)
            members[partition]?.deadline = .now.advanced(by: configuration.revokeTimeout)
            try handle(.depart(departure), for: partition)
        }
    }

    private func take(_ report: WorkerReport) throws {
        let partition = report.partition
        // What a worker that was given up still says concerns nobody.
        guard members[partition]?.control === report.worker else { return }
        switch report.event {
        case .opened(let nextOffset):
            try handle(.opened(nextOffset: nextOffset), for: partition)
        case .ended(let nextOffset, let error):
            members[partition]?.thread.joinBlocking()
            unanswered.remove(partition)
            let wasExpected = members[partition]?.ownership.isFinishing ?? true
            try handle(.ended(nextOffset: nextOffset), for: partition)
            guard let error else { return }
            guard wasExpected else { throw error }
            logger.info(
                "the partition ended with an error",
                metadata: ["partition": "\(partition)", "error": "\(error)"]
            )
        }
    }

    /// Answers Kafka once every file of the assignment is open: reading begins where the files stand.
    private func answerAssignment() throws {
        guard !unanswered.isEmpty else { return }
        var starts: [TopicPartition: Int64] = [:]
        for partition in unanswered {
            guard case .opened(let nextOffset)? = members[partition]?.ownership.phase else { return }
            starts[partition] = nextOffset
        }
        unanswered.removeAll()
        let queues =
            switch configuration.membership {
            case .group: try consumer.accept(assignment: starts)
            case .everyPartition: try consumer.assignManually(starts, events: .byPolling)
            }
        for (partition, queue) in queues {
            try handle(.accepted, for: partition, queue: queue)
        }
        joined()
    }

    private func joined() {
        if !hasJoined { onJoined() }
        hasJoined = true
    }

    private func checkDeadlines() throws {
        let now = ContinuousClock.now
        for (partition, member) in members {
            if let deadline = member.deadline, deadline < now {
                members[partition]?.deadline = now.advanced(by: configuration.rollbackTimeout)
                try handle(.overdue, for: partition)
            }
        }
    }

    // MARK: - Acting on decisions

    private func handle(
        _ input: PartitionOwnership.Input,
        for partition: TopicPartition,
        queue: PartitionQueue? = nil
    ) throws {
        guard let action = members[partition]?.ownership.handle(input), let member = members[partition] else { return }
        switch action {
        case .none: break
        case .startReading:
            if let queue { member.control.start(reading: queue) }
        case .stopWorker: member.control.stop()
        case .forbidCommits:
            member.control.forbidCommits()
        case .commitAndGiveUp(let nextOffset):
            commit(nextOffset, for: partition)
            members[partition] = nil
            try consumer.giveUp([partition])
        case .giveUp:
            members[partition] = nil
            try consumer.giveUp([partition])
        case .abandon:
            logger.warning(
                "the partition is given up while its last transaction is still being written",
                metadata: ["partition": "\(partition)"]
            )
            members[partition] = nil
            try consumer.giveUp([partition])
        case .commit(let nextOffset):
            commit(nextOffset, for: partition)
            members[partition] = nil
        case .fail: members[partition] = nil
        }
    }

    /// Mirrors the file's offset once more before the partition goes; only lag tools read it, so a failure is no loss.
    private func commit(_ nextOffset: Int64?, for partition: TopicPartition) {
        guard let nextOffset else { return }
        do {
            try consumer.commit([partition: nextOffset], timeout: .seconds(2))
        } catch {
            logger.debug("the offset was not mirrored to Kafka", metadata: ["error": "\(error)"])
        }
    }

    /// Stops all workers after their open transactions and leaves the group.
    private func finish(_ environment: PartitionWorker.Environment) {
        for partition in members.keys.sorted() {
            try? handle(.depart(.shutdown), for: partition)
        }
        let deadline = ContinuousClock.now.advanced(by: .seconds(30))
        while !members.isEmpty, ContinuousClock.now < deadline {
            do {
                try turn(environment, timeout: .milliseconds(50))
            } catch {
                logger.error("while shutting down", metadata: ["error": "\(error)"])
            }
        }
        if !members.isEmpty {
            logger.error("workers did not end in time", metadata: ["partitions": "\(members.keys.sorted())"])
        }
        do {
            try consumer.close(timeout: .seconds(10))
        } catch {
            logger.info("the group was not left cleanly", metadata: ["error": "\(error)"])
        }
    }
}

extension PartitionOwnership {
    var isFinishing: Bool {
        switch phase {
        case .finishing, .released: true
        case .opening, .opened, .reading: false
        }
    }
}
