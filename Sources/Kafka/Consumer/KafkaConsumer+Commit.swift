import CRdKafka

extension KafkaConsumer {
    /// Commits offsets (each the next one to be read) without waiting.
    ///
    /// - Parameter onCompletion: called once, on the thread that polls, or by ``close(timeout:)``.
    /// - Throws: ``KafkaError`` if a partition isn't owned, or is lost; nothing is committed then.
    public func commit(
        _ offsets: [TopicPartition: Int64],
        onCompletion: @escaping @Sendable (Result<Void, KafkaError>) -> Void
    ) throws(KafkaError) {
        // Ownership is checked and the commit handed over under one lock: none can slip out after `giveUp`.
        let outcome = state.withLock { state in
            Result { () throws(KafkaError) in
                try check(offsets, state)
                let id = state.nextCommit
                state.nextCommit += 1
                try enqueueCommit(offsets, to: events, id: id)
                state.commits[id] = onCompletion
            }
        }
        try outcome.get()
    }

    /// Commits offsets (each the next one to be read) and waits for the broker's answer. Blocks.
    ///
    /// - Throws: ``KafkaError``: a partition isn't owned or is lost, the broker refused, or (`timedOut`) no answer came
    ///   in time and the commit may or may not have happened.
    public func commit(_ offsets: [TopicPartition: Int64], timeout: Duration) throws(KafkaError) {
        guard let pointer = rd_kafka_queue_new(client.pointer) else {
            throw KafkaError(.wrongState, operation: operation(offsets), reason: "librdkafka made no queue")
        }
        let queue = QueueHandle(pointer, client: client)
        let outcome = state.withLock { state in
            Result { () throws(KafkaError) in
                try check(offsets, state)
                try enqueueCommit(offsets, to: queue, id: 0)
            }
        }
        try outcome.get()
        let deadline = ContinuousClock.now + timeout
        var result: Result<Void, KafkaError>?
        while result == nil {
            let left = ContinuousClock.now.duration(to: deadline)
            guard left > .zero else {
                throw context.error(
                    RD_KAFKA_RESP_ERR__TIMED_OUT,
                    operation: operation(offsets),
                    reason: "no answer within \(timeout)"
                )
            }
            _ = queue.poll(milliseconds: left.timeoutMilliseconds) { event in
                if rd_kafka_event_type(event) == RD_KAFKA_EVENT_OFFSET_COMMIT { result = commitResult(event) }
            }
        }
        try result?.get()
    }

    /// The group's committed offsets; partitions without one are absent. Blocks.
    public func committed(
        _ partitions: [TopicPartition],
        timeout: Duration
    ) throws(KafkaError) -> [TopicPartition: Int64] {
        try client.committed(partitions, timeout: timeout).mapValues(\.offset)
    }

    func handleCommit(_ event: OpaquePointer) {
        // Commits that librdkafka makes itself (if the configuration says so) have no id.
        let id = UInt(bitPattern: rd_kafka_event_opaque(event))
        let completion = state.withLock { $0.commits.removeValue(forKey: id) }
        completion?(commitResult(event))
    }

    private func check(_ offsets: [TopicPartition: Int64], _ state: State) throws(KafkaError) {
        for (partition, offset) in offsets where offset < 0 {
            throw KafkaError(.invalidArgument, operation: "commit \(partition)", reason: "\(offset) is not an offset")
        }
        switch state.phase {
        case .closed:
            throw KafkaError(.closed, operation: operation(offsets), reason: "the consumer is closed")
        case .idle, .subscribed, .manual:
            do {
                try state.assignment.checkCommit(offsets.keys)
            } catch {
                throw error.error(operation(offsets))
            }
        }
    }

    private func enqueueCommit(
        _ offsets: [TopicPartition: Int64],
        to queue: QueueHandle,
        id: UInt
    ) throws(KafkaError) {
        let list = PartitionList(offsets, metadata: commitMetadata)
        let code = rd_kafka_commit_queue(
            client.pointer,
            list.pointer,
            queue.pointer,
            nil,
            UnsafeMutableRawPointer(bitPattern: id)
        )
        try context.check(code, operation: operation(offsets))
    }

    private func commitResult(_ event: OpaquePointer) -> Result<Void, KafkaError> {
        let list = PartitionList.elements(of: rd_kafka_event_topic_partition_list(event))
        let failed = list.first { $0.error != RD_KAFKA_RESP_ERR_NO_ERROR }
        let code = rd_kafka_event_error(event)
        if let failed {
            return .failure(context.error(failed.error, operation: "commit \(failed.partition)"))
        }
        if code != RD_KAFKA_RESP_ERR_NO_ERROR {
            return .failure(context.error(code, operation: "commit"))
        }
        context.heardFromBroker()
        return .success(())
    }

    private func operation(_ offsets: [TopicPartition: Int64]) -> String {
        "commit " + offsets.keys.sorted().prefix(3).map(\.description).joined(separator: ", ")
            + (offsets.count > 3 ? " ..." : "")
    }
}
