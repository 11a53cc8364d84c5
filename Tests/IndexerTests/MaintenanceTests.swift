import Foundation
import GRDB
import Kafka
import ReadModel
import TestSupport
import Testing

@testable import Indexer

/// Snapshots, files made anew, and comparing with the log.
@Suite(.timeLimit(.minutes(20))) struct MaintenanceTests {
    private func filled(_ harness: IndexerHarness) async throws {
        try await harness.publish(["a", "b", "c"])
        try await harness.withIndexer(harness.configuration()) {
            try await eventually("it is indexed") { harness.state()?.nextOffset == 3 }
        }
    }

    private func location(_ harness: IndexerHarness, _ name: String = "data") -> PartitionLocation {
        PartitionLocation(dataDirectory: harness.data(name), topic: "bulletins", partition: 0)
    }

    @Test func anIndexerBeginsFromASnapshotAndGoesOnWithTheLog() async throws {
        let harness = try await IndexerHarness()
        try await filled(harness)
        let manifest = try Snapshot.take(location(harness), to: harness.data("backup"))
        #expect(manifest.nextOffset == 3 && manifest.schemaVersion == 4 && manifest.mark?.offset == 2)
        try await harness.publish(["d"])
        var configuration = harness.configuration("new", group: "new")
        configuration.bootstrapFolder = harness.data("backup")
        let lines = LogLines()
        try await harness.withIndexer(configuration, logger: lines.logger()) {
            try await eventually("it goes on") { harness.state("new")?.nextOffset == 4 }
        }
        #expect(lines.all.contains { $0.contains("begun from a snapshot") && $0.contains("nextOffset=3") })
        let report = try ReadModelDigest.digest(dataDirectories: [harness.data("new")])
        #expect(report.bulletinCount == 4)
        await harness.broker.close()
    }

    @Test func aSnapshotThatIsNotWhatItsManifestSaysIsRefused() async throws {
        let harness = try await IndexerHarness()
        try await filled(harness)
        let backup = harness.data("backup")
        _ = try Snapshot.take(location(harness), to: backup)
        let copy = PartitionLocation(dataDirectory: backup, topic: "bulletins", partition: 0)
        let whole = try Data(contentsOf: URL(filePath: copy.path))
        var damaged = whole
        damaged[damaged.count / 2] ^= 1
        let new = location(harness, "new")
        func restore(_ clusterID: String) -> IndexerError? {
            do {
                try Snapshot.restore(new, from: backup, clusterID: clusterID, logger: LogLines().logger())
                return nil
            } catch {
                return error as? IndexerError
            }
        }
        let clusterID = try #require(harness.state()?.clusterID)
        try damaged.write(to: URL(filePath: copy.path))
        #expect(restore(clusterID)?.code == .badSnapshot)
        #expect(restore(clusterID)?.message.contains("are not those that its manifest speaks of") == true)
        try whole.write(to: URL(filePath: copy.path))
        #expect(restore("another")?.code == .badSnapshot)
        #expect(!FileManager.default.fileExists(atPath: new.path), "nothing is put in place")
        let manifest = try Data(contentsOf: URL(filePath: Snapshot.manifestPath(copy)))
        try FileManager.default.removeItem(atPath: Snapshot.manifestPath(copy))
        #expect(restore(clusterID)?.code == .badSnapshot)
        // The right bytes under a manifest that speaks of others.
        let wrong = String(decoding: manifest, as: UTF8.self).replacing(
            "\"nextOffset\" : 3",
            with: "\"nextOffset\" : 2"
        )
        try Data(wrong.utf8).write(to: URL(filePath: Snapshot.manifestPath(copy)))
        #expect(restore(clusterID)?.message.contains("stands at offset 3") == true)
        #expect(!FileManager.default.fileExists(atPath: new.path), "nothing is put in place")
        try manifest.write(to: URL(filePath: Snapshot.manifestPath(copy)))
        #expect(restore(clusterID) == nil)
        #expect(FileManager.default.fileExists(atPath: new.path))
        await harness.broker.close()
    }

    @Test func aSnapshotNeverTakesTheReadModelsPlace() async throws {
        let harness = try await IndexerHarness()
        try await filled(harness)
        let before = try Data(contentsOf: URL(filePath: location(harness).path))
        // Onto itself, and onto another read model.
        #expect(throws: IndexerError.self) { try Snapshot.take(location(harness), to: harness.data()) }
        let other = try PartitionFile(location(harness, "other"))
        #expect(throws: IndexerError.self) { try Snapshot.take(location(harness), to: harness.data("other")) }
        try other.close()
        #expect(try Data(contentsOf: URL(filePath: location(harness).path)) == before)
        #expect(!FileManager.default.fileExists(atPath: location(harness).path + ".unfinished"))
        // Over an earlier snapshot it goes.
        for _ in 0..<2 { _ = try Snapshot.take(location(harness), to: harness.data("backup")) }
        await harness.broker.close()
    }

    @Test func theLogOfAFileThatWasMovedAwayIsNotAppliedToASnapshot() async throws {
        let harness = try await IndexerHarness()
        try await filled(harness)
        _ = try Snapshot.take(location(harness), to: harness.data("backup"))
        let clusterID = try #require(harness.state()?.clusterID)
        let file = try PartitionFile(location(harness))
        _ = try file.verifyLog(clusterID: clusterID)
        _ = try file.apply(LogBatch(begin: 3, end: 9, entries: []))
        // Somebody moves the file alone away, and leaves its write-ahead log.
        let log = try Data(contentsOf: URL(filePath: location(harness).path + "-wal"))
        #expect(!log.isEmpty)
        try file.close()
        try FileManager.default.removeItem(atPath: location(harness).path)
        try log.write(to: URL(filePath: location(harness).path + "-wal"))
        try Snapshot.restore(
            location(harness),
            from: harness.data("backup"),
            clusterID: clusterID,
            logger: LogLines().logger()
        )
        #expect(harness.state()?.nextOffset == 3)
        #expect(try PartitionFile(location(harness)).checkIntegrity() == [])
        await harness.broker.close()
    }

    @Test func rebuildingFromAnotherClusterHasToBeMeant() async throws {
        let harness = try await IndexerHarness()
        try await filled(harness)
        let queue = try DatabaseQueue(path: location(harness).path)
        try await queue.write { try $0.execute(sql: "UPDATE partition_state SET cluster_id = 'another'") }
        try queue.close()
        let error = await #expect(throws: IndexerError.self) {
            try await harness.maintenance.rebuild(partition: 0) { _, _ in }
        }
        #expect(error?.code == .otherLog && error?.message.contains("another") == true)
        #expect(harness.state()?.nextOffset == 3 && harness.state()?.clusterID == "another")
        #expect(try await harness.maintenance.rebuild(partition: 0, replacesOtherLog: true) { _, _ in } == 3)
        #expect(harness.state()?.clusterID != "another")
        await harness.broker.close()
    }

    @Test func whatTheLogHasLostIsNeitherComparedNorReplaced() async throws {
        let harness = try await IndexerHarness()
        try await filled(harness)
        // The embedded broker drops the oldest records past 5 MB, compressed: so of what does not compress well.
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<20 {
            let value = (0..<450_000).map { _ in UInt8.random(in: 32..<127, using: &generator) }
            try await harness.publishRaw(key: "large", value: String(decoding: value, as: UTF8.self))
        }
        let admin = try KafkaAdmin(configuration: harness.kafka, logger: LogLines().logger())
        let log = try await admin.watermarks(
            TopicPartition(topic: "bulletins", partition: 0),
            timeout: .seconds(10)
        )
        try #require(log.low > 3)
        // The file holds the whole log nevertheless, as one does that was filled in time.
        let file = try PartitionFile(location(harness))
        _ = try file.verifyLog(clusterID: try #require(harness.state()?.clusterID))
        _ = try file.apply(LogBatch(begin: 3, end: log.high, entries: []))
        try file.close()
        let before = try ReadModelDigest.digest(dataDirectories: [harness.data()])
        let difference = await #expect(throws: IndexerError.self) {
            _ = try await harness.maintenance.verify(location(harness)) { _, _ in }
        }
        #expect(difference?.code == .logMismatch)
        #expect(
            difference?.message.contains("holds records from offset 0 on, and the log has offsets \(log.low)") == true
        )
        let refusal = await #expect(throws: IndexerError.self) {
            try await harness.maintenance.rebuild(partition: 0) { _, _ in }
        }
        #expect(
            refusal?.message.contains("is not replaced") == true && refusal?.message.contains("--other-log") == true
        )
        #expect(try ReadModelDigest.digest(dataDirectories: [harness.data()]) == before)
        let end = try await harness.maintenance.rebuild(partition: 0, replacesOtherLog: true) { _, _ in }
        #expect(end == log.high)
        // What was begun where the log begins now can be compared with it.
        #expect(try await harness.maintenance.verify(location(harness)) { _, _ in }.isEqual)
        await harness.broker.close()
    }

    @Test func aFileOfAnotherLogOfThisClusterIsNeitherComparedNorReplaced() async throws {
        let harness = try await IndexerHarness()
        try await filled(harness)
        let queue = try DatabaseQueue(path: location(harness).path)
        try await queue.write { try $0.execute(sql: "UPDATE log_identity SET last_digest = 'of another'") }
        try queue.close()
        for attempt in 0..<2 {
            let error = await #expect(throws: IndexerError.self) {
                if attempt == 0 {
                    _ = try await harness.maintenance.verify(location(harness)) { _, _ in }
                } else {
                    _ = try await harness.maintenance.rebuild(partition: 0) { _, _ in }
                }
            }
            #expect(error?.code == .otherLog && error?.message.contains("made again") == true)
        }
        #expect(harness.state()?.nextOffset == 3)
        await harness.broker.close()
    }

    @Test func rebuildingOfATopicThatWasMadeAnewIsRefused() async throws {
        let harness = try await IndexerHarness()
        try await filled(harness)
        // What a killed run left, of a log that had another record there.
        let half = PartitionLocation(dataDirectory: harness.data() + "/.rebuild", topic: "bulletins", partition: 0)
        let file = try PartitionFile(half)
        _ = try file.verifyLog(clusterID: try #require(harness.state()?.clusterID), partitionCount: 1)
        let mark = LogMark(offset: 1, timestamp: 1, digest: "of another record")
        _ = try file.apply(LogBatch(begin: 0, end: 2, entries: [], mark: mark))
        try file.close()
        await #expect(throws: IndexerError.self) { try await harness.maintenance.rebuild(partition: 0) { _, _ in } }
        #expect(harness.state()?.nextOffset == 3)
        await harness.broker.close()
    }

    @Test func verifyFindsTheFirstDifferenceAndRebuildMendsIt() async throws {
        let harness = try await IndexerHarness()
        try await filled(harness)
        let maintenance = harness.maintenance
        #expect(try await maintenance.verify(location(harness)) { _, _ in }.isEqual)
        let queue = try DatabaseQueue(path: location(harness).path)
        try await queue.write {
            try $0.execute(sql: "UPDATE bulletins SET title = 'not from the log' WHERE bulletin_key = 2")
        }
        try queue.close()
        let verdict = try await maintenance.verify(location(harness)) { _, _ in }
        #expect(!verdict.isEqual)
        #expect(verdict.difference?.file?.contains("not from the log") == true)
        #expect(verdict.difference?.log?.contains("not from the log") == false)
        #expect(try await maintenance.rebuild(partition: 0) { _, _ in } == 3)
        #expect(try await maintenance.verify(location(harness)) { _, _ in }.isEqual)
        await harness.broker.close()
    }

    @Test func rebuildingGoesOnAfterAKill() async throws {
        let harness = try await IndexerHarness()
        try await filled(harness)
        // What a killed run left: a file that stands in the middle.
        let half = PartitionLocation(dataDirectory: harness.data() + "/.rebuild", topic: "bulletins", partition: 0)
        let file = try PartitionFile(half)
        _ = try file.verifyLog(clusterID: try #require(harness.state()?.clusterID), partitionCount: 1)
        let fold = LogFold(kafka: harness.kafka, logger: LogLines().logger())
        try await DedicatedThread.run(name: "half") {
            let file = try PartitionFile(half)
            try fold.fill(file, TopicPartition(topic: "bulletins", partition: 0), upTo: 1)
            try file.close()
        }
        try file.close()
        let before = try ReadModelDigest.digest(dataDirectories: [harness.data()])
        let starts = Collected()
        _ = try await harness.maintenance.rebuild(partition: 0) { position, _ in starts.add(position) }
        #expect(starts.values.first == 1, "what was made is kept")
        #expect(try ReadModelDigest.digest(dataDirectories: [harness.data()]) == before)
        await harness.broker.close()
    }

    @Test func aTopicIsCopiedIntoOneWithOtherPartitionsOnce() async throws {
        let harness = try await IndexerHarness()
        try await filled(harness)
        let copy = TopicCopy(kafka: harness.kafka, logger: LogLines().logger())
        #expect(try await copy.run(from: "bulletins", to: "other", partitions: 4) { _, _ in } == 3)
        let error = await #expect(throws: IndexerError.self) {
            _ = try await copy.run(from: "bulletins", to: "other", partitions: 4) { _, _ in }
        }
        #expect(error?.code == .notPossible)
        let new = Maintenance(
            kafka: harness.kafka,
            dataDirectory: harness.data("new"),
            topic: "other",
            logger: LogLines().logger()
        )
        for partition in 0..<Int32(4) { _ = try await new.rebuild(partition: partition) { _, _ in } }
        let (one, other) = (
            try ReadModelDigest.digest(dataDirectories: [harness.data()]),
            try ReadModelDigest.digest(dataDirectories: [harness.data("new")])
        )
        #expect(one.bulletins == other.bulletins && other.bulletinCount == 3)
        await harness.broker.close()
    }

    @Test func aRejectedRecordIsReplayedOnceWhetherIndexedYetOrNot() async throws {
        let harness = try await IndexerHarness()
        try await harness.publish(["a"])
        try await harness.publishRaw(key: "bad", value: "no json")
        try await harness.withIndexer(harness.configuration()) {
            try await eventually("it is indexed") { harness.state()?.nextOffset == 2 }
        }
        let replay = RejectedReplay(kafka: harness.kafka, logger: LogLines().logger())
        func run() async throws -> [RejectedReplay.Outcome] {
            var records: [StoredRejectedRecord] = []
            try ReadModelReader(dataDirectories: [harness.data()]).forEachRejected(RejectedFilter()) { record in
                if record.row.replayOf == nil { records.append(record) }
            }
            #expect(records.count == 1)
            var outcomes: [RejectedReplay.Outcome] = []
            try await replay.run(records, dataDirectory: harness.data()) { outcomes.append($1) }
            return outcomes
        }
        #expect(try await run() == [.published(offset: 2)])
        #expect(try await run() == [.already(offset: 2)], "the log tells, before it is indexed")
        try await harness.withIndexer(harness.configuration()) {
            try await eventually("the replay is indexed") { harness.state()?.nextOffset == 3 }
        }
        #expect(try await run() == [.already(offset: 2)], "the file tells")
        let rows = try ReadModelReader(dataDirectories: [harness.data()]).listRejected(RejectedFilter())
        #expect(rows.map(\.replayedAt) == [2, nil])
        #expect(rows.map(\.replayOf) == [nil, 1])
        await harness.broker.close()
    }
}

/// Numbers added from any thread.
private final class Collected: @unchecked Sendable {
    // Guarded by its lock.
    private let lock = NSLock()
    private var numbers: [Int64] = []
    var values: [Int64] { lock.withLock { numbers } }
    func add(_ number: Int64) { lock.withLock { numbers.append(number) } }
}
