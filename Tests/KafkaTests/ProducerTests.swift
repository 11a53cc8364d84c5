import Kafka
import Testing
import TestSupport

@Suite(.timeLimit(.minutes(20)))
struct ProducerTests {
    @Test func recordsOfAKeyKeepTheirOrderAndEachIsReportedOnce() async throws {
        let broker = try EmbeddedBroker((name: "t", partitions: 4))
        let producer = try KafkaProducer(configuration: broker.configuration(), logger: quiet)
        let reports = Collected<(key: Int, sequence: Int, metadata: RecordMetadata)>()
        let failures = Collected<KafkaError>()
        for sequence in 0..<500 {
            for key in 0..<6 {
                let record = ProducerRecord(topic: "t", key: bytes("key-\(key)"), value: bytes("\(sequence)"))
                try await producer.enqueue(record) { result in
                    switch result {
                    case .success(let metadata): reports.add((key, sequence, metadata))
                    case .failure(let error): failures.add(error)
                    }
                }
            }
        }
        try await producer.flush(timeout: .seconds(30))
        #expect(producer.outstandingRecords == 0)
        #expect(failures.values.isEmpty)
        let reported = reports.values
        #expect(reported.count == 3000)
        for key in 0..<6 {
            let ofKey = reported.filter { $0.key == key }
            #expect(ofKey.map(\.sequence) == Array(0..<500))
            #expect(Set(ofKey.map(\.metadata.topicPartition)).count == 1)
            #expect(zip(ofKey, ofKey.dropFirst()).allSatisfy { $0.metadata.offset < $1.metadata.offset })
        }
        #expect(producer.health.isBrokerReachable)
        #expect(producer.health.lastHeardFromBroker != nil)
        await producer.close()
        await broker.close()
    }

