import Kafka
import Testing

@Suite(.timeLimit(.minutes(20)))
struct ConsumerTests {
    private let t0 = TopicPartition("t", 0)

    @Test(arguments: [5, 1_000_000])
    func anOffsetOutOfRangeIsAFailureAndNeverASilentJump(offset: Int64) async throws {
        let broker = try EmbeddedBroker((name: "t", partitions: 4))
        try await produce(3, to: "t", partition: 0, on: broker)
        try await withConsumer(broker.configuration()) { [t0] consumer in
            let queue = try #require(try consumer.assignManually([t0: offset])[t0])
            let (records, end) = try readAll(queue, count: 1)
            #expect(records.isEmpty)
            guard case .failure(let error) = end else {
                Issue.record("expected a failure, not \(String(describing: end))")
                return
            }
            #expect(error.category == .offsetOutOfRange)
            #expect(error.description.contains("t[0]"))
            // The way on is a new assignment.
            let again = try #require(try consumer.assignManually([t0: 1])[t0])
            #expect(try readAll(again, count: 2).records.map(\.offset) == [1, 2])
            #expect(queue.isGivenUp)
            #expect(try queue.read(maxRecords: 1, timeout: .zero).isEmpty)
        }
        await broker.close()
    }

    @Test func theEndOfAPartitionIsReportedAndReadingGoesOn() async throws {
        let broker = try EmbeddedBroker((name: "t", partitions: 4))
        try await produce(3, to: "t", partition: 0, on: broker)
        let configuration = broker.configuration(("enable.partition.eof", "true"))
        let (reached, continuation) = AsyncStream.makeStream(of: Void.self)
        async let offsets = withConsumer(configuration) { [t0] consumer in
            let queue = try #require(try consumer.assignManually([t0: KafkaOffset.beginning])[t0])
            #expect(queue.position == nil)
            let (first, end) = try readAll(queue, count: 100)
            guard case .endOfPartition(nextOffset: 3) = end else {
                Issue.record("expected the end, not \(String(describing: end))")
                return [Int64]()
            }
            continuation.finish()
            return try (first + readAll(queue, count: 1).records).map(\.offset)
        }
        for await _ in reached {}
        try await produce(1, to: "t", partition: 0, on: broker)
        #expect(try await offsets == [0, 1, 2, 3])
        await broker.close()
    }

    @Test func batchesAreBounded() async throws {
        let broker = try EmbeddedBroker((name: "t", partitions: 4))
        let producer = try KafkaProducer(configuration: broker.configuration(), logger: quiet)
        for _ in 0..<40 {
            try await producer.enqueue(
                ProducerRecord(topic: "t", partition: 0, value: [UInt8](repeating: 0, count: 100))
            ) { _ in }
        }
        try await producer.flush(timeout: .seconds(10))
        await producer.close()
        try await withConsumer(broker.configuration()) { [t0] consumer in
            let queue = try #require(try consumer.assignManually([t0: 0])[t0])
            var offsets: [Int64] = []
            while offsets.count < 40 {
                let batch = try queue.read(maxRecords: 7, maxBytes: 450, timeout: .seconds(20))
                #expect(batch.count <= 5 && !batch.isEmpty)
                offsets += batch.map(\.offset)
                #expect(batch.nextOffset == Int64(offsets.count))
            }
            #expect(offsets == Array(0..<40))
        }
        await broker.close()
    }

    @Test func aRecordOutlivesItsConsumer() async throws {
        let broker = try EmbeddedBroker((name: "t", partitions: 4))
        try await produce(1, to: "t", partition: 0, on: broker)
        let configuration = broker.configuration()
        try await DedicatedThread.run(name: "test") { [t0] in
            var record: ConsumerRecord?
            do {
                let consumer = try KafkaConsumer(configuration: configuration, logger: quiet)
                let queue = try #require(try consumer.assignManually([t0: 0])[t0])
                record = try readAll(queue, count: 1).records.first
                try consumer.close(timeout: .seconds(5))
            }
            #expect(record?.value == bytes("0"))
        }
        await broker.close()
    }

