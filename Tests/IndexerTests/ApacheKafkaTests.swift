import Foundation
import Kafka
import ReadModel
import TestSupport
import Testing

@testable import Indexer

/// What only a real Kafka does.
@Suite(
    .timeLimit(.minutes(20)),
    .enabled(if: ApacheKafka.bootstrapServers != nil, "needs a Kafka that BULLETINS_TEST_BOOTSTRAP names")
)
struct ApacheKafkaTests {
    @Test func aTopicThatIsMadeAnewUnderARunningIndexerIsRefused() async throws {
        let bench = try ApacheKafka()
        try await bench.createTopic()
        try await bench.publish(["a", "b"])
        let error = await #expect(throws: IndexerError.self) {
            try await bench.withIndexer(bench.configuration()) {
                try await eventually("it is indexed") { bench.state()?.nextOffset == 2 }
                try await bench.deleteTopic()
                // Past the file's offset before the indexer looks again: fetching goes on there without an error.
                try await bench.createTopic()
                try await bench.publish(["c", "d", "e", "f"])
                try await eventually("it ends, its one partition being refused") { false }
            }
        }
        #expect([.otherLog, .logMismatch].contains(error?.code), "\(error.debugDescription)")
        #expect(bench.state()?.nextOffset == 2)
        #expect(try ReadModelDigest.digest(dataDirectories: [bench.data()]).bulletinCount == 2)
    }

    @Test func compactionTakesTheMarkedRecordAndTheFileGoesOn() async throws {
        let bench = try ApacheKafka()
        try await bench.createTopic(settings: [
            "cleanup.policy": "compact", "segment.ms": "500", "min.cleanable.dirty.ratio": "0.01",
            "max.compaction.lag.ms": "500",
        ])
        try await bench.publish(["a"])
        try await bench.withIndexer(bench.configuration()) {
            try await eventually("it is indexed") { bench.state()?.nextOffset == 1 }
        }
        let (kafka, partition) = (bench.kafka, TopicPartition(topic: bench.topic, partition: 0))
        var published = 1
        try await eventually("the first record has given way") {
            published += 1
            try await bench.publish(["a"], text: "第\(published)版")
            let finding = try await DedicatedThread.run(name: "look") {
                let recheck = LogRecheck(kafka: kafka, logger: LogLines().logger())
                defer { recheck.close() }
                return try recheck.look(at: 0, of: partition, timeout: .seconds(5))
            }
            guard case .record(let mark) = finding else { return false }
            return mark.offset > 0
        }
        let (lines, end) = (LogLines(), Int64(published))
        try await bench.withIndexer(bench.configuration(), logger: lines.logger(.debug)) {
            try await eventually("it goes on") { bench.state()?.nextOffset == end }
        }
        #expect(lines.all.contains { $0.contains("gave way to a later one") })
    }

    @Test func recordsThatWereDeletedFromTheLogAreKeptInTheFile() async throws {
        let bench = try ApacheKafka()
        try await bench.createTopic()
        try await bench.publish(["a", "b", "c"])
        try await bench.withIndexer(bench.configuration()) {
            try await eventually("it is indexed") { bench.state()?.nextOffset == 3 }
        }
        try await bench.deleteRecords(before: 2)
        let maintenance = bench.maintenance
        let location = PartitionLocation(dataDirectory: bench.data(), topic: bench.topic, partition: 0)
        await #expect(throws: IndexerError.self) { _ = try await maintenance.verify(location) { _, _ in } }
        await #expect(throws: IndexerError.self) { _ = try await maintenance.rebuild(partition: 0) { _, _ in } }
        #expect(bench.state()?.nextOffset == 3)
        #expect(try ReadModelDigest.digest(dataDirectories: [bench.data()]).bulletinCount == 3)
        #expect(try await maintenance.rebuild(partition: 0, replacesOtherLog: true) { _, _ in } == 3)
        #expect(try ReadModelDigest.digest(dataDirectories: [bench.data()]).bulletinCount == 1)
    }

    @Test func manyQuestionsAboutTheLogAreAnsweredSoon() async throws {
        let bench = try ApacheKafka()
        try await bench.createTopic(partitions: 4)
        for partition in 0..<Int32(4) {
            try await bench.publish((0..<5).map { "\(partition)-\($0)" }, partition: partition)
        }
        let recheck = LogRecheck(kafka: bench.kafka, logger: LogLines().logger())
        let topic = bench.topic
        // As many workers ask as there are partitions, each for one record after the other.
        let unanswered = try await withThrowingTaskGroup(of: Int.self) { group in
            for partition in 0..<Int32(4) {
                group.addTask {
                    try await DedicatedThread.run(name: "asks") {
                        try (0..<100).filter { number in
                            let place = TopicPartition(topic: topic, partition: partition)
                            let found = try recheck.look(at: Int64(number % 5), of: place, timeout: .seconds(20))
                            if case .record(let mark) = found { return mark.offset != Int64(number % 5) }
                            return true
                        }.count
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        recheck.close()
        #expect(unanswered == 0)
    }

    @Test func aTopicCanBeAskedAboutAsSoonAsItIsMade() async throws {
        let bench = try ApacheKafka()
        try await bench.createTopic(partitions: 3)
        try await bench.publish(["a", "b"], partition: 2)
        let copy = TopicCopy(kafka: bench.kafka, logger: LogLines().logger())
        // Its leaders are still being chosen when it is there.
        for partitions in [40, 30, 20] {
            let target = bench.topic + "-\(partitions)"
            #expect(try await copy.run(from: bench.topic, to: target, partitions: partitions) { _, _ in } == 2)
        }
    }

    @Test func aTopicThatWasAskedAboutTooEarlyIsFoundOnceItIsMade() async throws {
        let bench = try ApacheKafka()
        let place = TopicPartition(topic: bench.topic, partition: 0)
        await #expect(throws: KafkaError.self) { try await bench.admin.watermarks(place, timeout: .milliseconds(500)) }
        try await bench.createTopic()
        #expect(try await bench.admin.watermarks(place, timeout: .seconds(30)) == Watermarks(low: 0, high: 0))
    }

    @Test func memoryIsSharedOutOnceTheTopicIsThere() async throws {
        let bench = try ApacheKafka()
        let lines = LogLines()
        try await bench.withIndexer(bench.configuration(), logger: lines.logger(.debug)) {
            try await eventually("the topic is missed") {
                lines.all.contains { $0.contains("the topic does not exist yet") }
            }
            try await bench.createTopic(partitions: 12)
            try await bench.publish(["a"], partition: 11)
            try await eventually("it is indexed") { bench.state(partition: 11)?.nextOffset == 1 }
        }
        #expect(lines.all.contains { $0.contains("memory is shared out partitions=12") })
    }
}
