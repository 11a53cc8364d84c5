internal import Kafka
internal import Logging
internal import ReadModel

// What happens to the partitions of one indexer; all on the event loop's thread.
extension IndexerEventLoop {
    /// Starts a worker for each new partition.
    func assign(_ partitions: [TopicPartition]) throws {
        if !partitions.isEmpty {
            logger.info("assigned", metadata: ["partitions": "\(partitions.sorted())"])
        } else if members.isEmpty {
            logger.info("the group has no partition for this member, it stands by")
        }
        // Leaving the group, which comes next, is the answer.
        guard !isFinishing else { return }
        if partitions.isEmpty {
            _ = try consumer.accept(assignment: [:])
            joined()
            return
        }
        metrics.rebalances.increment()
        status.beginRebalance()
        if configuration.membership == .group { try checkPartitionCount() }
        for partition in partitions where members[partition] == nil {
            let (control, thread) = startWorker(for: partition)
            members[partition] = Member(control: control, thread: thread)
            unanswered.insert(partition)
            status.update(partition) { $0.phase = .opening }
        }
    }

    private func startWorker(for partition: TopicPartition) -> (WorkerControl, DedicatedThread) {
        let control = WorkerControl()
        let (environment, logger, partitionCount) = (environment, logger, partitionCount)
        let thread = DedicatedThread(name: "partition-\(partition.partition)") {
            PartitionWorker(
                partition,
                partitionCount: partitionCount,
                environment: environment,
                control: control,
                logger: logger
            ).run()
        }
        return (control, thread)
    }

    /// The number of partitions decides in which file a bulletin lives; it must not change under our feet.
    private func checkPartitionCount() throws {
        let count: Int
        do {
            count = try consumer.partitionCount(of: configuration.topic, timeout: .seconds(5))
        } catch {
            guard error.isRetriable || error.category == .unknownTopicOrPartition else { throw error }
            // Each file compares the number that was known last.
            return
        }
        defer { partitionCount = count }
        if let partitionCount, partitionCount != count {
            throw IndexerError.partitionsChanged(topic: configuration.topic, from: partitionCount, to: count)
        }
    }

    func depart(_ partitions: [TopicPartition], _ departure: PartitionOwnership.Departure) throws {
        logger.info(
            departure == .lost ? "lost" : "revoked",
            metadata: ["partitions": "\(partitions.sorted())"]
        )
        metrics.rebalances.increment()
        let unknown = partitions.filter { members[$0] == nil }
        if !unknown.isEmpty || partitions.isEmpty { try consumer.giveUp(unknown) }
        for partition in partitions where members[partition] != nil {
            unanswered.remove(partition)
            // Asked for once more, or lost by now: the time has begun with the first.
            let bounds =
                members[partition]?.departure ?? DepartureBounds(from: .now, within: configuration.revokeTimeout)
            members[partition]?.departure = bounds
            members[partition]?.deadline = departure == .lost ? bounds.end : bounds.finish
            try handle(.depart(departure), for: partition)
        }
    }

    /// A worker's thread has ended; what that means depends on whether it was told to, and on its error.
    func takeEnd(of partition: TopicPartition, nextOffset: Int64?, error: (any Error)?) throws {
        let wasExpected = members[partition]?.ownership.isFinishing ?? true
        guard let error else { return try handle(.ended(nextOffset: nextOffset), for: partition) }
        var failure = WorkerFailure(error)
        // An embedded run ends with what it was asked to do, or with the reason why not.
        if configuration.membership == .everyPartition { failure = .fatal }
        if wasExpected || failure == .fatal {
            unanswered.remove(partition)
            try handle(.ended(nextOffset: nextOffset), for: partition)
            guard wasExpected else { throw error }
            logger.info(
                "the partition ended with an error",
                metadata: ["partition": "\(partition)", "error": "\(error)"]
            )
            return
        }
        metrics.troubles.increment()
        let attempts = (members[partition]?.trouble?.attempts ?? 0) + 1
        let delay = configuration.retryDelay(afterAttempts: attempts)
        // Told once, and again only when it is another trouble.
        let known = members[partition]?.trouble.map { "\($0.error)" }
        logger.log(
            level: known == "\(error)" ? .debug : .error,
            "the partition is stopped, its file is as it was; it is tried again",
            metadata: ["partition": "\(partition)", "error": "\(error)", "in": "\(delay)"]
        )
        members[partition]?.trouble = Trouble(
            error: error,
            failure: failure,
            attempts: attempts,
            retry: .now.advanced(by: delay)
        )
        status.update(partition) { known in
            known.phase = .stopped
            known.trouble = "\(error)"
        }
        try handle(.failed(nextOffset: nextOffset), for: partition)
        // What was fetched for the worker that ended would only take up memory.
        try? members[partition]?.queue?.pause()
    }