    @Test func seekingGoesBackAndForth() async throws {
        let broker = try EmbeddedBroker((name: "t", partitions: 4))
        try await produce(10, to: "t", partition: 0, on: broker)
        try await withConsumer(broker.configuration()) { [t0] consumer in
            let queue = try #require(try consumer.assignManually([t0: 4])[t0])
            #expect(try readAll(queue, count: 3).records.map(\.offset) == [4, 5, 6])
            try queue.seek(to: 1, timeout: .seconds(10))
            #expect(queue.position == 1)
            #expect(try readAll(queue, count: 2).records.map(\.offset) == [1, 2])
            try queue.seek(to: 9, timeout: .seconds(10))
            #expect(try readAll(queue, count: 1).records.map(\.offset) == [9])
            try queue.pause()
            try queue.resume()
            try queue.seek(to: KafkaOffset.beginning, timeout: .seconds(10))
            #expect(try readAll(queue, count: 1).records.map(\.offset) == [0])
            #expect(throws: KafkaError.self) { try queue.seek(to: -7, timeout: .seconds(1)) }
        }
        await broker.close()
    }

    @Test func aPauseEndsWithTheAssignment() async throws {
        let broker = try EmbeddedBroker((name: "t", partitions: 4))
        try await produce(3, to: "t", partition: 0, on: broker)
        try await withConsumer(broker.configuration()) { [t0] consumer in
            let paused = try #require(try consumer.assignManually([t0: 0])[t0])
            try paused.pause()
            let queue = try #require(try consumer.assignManually([t0: 1])[t0])
            #expect(try readAll(queue, count: 2).records.map(\.offset) == [1, 2])
        }
        await broker.close()
    }

    @Test func aBlockedReadAndABlockedPollCanBeWoken() async throws {
        let broker = try EmbeddedBroker((name: "t", partitions: 4))
        let consumer = try KafkaConsumer(configuration: broker.configuration(), logger: quiet)
        let queue = try #require(try consumer.assignManually([t0: 0])[t0])
        async let read = DedicatedThread.run(name: "reader") {
            try queue.read(maxRecords: 1, timeout: .seconds(3600)).count
        }
        queue.wake()
        #expect(try await read == 0)
        async let event = DedicatedThread.run(name: "poller") { try consumer.poll(timeout: .seconds(3600)) == nil }
        consumer.wakePoll()
        #expect(try await event)
        try await DedicatedThread.run(name: "closer") { try consumer.close(timeout: .seconds(10)) }
        await broker.close()
    }

    @Test func givingUpEndsABlockedRead() async throws {
        let broker = try EmbeddedBroker((name: "t", partitions: 4))
        let consumer = try KafkaConsumer(configuration: broker.configuration(), logger: quiet)
        let queue = try #require(try consumer.assignManually([t0: 0])[t0])
        async let end = DedicatedThread.run(name: "reader") {
            try queue.read(maxRecords: 1, timeout: .seconds(3600)).interruption
        }
        try await DedicatedThread.run(name: "closer") { try consumer.close(timeout: .seconds(10)) }
        guard case .givenUp = try await end else {
            Issue.record("the read did not end by giving up")
            return
        }
        #expect(throws: KafkaError.self) { try consumer.poll(timeout: .zero) }
        #expect(throws: KafkaError.self) { try consumer.commit([t0: 0], timeout: .seconds(1)) }
        await broker.close()
    }

    @Test func questionsToTheCluster() async throws {
        let broker = try EmbeddedBroker((name: "t", partitions: 4))
        try await produce(3, to: "t", partition: 0, on: broker)
        try await withConsumer(broker.configuration(("group.id", "g"))) { [t0] consumer in
            #expect(try consumer.queryWatermarks(t0, timeout: .seconds(10)) == Watermarks(low: 0, high: 3))
            #expect(try !consumer.clusterID(timeout: .seconds(10)).isEmpty)
            #expect(try consumer.partitionCount(of: "t", timeout: .seconds(10)) == 4)
            #expect(try consumer.committed([t0], timeout: .seconds(10)).isEmpty)
            _ = try consumer.assignManually([t0: 0])
            try consumer.commit([t0: 2], timeout: .seconds(10))
            #expect(try consumer.committed([t0], timeout: .seconds(10)) == [t0: 2])
            #expect(throws: KafkaError.self) { try consumer.commit([TopicPartition("t", 1): 2], timeout: .seconds(1)) }
        }
        await broker.close()
    }

