import GRDB
import Kafka
import ReadModel
import Synchronization
import TestSupport
import Testing

@testable import Indexer

/// Files of several partitions made anew at a time.
@Suite(.timeLimit(.minutes(20))) struct RebuildTests {
    private func filled() async throws -> IndexerHarness {
        let harness = try await IndexerHarness(partitions: 4)
        for partition in 0..<Int32(4) {
            try await harness.publish(["a\(partition)", "b\(partition)", "c\(partition)"], partition: partition)
        }
        try await harness.withIndexer(harness.configuration()) {
            try await eventually("it is indexed") {
                (0..<Int32(4)).allSatisfy { harness.state(partition: $0)?.nextOffset == 3 }
            }
        }
        return harness
    }

    @Test func severalAtATimeSayTheSameAsBefore() async throws {
        let harness = try await filled()
        let before = try ReadModelDigest.digest(dataDirectories: [harness.data()])
        let location = PartitionLocation(dataDirectory: harness.data(), topic: "bulletins", partition: 2)
        let queue = try DatabaseQueue(path: location.path)
        try await queue.write { try $0.execute(sql: "UPDATE bulletins SET title = 'not from the log'") }
        try queue.close()
        #expect(try ReadModelDigest.digest(dataDirectories: [harness.data()]) != before)
        for atOnce in [1, 3, 9] {
            let told = Mutex<[RebuildProgress]>([])
            var ends: [Int32: Int64] = [:]
            try await harness.maintenance.rebuild(
                partitions: [3, 0, 1, 2, 0],
                atOnce: atOnce,
                onProgress: { progress in told.withLock { $0.append(progress) } },
                onEnd: { ends[$0] = try $1.get() }
            )
            #expect(ends == [0: 3, 1: 3, 2: 3, 3: 3])
            #expect(try ReadModelDigest.digest(dataDirectories: [harness.data()]) == before)
            let all = told.withLock { $0 }
            #expect(all.last == RebuildProgress(passed: 12, total: 12, ended: 4, partitions: 4))
            // The logs' lengths are known before the first file is begun, so that the time left is right.
            #expect(all.first { $0.passed > 0 }?.total == 12)
            #expect(zip(all, all.dropFirst()).allSatisfy { $0.passed <= $1.passed && $0.ended <= $1.ended })
        }
        await harness.broker.close()
    }

    @Test func onePartitionThatFailsDoesNotKeepTheOthers() async throws {
        let harness = try await filled()
        for partition in [Int32(1), 2] {
            let location = PartitionLocation(dataDirectory: harness.data(), topic: "bulletins", partition: partition)
            let queue = try DatabaseQueue(path: location.path)
            let column = partition == 1 ? "cluster_id = 'another'" : "generation = 0"
            try await queue.write {
                try $0.execute(sql: "UPDATE partition_state SET \(column); UPDATE bulletins SET title = 'other'")
            }
            try queue.close()
        }
        var ends: [Int32: Result<Int64, any Error>] = [:]
        let last = Mutex<RebuildProgress?>(nil)
        try await harness.maintenance.rebuild(
            partitions: [0, 1, 2, 3, 44],
            atOnce: 2,
            onProgress: { progress in last.withLock { $0 = progress } },
            onEnd: { ends[$0] = $1 }
        )
        #expect(ends.count == 5)
        for partition in [Int32(0), 2, 3] { #expect(try ends[partition]?.get() == 3) }
        let error = #expect(throws: IndexerError.self) { _ = try ends[1]?.get() }
        #expect(error?.code == .otherLog)
        #expect(throws: (any Error).self) { _ = try ends[44]?.get() }
        #expect(last.withLock { $0 } == RebuildProgress(passed: 9, total: 9, ended: 5, partitions: 5))
        // The one that was refused is as it was, the others are the log's again.
        let titles = try ReadModelReader(dataDirectories: [harness.data()]).list(limit: 100).map(\.title)
        #expect(titles.count { $0 == "other" } == 3)
        await harness.broker.close()
    }

    @Test func theFolderIsOneWorkersAlone() async throws {
        let harness = try await filled()
        let lock = try DataFolderLock(harness.data(), mode: .shared)
        let error = await #expect(throws: IndexerError.self) {
            try await harness.maintenance.rebuild(partitions: [0, 1], onProgress: { _ in }, onEnd: { _, _ in })
        }
        #expect(error?.code == .folderInUse)
        withExtendedLifetime(lock) {}
        await harness.broker.close()
    }

    @Test func whatAnEarlierRunHasMadeIsNotCountedAgain() {
        let told = Mutex<[RebuildProgress]>([])
        let tally = RebuildTally(partitions: 2) { progress in told.withLock { $0.append(progress) } }
        tally.expect(0, records: 100)
        tally.expect(1, records: 50)
        tally.reach(0, 60, of: 100)
        tally.reach(0, 70, of: 100)
        tally.end(0)
        tally.end(1)
        #expect(
            told.withLock { $0.map { [$0.passed, $0.total, Int64($0.ended)] } } == [
                [0, 100, 0], [0, 150, 0], [0, 90, 0], [10, 90, 0], [10, 60, 1], [10, 10, 2],
            ]
        )
    }
}
