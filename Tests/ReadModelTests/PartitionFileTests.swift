import BulletinEvents
import Foundation
import GRDB
import Testing

@testable import ReadModel

/// The file, its position in the log, and who may move it.
struct PartitionFileTests {
    let folder: TestFolder

    init() throws {
        folder = try TestFolder()
    }

    @Test func aNewFileStandsAtTheBeginningOfNoLog() throws {
        let file = try PartitionFile(folder.location(3))
        let state = try file.state()
        #expect(state == PartitionState(clusterID: nil, topic: "bulletins", partition: 3, generation: 0, nextOffset: 0))
        #expect(folder.location(3).path == folder.path + "/bulletins/partition-00003.sqlite")
        #expect(try PartitionLocation.all(in: folder.path) == [folder.location(3)])
        #expect(try file.checkIntegrity() == [])
    }

    @Test func theOffsetAndTheRowsSurviveReopening() throws {
        let file = try folder.open()
        try file.publish(Sample.bulletin("a"))
        try file.close()
        #expect(try folder.open().state().nextOffset == 1)
        #expect(try folder.reader().list().map(\.id) == ["a"])
    }

    @Test func theBatchBeginsWhereTheWorkerStartedAndNotAtItsFirstRecord() throws {
        let file = try folder.open()
        // Offsets 0 to 4 and 6 are control records.
        let batch = LogBatch(begin: 0, end: 8, entries: [Sample.published(Sample.bulletin("a"), at: 5)])
        var expected = ApplySummary()
        expected.created = 1
        #expect(try file.apply(batch) == .applied(expected))
        #expect(try file.state().nextOffset == 8)
        #expect(try file.apply(LogBatch(begin: 8, end: 9, entries: [])) == .applied(ApplySummary()))
    }

    @Test func oneBatchIsAppliedOnceWhoeverBringsIt() throws {
        let first = try folder.open()
        let second = try folder.open()
        let batch = LogBatch(begin: 0, end: 1, entries: [Sample.published(Sample.bulletin("a"), at: 0)])
        #expect(try first.apply(batch) != .conflict(try first.state()))
        let state = try first.state()
        #expect(try second.apply(batch) == .conflict(state))
        #expect(try first.apply(batch) == .conflict(state))
        // The loser goes on from where the file stands.
        let next = LogBatch(begin: 1, end: 2, entries: [Sample.published(Sample.bulletin("b"), at: 1)])
        guard case .applied = try second.apply(next) else {
            Issue.record("the second writer cannot go on")
            return
        }
        #expect(try folder.reader().list().count == 2)
    }

    @Test func aWriterOfAnOlderGenerationIsRefused() throws {
        let zombie = try folder.open()
        let current = try folder.open()
        try current.adoptNewLog(clusterID: "cluster-2")
        let batch = LogBatch(begin: 0, end: 1, entries: [Sample.published(Sample.bulletin("a"), at: 0)])
        #expect(try zombie.apply(batch) == .conflict(try current.state()))
        #expect(try folder.reader().list().isEmpty)
    }

    @Test func racingWritersGiveWhatOneWriterGives() throws {
        let total: Int64 = 300
        let location = folder.location()
        _ = try folder.open()
        let failures = Failures()
        let threads = (0..<2).map { worker in
            let done = DispatchSemaphore(value: 0)
            let thread = Thread {
                defer { done.signal() }
                failures.record { try Self.work(location, until: total, step: Int64(3 + worker)) }
            }
            thread.start()
            return done
        }
        for done in threads { done.wait() }
        #expect(failures.all == [])
        let alone = try TestFolder()
        _ = try alone.open()
        try Self.work(alone.location(), until: total, step: 7)
        let raced = try ReadModelDigest.digest(dataDirectories: [folder.path])
        #expect(raced == (try ReadModelDigest.digest(dataDirectories: [alone.path])))
        #expect(raced.bulletinCount == 40)
        #expect(try PartitionFile(location).checkIntegrity() == [])
    }

