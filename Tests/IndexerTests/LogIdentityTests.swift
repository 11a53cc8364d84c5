import Foundation
import GRDB
import Kafka
import ReadModel
import TestSupport
import Testing

@testable import Indexer

/// The same name does not make the same log: what an indexer does before it goes on with a file.
@Suite(.timeLimit(.minutes(20))) struct LogIdentityTests {
    private func edit(_ harness: IndexerHarness, topic: String = "bulletins", partition: Int32 = 0, _ sql: String)
        throws
    {
        let location = PartitionLocation(dataDirectory: harness.data(), topic: topic, partition: partition)
        let queue = try DatabaseQueue(path: location.path)
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    /// Fills a topic, then puts its file in the place of another topic's: as if the topic had been deleted, made again and
    /// filled with as many records.
    private func harnessWithTopicMadeAgain(records: Int) async throws -> IndexerHarness {
        let harness = try await IndexerHarness(topic: "old", partitions: 1)
        try harness.broker.createTopic("bulletins", partitions: 1)
        try await harness.publish((0..<3).map { "old\($0)" })
        try await harness.withIndexer(harness.configuration()) {
            try await eventually("the old topic is indexed") { harness.state()?.nextOffset == 3 }
        }
        try await harness.publish((0..<records).map { "new\($0)" }, to: "bulletins")
        try FileManager.default.moveItem(atPath: harness.data() + "/old", toPath: harness.data() + "/bulletins")
        try edit(harness, "UPDATE partition_state SET topic = 'bulletins'")
        return harness
    }

    @Test func aTopicThatWasMadeAgainIsRefusedAndTheFileStaysAsItIs() async throws {
        let harness = try await harnessWithTopicMadeAgain(records: 5)
        let before = try ReadModelDigest.digest(dataDirectories: [harness.data()])
        var configuration = harness.configuration()
        configuration.topic = "bulletins"
        let error = await #expect(throws: IndexerError.self) {
            try await IndexerService(configuration: configuration, logger: LogLines().logger()).run()
        }
        #expect(error?.code == .otherLog)
        #expect(error?.message.contains("partition-00000.sqlite is the one at offset 2") == true)
        #expect(error?.message.contains("Move the file away") == true)
        #expect(try ReadModelDigest.digest(dataDirectories: [harness.data()]) == before)
        await harness.broker.close()
    }

    @Test func aTopicThatWasMadeAgainAndIsShorterIsRefused() async throws {
        let harness = try await harnessWithTopicMadeAgain(records: 2)
        var configuration = harness.configuration()
        configuration.topic = "bulletins"
        let error = await #expect(throws: IndexerError.self) {
            try await IndexerService(configuration: configuration, logger: LogLines().logger()).run()
        }
        #expect(error?.code == .logMismatch)
        #expect(error?.message.contains("needs offset 3 next") == true)
        await harness.broker.close()
    }

    @Test func theSameLogGoesOnAfterARestartWithNothingTwice() async throws {
        let harness = try await IndexerHarness()
        for round in 0..<3 {
            try await harness.publish((0..<4).map { "b\(round)-\($0)" })
            let lines = LogLines()
            try await harness.withIndexer(harness.configuration(), logger: lines.logger()) {
                try await eventually("round \(round)") { harness.state()?.nextOffset == Int64(round + 1) * 4 }
            }
            #expect(!lines.all.contains { $0.hasPrefix("error") || $0.hasPrefix("warning") }, "\(lines.all)")
        }
        let report = try ReadModelDigest.digest(dataDirectories: [harness.data()])
        #expect(report.bulletinCount == 12)
        await harness.broker.close()
    }

    @Test func onePartitionInTroubleStopsAloneAndGoesOnWhenTheCauseIsGone() async throws {
        let harness = try await IndexerHarness(partitions: 2)
        try await harness.publish(["a0", "a1"], partition: 0)
        try await harness.publish(["b0"], partition: 1)
        try await harness.withIndexer(harness.configuration()) {
            try await eventually("both are indexed") {
                harness.state(partition: 0)?.nextOffset == 2 && harness.state(partition: 1)?.nextOffset == 1
            }
        }
        // Another record than the log has.
        try edit(harness, "UPDATE log_identity SET last_digest = 'other'")
        try await harness.publish(["a2"], partition: 0)
        try await harness.publish(["b1"], partition: 1)
        let lines = LogLines()
        try await harness.withIndexer(harness.configuration(), logger: lines.logger()) {
            try await eventually("the other goes on") { harness.state(partition: 1)?.nextOffset == 2 }
            try await eventually("it is told") { lines.all.contains { $0.contains("the partition is stopped") } }
            #expect(harness.state(partition: 0)?.nextOffset == 2)
            // The way out that the message names.
            for suffix in ["", "-wal", "-shm"] {
                let path = harness.data() + "/bulletins/partition-00000.sqlite" + suffix
                try? FileManager.default.moveItem(atPath: path, toPath: harness.folder.path("away" + suffix))
            }
            try await eventually("a new file is filled") { harness.state(partition: 0)?.nextOffset == 3 }
        }
        #expect(lines.all.contains { $0.contains("the partition goes on") })
        let stops = lines.all.filter { $0.contains("the partition is stopped") }
        #expect(stops.count == 1 && stops[0].hasPrefix("error"), "told once: \(stops)")
        await harness.broker.close()
    }

    @Test func aFileThatHoldsNoMarkGoesOnAndGetsOne() async throws {
        let harness = try await IndexerHarness()
        try await harness.publish(["a", "b"])
        try await harness.withIndexer(harness.configuration()) {
            try await eventually("it is indexed") { harness.state()?.nextOffset == 2 }
        }
        try edit(harness, "UPDATE log_identity SET last_offset = NULL, last_timestamp = NULL, last_digest = NULL")
        try await harness.publish(["c"])
        try await harness.withIndexer(harness.configuration()) {
            try await eventually("it goes on") { harness.state()?.nextOffset == 3 }
        }
        let file = try PartitionFile(PartitionLocation(dataDirectory: harness.data(), topic: "bulletins", partition: 0))
        #expect(try file.mark()?.offset == 2)
        await harness.broker.close()
    }

    @Test func anotherNumberOfPartitionsIsRefusedBeforeAnythingIsWritten() async throws {
        let harness = try await IndexerHarness(partitions: 2)
        try await harness.publish(["a"], partition: 0)
        try await harness.withIndexer(harness.configuration()) {
            try await eventually("it is indexed") { harness.state()?.nextOffset == 1 }
        }
        try edit(harness, "UPDATE log_identity SET partition_count = 1")
        let error = await #expect(throws: ReadModelError.self) {
            try await IndexerService(configuration: harness.configuration(), logger: LogLines().logger()).run()
        }
        #expect(error?.code == .otherPartitions)
        #expect(error?.message.contains("had 1 partitions, and it has 2") == true)
        #expect(error?.message.contains("repartition") == true)
        await harness.broker.close()
    }

    @Test func kafkaHearsWhereTheFileStandsOnceTheLogIsVerified() async throws {
        let harness = try await IndexerHarness()
        try await harness.publish(["a", "b"])
        try await harness.withIndexer(harness.configuration()) {
            try await eventually("it is indexed") { harness.state()?.nextOffset == 2 }
        }
        // A group that has committed nothing yet, and nothing comes that would make it commit.
        let admin = try KafkaAdmin(configuration: harness.kafka, logger: LogLines().logger())
        let partition = TopicPartition(topic: "bulletins", partition: 0)
        try await harness.withIndexer(harness.configuration(group: "another")) {
            try await eventually("the group has the file's offset") {
                try await admin.committed(group: "another", [partition], timeout: .seconds(5)) == [partition: 2]
            }
        }
        await harness.broker.close()
    }
}
