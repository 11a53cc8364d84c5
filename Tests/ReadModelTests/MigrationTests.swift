import BulletinEvents
import Foundation
import GRDB
import Testing

@testable import ReadModel

/// Files of earlier schemas: read as they are, brought up to date in place by the writer.
struct MigrationTests {
    let folder: TestFolder

    init() throws {
        folder = try TestFolder()
    }

    /// A file as the first schema's program left it: everything but what came later.
    private func makeFirstSchema() throws {
        let file = try folder.open()
        try file.publish(Sample.full("a"), Sample.bulletin("b"))
        try file.access { database, _ in
            try database.execute(
                sql: "DROP TABLE log_identity; DROP TABLE replays; PRAGMA user_version = 1"
            )
        }
        try file.close()
    }

    @Test func theFirstSchemaIsReadAsItIs() throws {
        let folder = folder
        let reference = try folder.open(1)
        try reference.publish(Sample.full("a"), Sample.bulletin("b"))
        let expected = try ReadModelDigest.digest(dataDirectories: [folder.path]).bulletins
        try FileManager.default.removeItem(atPath: folder.location(1).path)
        try makeFirstSchema()
        #expect(try folder.reader().list().count == 2)
        #expect(try folder.reader().partitions().first?.nextOffset == 2)
        #expect(try ReadModelDigest.digest(dataDirectories: [folder.path]).bulletins == expected)
        let version = try DatabaseQueue(path: folder.location().path).read {
            try Int.fetchOne($0, sql: "PRAGMA user_version")
        }
        #expect(version == 1, "reading changes nothing")
    }

    @Test func theWriterBringsItUpToDateAndGoesOn() throws {
        try makeFirstSchema()
        let before = try ReadModelDigest.digest(dataDirectories: [folder.path])
        let file = try folder.open()
        #expect(try file.state().nextOffset == 2)
        #expect(try file.mark() == nil)
        #expect(try ReadModelDigest.digest(dataDirectories: [folder.path]) == before)
        let mark = LogMark(offset: 2, timestamp: 99, digest: "ab")
        _ = try file.apply(
            LogBatch(begin: 2, end: 4, entries: [Sample.published(Sample.bulletin("c"), at: 2)], mark: mark)
        )
        #expect(try file.mark() == mark)
        #expect(try file.checkIntegrity() == [])
    }

    @Test func theMarkMovesWithTheRowsOrNotAtAll() throws {
        let file = try folder.open()
        let entries = [Sample.published(Sample.bulletin("a"), at: 0)]
        let mark = LogMark(offset: 0, timestamp: nil, digest: "00")
        let batch = LogBatch(begin: 0, end: 1, entries: entries, mark: mark)
        #expect(try file.apply(batch, mayCommit: { false }) == .abandoned)
        #expect(try file.mark() == nil)
        _ = try file.apply(batch)
        #expect(try file.mark() == mark)
        #expect(try file.apply(LogBatch(begin: 0, end: 1, entries: [], mark: nil)) == .conflict(try file.state()))
        // Only control records followed: the last record is still that one.
        _ = try file.apply(LogBatch(begin: 1, end: 3, entries: []))
        #expect(try file.mark() == mark)
        try file.adoptNewLog(clusterID: "another")
        #expect(try file.mark() == nil, "a new log has another last record")
    }

    @Test func aMarkOutsideTheBatchIsRefused() throws {
        let file = try folder.open()
        for offset in [-1, 2] as [Int64] {
            let mark = LogMark(offset: offset, timestamp: nil, digest: "")
            let error = readModelError { _ = try file.apply(LogBatch(begin: 0, end: 2, entries: [], mark: mark)) }
            #expect(error?.code == .invalidArgument)
        }
    }

    @Test func replaysAreNotedAndPartOfTheDigest() throws {
        let file = try folder.open()
        let before = try ReadModelDigest.digest(dataDirectories: [folder.path])
        let replay = LogBatch.Replay(offset: 0, rejectedTopic: "bulletins", rejectedPartition: 0, rejectedOffset: 0)
        _ = try file.apply(LogBatch(begin: 0, end: 1, entries: [Sample.rejected(at: 0)], replays: [replay]))
        let noted = try file.access { database, _ in
            try Row.fetchAll(database, sql: "SELECT offset, rejected_offset FROM replays")
        }
        #expect(noted.count == 1)
        let after = try ReadModelDigest.digest(dataDirectories: [folder.path])
        #expect(after.partitions != before.partitions)
        #expect(after.bulletins == before.bulletins)
    }

    @Test func theFolderIsCheckedWithoutWritingToIt() throws {
        let file = try PartitionFile(folder.location())
        _ = try file.verifyLog(clusterID: "one", partitionCount: 3)
        #expect(
            readModelError { _ = try file.verifyLog(clusterID: "one", partitionCount: 4) }?.code == .otherPartitions
        )
        func check(_ cluster: String, _ count: Int?, topic: String = "bulletins") -> ReadModelError.Code? {
            readModelError {
                try PartitionFile.checkFolder(folder.path, topic: topic, clusterID: cluster, partitionCount: count)
            }?.code
        }
        #expect(check("one", 3) == nil)
        #expect(check("one", nil) == nil)
        #expect(check("two", 3) == .otherLog)
        #expect(check("one", 4) == .otherPartitions)
        #expect(check("two", 4, topic: "others") == nil, "another topic's files are no concern")
        try makeFirstSchemaOf(file)
        #expect(check("one", 4) == nil, "the first schema does not say")
    }

    private func makeFirstSchemaOf(_ file: PartitionFile) throws {
        try file.access { database, _ in
            try database.execute(sql: "DROP TABLE log_identity; PRAGMA user_version = 1")
        }
    }
}