    /// Applies the log of a test up to `total`, from wherever the file stands, as any worker would.
    private static func work(_ location: PartitionLocation, until total: Int64, step: Int64) throws {
        let file = try PartitionFile(location)
        var position = try file.state().nextOffset
        while position < total {
            let end = min(total, position + step)
            let entries = (position..<end).map { offset in
                offset % 11 == 10
                    ? Sample.withdrawn("b\(offset % 40)", at: offset)
                    : Sample.published(Sample.bulletin("b\(offset % 40)", ["第\(offset / 80)版"]), at: offset)
            }
            switch try file.apply(LogBatch(begin: position, end: end, entries: entries)) {
            case .applied: position = end
            case .conflict(let state): position = state.nextOffset
            case .abandoned: Issue.record("nobody said that it is not wanted")
            }
        }
    }

    @Test func whatIsNoLongerWantedIsRolledBack() throws {
        let file = try folder.open()
        let batch = LogBatch(begin: 0, end: 1, entries: [Sample.published(Sample.bulletin("a"), at: 0)])
        #expect(try file.apply(batch, mayCommit: { false }) == .abandoned)
        // Who says no, and then yes, has said no: what was left out for the first answer would be missing.
        var answers = [true, false]
        #expect(try file.apply(batch, mayCommit: { answers.popLast() ?? true }) == .abandoned)
        #expect(try file.state().nextOffset == 0)
        #expect(try folder.reader().list().isEmpty)
        guard case .applied = try file.apply(batch) else {
            Issue.record("the same batch is applied when it is wanted")
            return
        }
    }

    @Test func interruptingLeavesAWholeTransactionOrNone() throws {
        let file = try folder.open()
        let entries = (0..<400).map { Sample.published(Sample.full("b\($0)"), at: Int64($0)) }
        let interrupter = file.interrupter
        let error = readModelError {
            _ = try file.apply(
                LogBatch(begin: 0, end: 400, entries: entries),
                mayCommit: {
                    // Within the transaction, where a thread of its own would hit by chance.
                    interrupter.interrupt()
                    return true
                }
            )
        }
        #expect(error == nil || error?.code == .interrupted)
        let count = try folder.reader().list(limit: nil).count
        #expect(try file.state().nextOffset == Int64(count))
        #expect(count == 0 || count == 400)
        #expect(try file.checkIntegrity() == [])
    }

    @Test func aNewFileBeginsWhereTheLogDoes() throws {
        let file = try PartitionFile(folder.location())
        #expect(try file.verifyLog(clusterID: "one", logStart: 17) == .adopted)
        #expect(try file.state().nextOffset == 17)
        #expect(try file.verifyLog(clusterID: "one", logStart: 30) == .matches)
        #expect(try file.state().nextOffset == 17, "a file that was begun goes on where it stands")
    }

    @Test func aFileOfAnotherClusterIsRefusedByName() throws {
        let file = try PartitionFile(folder.location())
        #expect(try file.verifyLog(clusterID: "one") == .adopted)
        #expect(try file.verifyLog(clusterID: "one") == .matches)
        let error = readModelError { _ = try file.verifyLog(clusterID: "two") }
        #expect(error?.code == .otherLog)
        #expect(error?.message.contains("cluster one") == true)
        #expect(error?.message.contains("cluster two") == true)
        #expect(error?.message.contains("another data folder") == true)
        #expect(try file.state().clusterID == "one")
    }

    @Test func aNewLogOnPurposeKeepsTheRows() throws {
        let file = try folder.open()
        try file.publish(Sample.bulletin("a"))
        let state = try file.adoptNewLog(clusterID: "cluster-2")
        #expect(state.generation == 1)
        #expect(state.nextOffset == 0)
        try file.publish(Sample.bulletin("b"))
        #expect(try folder.reader().list().map(\.id) == ["a", "b"])
        #expect(try folder.reader().show("b").generation == 1)
    }

    @Test func aFileThatWasMovedToAnotherPartitionIsRefused() throws {
        let file = try folder.open(0)
        try file.close()
        try FileManager.default.moveItem(atPath: folder.location(0).path, toPath: folder.location(1).path)
        let error = readModelError { _ = try PartitionFile(folder.location(1)) }
        #expect(error?.code == .otherLog)
        #expect(error?.message.contains("partition 0 of topic bulletins") == true)
    }

