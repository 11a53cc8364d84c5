import CRdKafka

extension KafkaConsumer {
    /// Answers ``RebalanceEvent/assigned(_:)``: takes the partitions on and reads each from its start offset (a real
    /// one or one of ``KafkaOffset``). Partitions left out are not read until the next rebalance.
    ///
    /// - Returns: a queue for each partition.
    /// - Throws: ``KafkaError``; (`wrongState`) if no assignment is pending or a partition wasn't offered.
    public func accept(
        assignment: [TopicPartition: Int64]
    ) throws(KafkaError) -> [TopicPartition: PartitionQueue] {
        let operation = "accept assignment"
        for (partition, offset) in assignment {
            try client.checkOffset(offset, operation: "\(operation) of \(partition)")
        }
        let queues = try makeQueues(assignment, serveEvents: nil)
        let outcome = state.withLock { state in
            Result { () throws(AssignmentState.Refusal) in
                let action = try state.assignment.accept(Set(assignment.keys))
                state.queues.merge(queues) { _, new in new }
                return action
            }
        }
        switch outcome {
        case .failure(let refusal): throw refusal.error(operation)
        case .success(.assign): break
        case .success(.unassign), .success(.wait): return queues
        }
        let list = PartitionList(assignment)
        if isCooperative {
            if let error = rd_kafka_incremental_assign(client.pointer, list.pointer) {
                throw KafkaError(consuming: error, operation: operation)
            }
        } else {
            try context.check(rd_kafka_assign(client.pointer, list.pointer), operation: operation)
        }
        return queues
    }

    /// Answers ``RebalanceEvent/revoked(_:)`` and ``RebalanceEvent/lost(_:)``. May be called for each partition when
    /// its worker has finished; the group is told when all of the event's partitions are given up.
    ///
    /// When it returns, these partitions' queues deliver nothing more and commits of them are refused.
    ///
    /// - Throws: ``KafkaError`` (`wrongState`) if the group hasn't asked for one of them.
    public func giveUp(_ partitions: [TopicPartition]) throws(KafkaError) {
        let operation = "give up partitions"
        let outcome = state.withLock { state in
            Result { () throws(AssignmentState.Refusal) in
                let action = try state.assignment.giveUp(Set(partitions))
                return (action, partitions.compactMap { state.queues.removeValue(forKey: $0) })
            }
        }
        switch outcome {
        case .failure(let refusal):
            throw refusal.error(operation)
        case .success((let action, let queues)):
            for queue in queues { queue.giveUp() }
            switch action {
            case .unassign(let all):
                context.mayJoinGroup()
                try unassign(all, operation: operation)
            case .assign, .wait: break
            }
        }
    }

    /// Who serves commits, errors and statistics of a consumer without a group.
    public enum EventServing: Sendable {
        /// Each read of a queue does it in passing; ``poll(timeout:)`` must not be called.
        case byReads
        /// The caller's event loop does, by ``poll(timeout:)``.
        case byPolling
    }

    /// Reads partitions without a group, each from its start offset. Replaces an earlier manual assignment, whose
    /// queues end.
    ///
    /// - Parameter events: who serves the consumer's events.
    /// - Throws: ``KafkaError``; (`wrongState`) if the consumer has subscribed to a group.
    public func assignManually(
        _ assignment: [TopicPartition: Int64],
        events: EventServing = .byReads
    ) throws(KafkaError) -> [TopicPartition: PartitionQueue] {
        let operation = "assign partitions"
        for (partition, offset) in assignment {
            try client.checkOffset(offset, operation: "\(operation) \(partition)")
        }
        let old = state.withLock { state -> [PartitionQueue]? in
            switch state.phase {
            case .idle, .manual:
                state.phase = .manual
                defer { state.queues = [:] }
                return Array(state.queues.values)
            case .subscribed, .closed:
                return nil
            }
        }
        guard let old else { throw AssignmentState.Refusal.alreadyAssigned.error(operation) }
        for queue in old { queue.giveUp() }
        // Dropped first: librdkafka would keep reading partitions that are in both assignments where they are.
        try context.check(rd_kafka_assign(client.pointer, nil), operation: operation)
        let serveEvents: (@Sendable () -> Void)? =
            switch events {
            case .byReads: { [weak self] in self?.drainEvents() }
            case .byPolling: nil
            }
        let queues = try makeQueues(assignment, serveEvents: serveEvents)
        let list = PartitionList(assignment)
        try context.check(rd_kafka_assign(client.pointer, list.pointer), operation: operation)
        state.withLock { state in
            state.assignment.assignManually(Set(assignment.keys))
            state.queues = queues
        }
        return queues
    }