    @Test func commitsReportTheirOutcomeOnceEvenWhenClosing() async throws {
        let broker = try EmbeddedBroker((name: "t", partitions: 4))
        let outcomes = Collected<Bool>()
        try await withConsumer(broker.configuration(("group.id", "g"))) { [t0] consumer in
            _ = try consumer.assignManually([t0: 0])
            try consumer.commit([t0: 1]) { outcomes.add((try? $0.get()) != nil) }
            while outcomes.values.isEmpty { _ = try consumer.poll(timeout: .seconds(1)) }
            try broker.setRoundTripTime(.seconds(5))
            try consumer.commit([t0: 2]) { outcomes.add((try? $0.get()) != nil) }
            #expect(outcomes.values == [true])
            #expect(throws: KafkaError.self) { try consumer.close(timeout: .milliseconds(1)) }
        }
        #expect(outcomes.values == [true, false])
        await broker.close()
    }

    @Test func anUnreachableBrokerIsAnErrorInBoundedTime() async throws {
        try await withConsumer(KafkaConfiguration(bootstrapServers: deadBroker)) { [t0] consumer in
            let errors = [
                #expect(throws: KafkaError.self) { try consumer.queryWatermarks(t0, timeout: .milliseconds(200)) },
                #expect(throws: KafkaError.self) { try consumer.clusterID(timeout: .milliseconds(200)) },
                #expect(throws: KafkaError.self) { try consumer.partitionCount(of: "t", timeout: .milliseconds(200)) },
                #expect(throws: KafkaError.self) { try consumer.committed([t0], timeout: .milliseconds(200)) },
            ]
            for error in errors {
                #expect(error?.category == .unavailable)
                #expect(error?.description.contains(deadBroker) == true)
            }
            var event: ConsumerEvent?
            while event == nil { event = try consumer.poll(timeout: .seconds(1)) }
            guard case .failure(let error) = event else {
                Issue.record("expected a failure, not \(String(describing: event))")
                return
            }
            #expect(error.category == .unavailable)
            while consumer.health.reachability != .unreachable { _ = try consumer.poll(timeout: .milliseconds(100)) }
        }
    }

    @Test func aGroupNeedsAName() async throws {
        try await withConsumer(KafkaConfiguration(bootstrapServers: deadBroker)) { consumer in
            let error = #expect(throws: KafkaError.self) { try consumer.subscribe(to: ["t"]) }
            #expect(error?.description.contains("group.id") == true)
        }
    }
}

@Suite(.timeLimit(.minutes(20)))
struct AdminTests {
    @Test func topicsAreCreatedOrFound() async throws {
        let broker = try EmbeddedBroker((name: "old", partitions: 3))
        let admin = try KafkaAdmin(configuration: broker.configuration(), logger: quiet)
        let old = try await admin.createTopic(NewTopic(name: "old", partitions: 9), timeout: .seconds(10))
        #expect(old == .alreadyExisted(partitions: 3))
        let new = try await admin.createTopic(
            NewTopic(name: "new", partitions: 9, configuration: ["retention.ms": "-1"]),
            timeout: .seconds(10)
        )
        // The embedded broker has no CreateTopics: its default of four partitions, and the result says so.
        #expect(new == .autoCreated(partitions: 4))
        #expect(try await admin.topics(timeout: .seconds(10)) == ["old": 3, "new": 4])
        #expect(try await admin.partitionCount(of: "old", timeout: .seconds(10)) == 3)
        let partition = TopicPartition("old", 1)
        #expect(try await admin.watermarks(partition, timeout: .seconds(10)) == Watermarks(low: 0, high: 0))
        #expect(try await admin.committed(group: "g", [partition], timeout: .seconds(10)).isEmpty)
        let second = try EmbeddedBroker()
        let other = try KafkaAdmin(configuration: second.configuration(), logger: quiet)
        #expect(try await admin.clusterID(timeout: .seconds(10)) != other.clusterID(timeout: .seconds(10)))
        await second.close()
        await broker.close()
    }

    @Test func anUnreachableBrokerIsAnErrorInBoundedTime() async throws {
        let admin = try KafkaAdmin(configuration: KafkaConfiguration(bootstrapServers: deadBroker), logger: quiet)
        let error = await #expect(throws: KafkaError.self) {
            try await admin.createTopic(NewTopic(name: "t", partitions: 1), timeout: .milliseconds(300))
        }
        #expect(error?.category == .unavailable)
        #expect(error?.description.contains(deadBroker) == true)
    }
}