    /// An indexer none of whose partitions fits its log has been given the wrong folder or the wrong log.
    func checkThatAnyGoesOn() throws {
        guard !members.isEmpty else { return }
        var first: (partition: TopicPartition, error: any Error)?
        for (partition, member) in members {
            guard member.ownership.phase == .stopped, let trouble = member.trouble, trouble.failure == .refusal else {
                return
            }
            if first.map({ partition < $0.partition }) ?? true { first = (partition, trouble.error) }
        }
        if let first { throw first.error }
    }

    func checkDeadlines() throws {
        let now = ContinuousClock.now
        for (partition, member) in members {
            if let deadline = member.deadline, deadline <= now {
                members[partition]?.deadline = member.departure?.next(after: deadline)
                try handle(.overdue, for: partition)
            }
            if member.ownership.phase == .stopped, let trouble = member.trouble, trouble.retry < now {
                try handle(.retry, for: partition)
            }
        }
    }

    // MARK: - Acting on decisions

    func handle(
        _ input: PartitionOwnership.Input,
        for partition: TopicPartition,
        queue: PartitionQueue? = nil,
        isNew: Bool = false
    ) throws {
        guard let action = members[partition]?.ownership.handle(input), let member = members[partition] else { return }
        switch action {
        case .none, .hold: break
        case .startReading:
            if let queue { member.control.start(reading: queue, mustSeek: !isNew) }
        case .startWorker:
            let (control, thread) = startWorker(for: partition)
            members[partition]?.control = control
            members[partition]?.thread = thread
        case .stopWorker: member.control.stop()
        case .forbidCommits:
            member.control.forbidCommits()
        case .commitAndGiveUp(let nextOffset): finished[partition] = Finished(nextOffset: nextOffset, isRevoked: true)
        case .giveUp: try release(partition)
        case .abandon:
            logger.warning(
                "the partition is given up while its last transaction is still being written",
                metadata: ["partition": "\(partition)"]
            )
            try release(partition)
        case .commit(let nextOffset): finished[partition] = Finished(nextOffset: nextOffset, isRevoked: false)
        case .forget: members[partition] = nil
        }
    }

    /// Mirrors the offsets of what has been finished in this turn and gives it up: by one commit, which is waited for no
    /// longer than any partition can.
    func giveUpFinished() throws {
        guard !finished.isEmpty else { return }
        let finished = finished
        self.finished = [:]
        let bounds = members.compactMap { finished[$0.key] == nil ? $0.value.deadline : $0.value.departure?.end }
        let wait = bounds.reduce(Duration.seconds(2)) { min($0, $1 - .now) }
        commit(finished.compactMapValues(\.nextOffset), within: max(.zero, wait))
        for (partition, member) in finished.sorted(by: { $0.key < $1.key }) {
            if member.isRevoked { try release(partition) } else { members[partition] = nil }
        }
    }

    /// Gives the partition up: from here on nothing of it begins.
    private func release(_ partition: TopicPartition) throws {
        let departure = members[partition]?.departure
        members[partition] = nil
        status.remove(partition)
        try consumer.giveUp([partition])
        guard let departure else { return }
        let duration = ContinuousClock.now - departure.begin
        metrics.revokeTime.record(duration: duration)
        logger.debug("given up", metadata: ["partition": "\(partition)", "seconds": "\(duration / .seconds(1))"])
    }

    /// Mirrors files' offsets once more before the partitions go; only lag tools read them, so a failure is no loss.
    private func commit(_ offsets: [TopicPartition: Int64], within timeout: Duration) {
        guard !offsets.isEmpty else { return }
        do {
            try consumer.commit(offsets, timeout: timeout)
        } catch {
            logger.debug("the offset was not mirrored to Kafka", metadata: ["error": "\(error)"])
        }
    }
}

extension PartitionOwnership {
    var isFinishing: Bool {
        switch phase {
        case .finishing, .released: true
        case .opening, .opened, .reading, .stopped: false
        }
    }
}