    @Test func anErrorInMidBatchLeavesTheFileAsItWas() throws {
        let file = try folder.open()
        try file.publish(Sample.bulletin("a"))
        try file.access { database, _ in
            try database.execute(
                sql: """
                    CREATE TRIGGER refuse BEFORE INSERT ON directive_rows WHEN NEW.clause = 'refused'
                    BEGIN SELECT RAISE(ABORT, 'not this one'); END
                    """
            )
        }
        let before = try ReadModelDigest.digest(dataDirectories: [folder.path])
        var bad = Sample.bulletin("bad")
        bad.directives = [Directive(sequence: 0, text: "refused")]
        let entries = [
            Sample.published(Sample.bulletin("b"), at: 1), Sample.published(bad, at: 2), Sample.withdrawn("a", at: 3),
        ]
        let error = readModelError { _ = try file.apply(LogBatch(begin: 1, end: 4, entries: entries)) }
        #expect(error?.code == .entryRefused)
        #expect(error?.entryOffset == 2)
        #expect(error?.path == folder.location().path)
        #expect(try file.state().nextOffset == 1)
        #expect(try ReadModelDigest.digest(dataDirectories: [folder.path]) == before)
        #expect(try folder.reader().search("會議").count == 1)
        #expect(try file.checkIntegrity() == [])
        // What the indexer does then.
        let isolated = [entries[0], Sample.rejected(at: 2), entries[2]]
        guard case .applied(let summary) = try file.apply(LogBatch(begin: 1, end: 4, entries: isolated)) else {
            Issue.record("the batch cannot be applied without the bad entry")
            return
        }
        #expect(summary.created == 1 && summary.rejected == 1 && summary.withdrawn == 1)
    }

    @Test(arguments: [(5, 4, 5), (-1, 0, -1), (0, 2, 2), (3, 5, 2)])
    func aBatchThatMakesNoSenseIsRefused(begin: Int64, end: Int64, offset: Int64) throws {
        let file = try folder.open()
        let batch = LogBatch(begin: begin, end: end, entries: [Sample.rejected(at: offset)])
        #expect(readModelError { _ = try file.apply(batch) }?.code == .invalidArgument)
    }

    @Test func aBusyFileIsATypedError() throws {
        let holder = try folder.open()
        let other = try PartitionFile(
            folder.location(),
            configuration: PartitionFile.Configuration(busyTimeout: .zero)
        )
        let error = try holder.access { database, _ in
            var error: ReadModelError?
            try database.inTransaction(.immediate) {
                error = readModelError { _ = try other.apply(LogBatch(begin: 0, end: 1, entries: [])) }
                return .rollback
            }
            return error
        }
        #expect(error?.code == .busy)
        #expect(error?.message.contains(folder.location().path) == true)
        guard case .applied = try other.apply(LogBatch(begin: 0, end: 1, entries: [])) else {
            Issue.record("not usable after having been busy")
            return
        }
    }

    @Test func aFullDiskIsATypedErrorAndChangesNothing() throws {
        let file = try folder.open()
        try file.publish(Sample.bulletin("a"))
        // SQLite answers SQLITE_FULL at its page limit as it does on a full disk.
        try file.access { database, _ in
            let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            _ = try Int.fetchOne(database, sql: "PRAGMA max_page_count = \(pages)")
        }
        let large = Sample.bulletin("large", [String(repeating: "大", count: 100_000)])
        #expect(readModelError { try file.publish(large) }?.code == .diskFull)
        #expect(try file.state().nextOffset == 1)
        try file.access { database, _ in
            _ = try Int.fetchOne(database, sql: "PRAGMA max_page_count = 1073741823")
        }
        try file.publish(large)
        #expect(try folder.reader().list().count == 2)
        #expect(try file.checkIntegrity() == [])
    }

    @Test func aClosedFileSaysSo() throws {
        let file = try folder.open()
        try file.close()
        #expect(readModelError { _ = try file.state() }?.code == .invalidArgument)
    }
}

/// What went wrong on other threads. Sendable because of its lock.
final class Failures: @unchecked Sendable {
    private let lock = NSLock()
    private var messages: [String] = []

    var all: [String] { lock.withLock { messages } }

    func record(_ body: () throws -> Void) {
        do {
            try body()
        } catch {
            lock.withLock { messages.append("\(error)") }
        }
    }
}