    @Test func aFullQueueHoldsCallersBack() async throws {
        let broker = try EmbeddedBroker((name: "t", partitions: 1))
        let producer = try KafkaProducer(
            configuration: broker.configuration(("queue.buffering.max.messages", "5"), ("linger.ms", "1")),
            logger: quiet
        )
        let delivered = Collected<Int64>()
        let levels = Collected<Int>()
        // Several callers at once, far more than the queue holds.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<50 {
                        try await producer.enqueue(ProducerRecord(topic: "t", value: [1])) { result in
                            if case .success(let metadata) = result { delivered.add(metadata.offset) }
                        }
                        levels.add(producer.outstandingRecords)
                    }
                }
            }
            try await group.waitForAll()
        }
        try await producer.flush(timeout: .seconds(30))
        #expect(delivered.values.sorted() == Array(0..<400))
        // Five in the queue, and each caller may be in the middle of an attempt.
        #expect((levels.values.max() ?? 0) <= 5 + 8)
        await producer.close()
        await broker.close()
    }

    @Test func aCallerThatWaitsForSpaceCanBeCancelled() async throws {
        let producer = try KafkaProducer(
            configuration: KafkaConfiguration(
                bootstrapServers: deadBroker,
                properties: [("queue.buffering.max.messages", "1")]
            ),
            logger: quiet
        )
        let reports = Collected<String>()
        try await producer.enqueue(ProducerRecord(topic: "t", value: nil)) { _ in reports.add("first") }
        let waiting = Task {
            try await producer.enqueue(ProducerRecord(topic: "t", value: nil)) { _ in reports.add("second") }
        }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        await producer.close(timeout: .zero)
        #expect(reports.values == ["first"])
    }

    @Test func closingReportsWhatCouldNotBeDelivered() async throws {
        let producer = try KafkaProducer(
            configuration: KafkaConfiguration(bootstrapServers: deadBroker),
            logger: quiet
        )
        let results = Collected<KafkaError.Category?>()
        for _ in 0..<100 {
            try await producer.enqueue(ProducerRecord(topic: "t", value: bytes("x"))) { result in
                if case .failure(let error) = result { results.add(error.category) } else { results.add(nil) }
            }
        }
        #expect(producer.outstandingRecords == 100)
        let flushError = await #expect(throws: KafkaError.self) {
            try await producer.flush(timeout: .milliseconds(50))
        }
        #expect(flushError?.category == .unavailable)
        #expect(flushError?.description.contains(deadBroker) == true)
        await producer.close(timeout: .milliseconds(10))
        #expect(results.values == Array(repeating: .closed, count: 100))
        #expect(producer.outstandingRecords == 0)
        let refused = await #expect(throws: KafkaError.self) {
            try await producer.send(ProducerRecord(topic: "t", value: nil))
        }
        #expect(refused?.category == .closed)
        await producer.close()
    }

    @Test func droppingAProducerReportsItsRecords() async throws {
        let (reports, continuation) = AsyncStream.makeStream(of: Bool.self)
        do {
            let producer = try KafkaProducer(
                configuration: KafkaConfiguration(bootstrapServers: deadBroker),
                logger: quiet
            )
            try await producer.enqueue(ProducerRecord(topic: "t", value: nil)) { result in
                if case .failure = result { continuation.yield(true) } else { continuation.yield(false) }
                continuation.finish()
            }
        }
        var outcomes: [Bool] = []
        for await outcome in reports { outcomes.append(outcome) }
        #expect(outcomes == [true])
    }

    @Test func anUnreachableBrokerIsAnErrorInBoundedTime() async throws {
        let producer = try KafkaProducer(
            configuration: KafkaConfiguration(
                bootstrapServers: deadBroker,
                properties: [("message.timeout.ms", "500"), ("linger.ms", "0")]
            ),
            logger: quiet
        )
        let error = await #expect(throws: KafkaError.self) {
            try await producer.send(ProducerRecord(topic: "t", key: bytes("secret-key"), value: bytes("secret-value")))
        }
        #expect(error?.category == .unavailable)
        #expect(error?.isRetriable == true)
        #expect(error?.description.contains(deadBroker) == true)
        #expect(error?.description.contains("secret") == false)
        #expect(!producer.health.isBrokerReachable)
        await producer.close()
    }

    @Test func tooLargeRecordsAreRefused() async throws {
        let broker = try EmbeddedBroker((name: "t", partitions: 1))
        let producer = try KafkaProducer(
            configuration: broker.configuration(("message.max.bytes", "2000")),
            logger: quiet
        )
        let error = await #expect(throws: KafkaError.self) {
            try await producer.enqueue(
                ProducerRecord(
                    topic: "t",
                    value: [UInt8](repeating: 7, count: 3000),
                    headers: [KafkaHeader("h", text: "x")]
                )
            ) { _ in Issue.record("a refused record has no report") }
        }
        #expect(error?.category == .messageTooLarge)
        #expect(producer.outstandingRecords == 0)
        await producer.close()
        await broker.close()
    }

    @Test func temporaryErrorsAreRetriedWithoutDuplicates() async throws {
        let broker = try EmbeddedBroker((name: "t", partitions: 1))
        try broker.pushRequestErrors([.notLeaderForPartition, .notEnoughReplicas, .transport], request: .produce)
        let producer = try KafkaProducer(configuration: broker.configuration(("retry.backoff.ms", "10")), logger: quiet)
        let first = try await producer.send(ProducerRecord(topic: "t", value: bytes("a")))
        let second = try await producer.send(ProducerRecord(topic: "t", value: bytes("b")))
        #expect([first.offset, second.offset] == [0, 1])
        await producer.close()
        await broker.close()
    }

    @Test func healthFollowsTheBroker() async throws {
        let broker = try EmbeddedBroker((name: "t", partitions: 1))
        let producer = try KafkaProducer(
            configuration: broker.configuration(("statistics.interval.ms", "50"), ("reconnect.backoff.max.ms", "100")),
            logger: quiet
        )
        #expect(producer.health.reachability == .unknown)
        _ = try await producer.send(ProducerRecord(topic: "t", value: nil))
        #expect(producer.health.isBrokerReachable)
        try ProcessStarts.held { try broker.setDown() }
        while producer.health.reachability != .unreachable { await Task.yield() }
        #expect(producer.health.lastError?.category == .unavailable)
        try broker.setUp()
        _ = try await producer.send(ProducerRecord(topic: "t", value: nil))
        #expect(producer.health.isBrokerReachable)
        #expect(producer.health.lastError == nil)
        await producer.close()
        await broker.close()
    }
}