    /// Leaves the group (its partitions go to others at once) and ends all queues. What was revoked, or is owned, is
    /// given up unasked: workers must have finished before. Commit callbacks that have no result yet get a failure.
    ///
    /// Blocks; on the event loop's thread.
    ///
    /// - Throws: ``KafkaError`` (`timedOut`) if the group can't be left in time; the consumer is closed nevertheless,
    ///   and the group notices after `session.timeout.ms`.
    public func close(timeout: Duration) throws(KafkaError) {
        let operation = "close consumer"
        try enterPoll(operation)
        let (hadPending, leavesWithNothing, wasNeverAssigned) = state.withLock { state in
            let isMember = state.phase == .subscribed
            return (
                state.assignment.pending != .none, isMember && state.assignment.owned.isEmpty,
                isMember && !state.hasBeenAssigned
            )
        }
        // Before 2.3.0 librdkafka aborts when a cooperative member is destroyed that was never assigned anything
        // (confluentinc/librdkafka issue 4312).
        if wasNeverAssigned, rd_kafka_version() < 0x0203_0000 { client.keepForEver() }
        abandonAssignment()
        defer { finishClosing() }
        // librdkafka waits for the answer to a rebalance before it closes.
        if hadPending { try unassignEverything(operation) }
        // librdkafka 2.0.2 closes a cooperative member that owns nothing without leaving the group, which then waits for
        // it until `session.timeout.ms` is over. Unsubscribing leaves.
        if leavesWithNothing { rd_kafka_unsubscribe(client.pointer) }
        if let error = rd_kafka_consumer_close_queue(client.pointer, events.pointer) {
            let error = KafkaError(consuming: error, operation: operation)
            // After a fatal error librdkafka doesn't leave groups; nothing is left to be done.
            if error.isFatal { return }
            throw error
        }
        let deadline = ContinuousClock.now + timeout
        while rd_kafka_consumer_closed(client.pointer) == 0 {
            let left = ContinuousClock.now.duration(to: deadline)
            guard left > .zero else {
                throw KafkaError(
                    .timedOut,
                    operation: operation,
                    reason: "the group was not left within \(timeout)",
                    nextStep: context.unavailableHint
                )
            }
            // The last event (librdkafka's own) ends the wait but isn't shown to applications.
            _ = try events.poll(milliseconds: min(left.timeoutMilliseconds, 50)) { event throws(KafkaError) in
                switch rd_kafka_event_type(event) {
                case RD_KAFKA_EVENT_REBALANCE: try unassignEverything(operation)
                case RD_KAFKA_EVENT_OFFSET_COMMIT: handleCommit(event)
                default: _ = context.handleCommon(event, client: client)
                }
            }
        }
    }

    // MARK: -

    private var isCooperative: Bool {
        rd_kafka_rebalance_protocol(client.pointer).map { String(cString: $0) } == "COOPERATIVE"
    }

    private func makeQueues(
        _ assignment: [TopicPartition: Int64],
        serveEvents: (@Sendable () -> Void)?
    ) throws(KafkaError) -> [TopicPartition: PartitionQueue] {
        var queues: [TopicPartition: PartitionQueue] = [:]
        for (partition, offset) in assignment {
            queues[partition] = try PartitionQueue(
                partition,
                startOffset: offset,
                client: client,
                serveEvents: serveEvents
            )
        }
        return queues
    }

    private func unassign(_ partitions: Set<TopicPartition>, operation: String) throws(KafkaError) {
        guard isCooperative else { return try unassignEverything(operation) }
        let list = PartitionList(partitions)
        if let error = rd_kafka_incremental_unassign(client.pointer, list.pointer) {
            throw KafkaError(consuming: error, operation: operation)
        }
    }

    private func unassignEverything(_ operation: String) throws(KafkaError) {
        try context.check(rd_kafka_assign(client.pointer, nil), operation: operation)
    }

    private func finishClosing() {
        let commits = state.withLock { state in
            state.phase = .closed
            state.isPolling = false
            defer { (state.commits, state.held) = ([:], []) }
            return Array(state.commits.values) + state.held.flatMap(\.completions)
        }
        let error = KafkaError(.closed, operation: "commit", reason: "the consumer was closed before the answer came")
        for commit in commits { commit(.failure(error)) }
    }
}
