import CRdKafka

extension KafkaConsumer {
    /// Waits for the next thing that the application has to know. Commit callbacks run in here.
    ///
    /// Blocks; to be called on the event loop's thread only, and again at the latest after `max.poll.interval.ms`
    /// (five minutes unless set), even while revoked partitions are being finished.
    ///
    /// - Returns: nil if nothing happened in time or ``wakePoll()`` was called.
    /// - Throws: ``KafkaError`` (`wrongState`) if another thread is polling; (`closed`) after closing.
    public func poll(timeout: Duration) throws(KafkaError) -> ConsumerEvent? {
        try enterPoll("poll")
        defer { state.withLock { $0.isPolling = false } }
        handOverHeldCommits()
        let deadline = ContinuousClock.now + timeout
        var result: ConsumerEvent?
        repeat {
            let milliseconds = ContinuousClock.now.duration(to: deadline).timeoutMilliseconds
            let hadEvent = try events.poll(milliseconds: milliseconds) { event throws(KafkaError) in
                result = try handle(event)
            }
            // No event: the time is over, or somebody called `wakePoll`.
            if !hadEvent { return nil }
        } while result == nil
        return result
    }

    func enterPoll(_ operation: String) throws(KafkaError) {
        let refusal = state.withLock { state -> KafkaError? in
            switch state.phase {
            case .closed:
                return KafkaError(.closed, operation: operation, reason: "the consumer is closed")
            case .idle, .subscribed, .manual:
                if state.isPolling {
                    return KafkaError(.wrongState, operation: operation, reason: "another thread is polling")
                }
                state.isPolling = true
                return nil
            }
        }
        if let refusal { throw refusal }
    }

    /// Serves what is queued, for consumers whose application runs no event loop.
    func drainEvents() {
        guard (try? enterPoll("read")) != nil else { return }
        defer { state.withLock { $0.isPolling = false } }
        var hadEvent = true
        while hadEvent {
            hadEvent = events.poll(milliseconds: 0) { event in
                // Errors go to log and health; a rebalance can't come without a subscription.
                _ = try? handle(event)
            }
        }
    }

    func handle(_ event: OpaquePointer) throws(KafkaError) -> ConsumerEvent? {
        switch rd_kafka_event_type(event) {
        case RD_KAFKA_EVENT_REBALANCE:
            return try handleRebalance(event)
        case RD_KAFKA_EVENT_OFFSET_COMMIT:
            handleCommit(event)
            return nil
        case RD_KAFKA_EVENT_FETCH:
            // Partition queues are cut off from the event queue before fetching starts, so this would be a record that
            // no worker will see.
            return .failure(
                KafkaError(
                    .wrongState,
                    operation: "poll",
                    reason: "a record arrived outside its partition's queue",
                    nextStep: "restart this consumer: it resumes from its stored offset"
                )
            )
        default:
            return context.handleCommon(event, client: client).map { .failure($0) }
        }
    }

    private func handleRebalance(_ event: OpaquePointer) throws(KafkaError) -> ConsumerEvent? {
        let list = PartitionList.elements(of: rd_kafka_event_topic_partition_list(event))
        let partitions = Set(list.map(\.partition))
        switch rd_kafka_event_error(event) {
        case RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS:
            state.withLock { state in
                state.hasBeenAssigned = true
                state.assignment.offer(partitions)
            }
            return .rebalance(.assigned(partitions.sorted()))
        case RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS:
            let isLost = isAssignmentLost
            // What was offered but never accepted has no work to finish.
            let owned = state.withLock { state in
                state.assignment.revoke(partitions, isLost: isLost)
                return partitions.intersection(state.assignment.owned)
            }
            let unused = partitions.subtracting(owned)
            if owned.isEmpty || !unused.isEmpty { try giveUp(Array(unused)) }
            if owned.isEmpty { return nil }
            return .rebalance(isLost ? .lost(owned.sorted()) : .revoked(owned.sorted()))
        case let code:
            // librdkafka asks to drop everything when a rebalance fails.
            abandonAssignment()
            try context.check(rd_kafka_assign(client.pointer, nil), operation: "drop assignment")
            return .failure(context.error(code, operation: "rebalance"))
        }
    }

    /// Ends all queues and forgets the assignment.
    func abandonAssignment() {
        let queues = state.withLock { state in
            defer { state.queues = [:] }
            state.assignment.clear()
            return state.queues.values
        }
        for queue in queues { queue.giveUp() }
    }
}
