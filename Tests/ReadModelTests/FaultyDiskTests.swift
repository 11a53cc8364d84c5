import BulletinEvents
import CFaultVFS
import Foundation
import Testing

@testable import ReadModel

/// What a disk does to a file in the middle of its work, injected below SQLite: whatever it is, the file afterwards is
/// that of a prefix of the log, and takes the rest.
@Suite(.serialized) struct FaultyDiskTests {
    /// The log: revisions, withdrawals and a rejected record, in batches of three.
    private static let batches: [LogBatch] = (0..<14).map { index in
        let begin = Int64(index) * 3
        return LogBatch(
            begin: begin,
            end: begin + 3,
            entries: (begin..<begin + 3).map { offset in
                switch offset % 9 {
                case 5: Sample.withdrawn("b\((offset - 3) % 8)", at: offset)
                case 7: Sample.rejected(at: offset, value: Array(repeating: 7, count: 3000))
                default:
                    Sample.published(
                        Sample.bulletin(
                            "b\(offset % 8)",
                            (0..<12).map { "第\(offset)期第\($0)段：各鎮街要落實責任，第\(offset * 31 % 17)組負責。" }
                        ),
                        at: offset
                    )
                }
            },
            mark: LogMark(offset: begin + 2, timestamp: 1_600_000_000_000 + begin, digest: "digest-\(begin)")
        )
    }

    /// Small enough that the log is copied into the file many times.
    private static let configuration = PartitionFile.Configuration(cacheKibibytes: 64, checkpointKibibytes: 32)

    /// The digest of a fault-free file by the offset it stands at.
    private static let expected: Result<[Int64: String], any Error> = Result {
        let folder = try TestFolder()
        let file = try open(folder)
        var digests = [Int64(0): try digest(folder)]
        for batch in batches {
            _ = try file.apply(batch)
            digests[batch.end] = try digest(folder)
        }
        return digests
    }

    enum Fault: UInt32, CaseIterable {
        case once = 1
        case full = 2
        case powerLoss = 3
    }

    init() {
        #expect(fault_vfs_install() == 0)
    }

    @Test(arguments: Fault.allCases)
    func theFileIsAPrefixOfItsLogWhereverTheDiskBreaks(_ fault: Fault) throws {
        let expected = try Self.expected.get()
        let total = try Self.operations()
        try #require(total > 100, "the run changes its files \(total) times")
        // Every operation of a file's creation, and a sample of the others.
        let points = Array(1...40) + stride(from: 41, through: total, by: max(1, total / 60))
        var broken = 0
        for point in points {
            let folder = try TestFolder()
            fault_vfs_arm(folder.path, fault_kind(fault.rawValue), point, UInt32(point) &* 2_654_435_761 | 1)
            let error = Self.work(folder)
            _ = fault_vfs_disarm()
            if let error {
                broken += 1
                #expect(
                    [.inputOutput, .diskFull, .noPermission].contains(error.code),
                    "\(fault) at operation \(point): \(error)"
                )
            }
            try Self.examine(folder, expected, "\(fault) at operation \(point)")
        }
        // A write that only a checkpoint needed fails silently and is made again.
        #expect(broken > points.count / 4)
    }

    /// A worker does not open its file anew for each trouble: the same one goes on when the disk has recovered.
    @Test func theSameFileGoesOnWhenTheDiskIsFreeAgain() throws {
        let expected = try Self.expected.get()
        let total = try Self.operations()
        for point in stride(from: 45, through: total, by: max(1, total / 20)) {
            let folder = try TestFolder()
            let file = try Self.open(folder)
            fault_vfs_arm(folder.path, fault_kind(Fault.full.rawValue), point - 40, 1)
            var failures = 0
            for batch in Self.batches {
                do {
                    _ = try file.apply(batch)
                } catch let error as ReadModelError {
                    #expect(error.code == .diskFull, "full at operation \(point): \(error)")
                    failures += 1
                    _ = fault_vfs_disarm()
                    guard case .applied = try file.apply(batch) else {
                        Issue.record("full at operation \(point): the batch at \(batch.begin) is not taken again")
                        return
                    }
                }
            }
            _ = fault_vfs_disarm()
            #expect(failures <= 1)
            try Self.examine(folder, expected, "full at operation \(point)")
        }
    }

    private static func open(_ folder: TestFolder) throws -> PartitionFile {
        let file = try PartitionFile(folder.location(), configuration: configuration)
        _ = try file.verifyLog(clusterID: "cluster-1")
        return file
    }

    /// Fills the file of the folder until the disk breaks; what it broke with.
    private static func work(_ folder: TestFolder) -> ReadModelError? {
        readModelError {
            let file = try open(folder)
            for batch in batches { _ = try file.apply(batch) }
        }
    }

    /// How often a run without faults changes its files.
    private static func operations() throws -> Int {
        let folder = try TestFolder()
        fault_vfs_arm(folder.path, fault_kind(Fault.once.rawValue), 0, 1)
        let error = work(folder)
        let count = fault_vfs_disarm()
        try #require(error == nil)
        return count
    }

    /// The folder as a reader and as the next indexer find it.
    private static func examine(_ folder: TestFolder, _ expected: [Int64: String], _ when: String) throws {
        if FileManager.default.fileExists(atPath: folder.location().path) {
            do { _ = try folder.reader().list() } catch { Issue.record("\(when): readers are told \(error)") }
        }
        let file = try open(folder)
        #expect(try file.checkIntegrity() == [], "\(when)")
        let state = try file.state()
        #expect(try digest(folder) == expected[state.nextOffset], "\(when), at offset \(state.nextOffset)")
        for batch in batches where batch.begin >= state.nextOffset { _ = try file.apply(batch) }
        #expect(try digest(folder) == expected[Int64(batches.count) * 3], "\(when), at the end")
    }

    private static func digest(_ folder: TestFolder) throws -> String {
        try "\(ReadModelDigest.digest(dataDirectories: [folder.path]))"
    }
}
