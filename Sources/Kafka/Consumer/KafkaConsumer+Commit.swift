import CRdKafka

extension KafkaConsumer {
    /// Commits offsets (each the next one to be read) without waiting.
    ///
    /// One request at a time is on its way, and none while the group is joined anew; what comes meanwhile is held back and
    /// goes out as one, by ``poll(timeout:)``. For the coordinator reads a request behind JoinGroup only once that is
    /// answered, finds a generation in it that is over by then, and librdkafka takes this for the loss of everything that
    /// the member owns.
    ///
    /// - Parameter onCompletion: called once, on the thread that polls, or by ``close(timeout:)``; a failure may concern what
    ///   went out in the same request.
    /// - Throws: ``KafkaError`` if a partition isn't owned, or is lost; nothing is committed then.
    public func commit(
        _ offsets: [TopicPartition: Int64],
        onCompletion: @escaping @Sendable (Result<Void, KafkaError>) -> Void
    ) throws(KafkaError) {
        // Ownership is checked and the commit handed over under one lock: none can slip out after `giveUp`.
        let outcome = state.withLock { state in
            Result { () throws(KafkaError) in
                try check(offsets, state)
                if let same = state.held.firstIndex(where: { $0.offsets.keys == offsets.keys }) {
                    state.held[same].offsets = offsets
                    state.held[same].completions.append(onCompletion)
                } else {
                    state.held.append(HeldCommit(offsets: offsets, completions: [onCompletion]))
                }
                return handOver(&state)
            }
        }
        for (completion, error) in try outcome.get() { completion(.failure(error)) }
    }

    /// Hands over what was held back, if the group is not being joined.
    func handOverHeldCommits() {
        let failures = state.withLock { state in state.held.isEmpty ? [] : handOver(&state) }
        for (completion, error) in failures { completion(.failure(error)) }
    }

    /// Returns whom to tell that theirs cannot be made any more; not under the lock.
    private func handOver(
        _ state: inout State
    ) -> [(completion: @Sendable (Result<Void, KafkaError>) -> Void, error: KafkaError)] {
        guard !context.isJoiningGroup, state.commits.isEmpty else { return [] }
        var failures: [(@Sendable (Result<Void, KafkaError>) -> Void, KafkaError)] = []
        var offsets: [TopicPartition: Int64] = [:]
        var completions: [@Sendable (Result<Void, KafkaError>) -> Void] = []
        for held in state.held {
            do {
                try check(held.offsets, state)
                offsets.merge(held.offsets) { $1 }
                completions += held.completions
            } catch {
                failures += held.completions.map { ($0, error) }
            }
        }
        state.held = []
        guard !offsets.isEmpty else { return failures }
        do {
            let id = state.nextCommit
            state.nextCommit += 1
            try enqueueCommit(offsets, to: events, id: id)
            state.commits[id] = { [completions] result in for completion in completions { completion(result) } }
        } catch {
            failures += completions.map { ($0, error) }
        }
        return failures
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
                // An older offset must not follow this one.
                let isOlder = { (held: HeldCommit) in held.offsets.keys.allSatisfy { offsets.keys.contains($0) } }
                defer { state.held.removeAll(where: isOlder) }
                return state.held.filter(isOlder).flatMap(\.completions)
            }
        }
        let overtaken = try outcome.get()
        let deadline = ContinuousClock.now + timeout
        var result: Result<Void, KafkaError>?
        while result == nil {
            let left = ContinuousClock.now.duration(to: deadline)
            guard left > .zero else {
                let error = context.error(
                    RD_KAFKA_RESP_ERR__TIMED_OUT,
                    operation: operation(offsets),
                    reason: "no answer within \(timeout)"
                )
                for completion in overtaken { completion(.failure(error)) }
                throw error
            }
            _ = queue.poll(milliseconds: left.timeoutMilliseconds) { event in
                if rd_kafka_event_type(event) == RD_KAFKA_EVENT_OFFSET_COMMIT { result = commitResult(event) }
            }
        }
        if let result { for completion in overtaken { completion(result) } }
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
        handOverHeldCommits()
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
