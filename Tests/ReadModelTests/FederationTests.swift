import BulletinEvents
import Foundation
import GRDB
import Testing

@testable import ReadModel
import TestSupport

/// Many files, many folders, and files that somebody is writing.
struct FederationTests {
    @Test func anyNumberOfFiles() throws {
        let folder = try TestFolder()
        // More than SQLite attaches, and more than the reader keeps open.
        let count = 70
        for partition in 0..<count {
            let file = try folder.open(Int32(partition))
            try file.publish(Sample.bulletin("b\(partition)", ["共同的字，第\(partition)號"]))
            try file.close()
        }
        let reader = try folder.reader()
        #expect(try reader.search("共同", limit: nil).hits.count == count)
        #expect(try reader.show("b69").partition == 69)
        #expect(try reader.stats().bulletins == count)
        #expect(try ReadModelDigest.digest(dataDirectories: [folder.path]).bulletinCount == count)
    }

    @Test func theCopyThatIsFurthestCounts() throws {
        let (old, new) = (try TestFolder(), try TestFolder())
        let file = try old.open()
        try file.publish(Sample.bulletin("a", ["舊"]))
        try file.access { database, _ in _ = try database.checkpoint(.truncate) }
        try FileManager.default.createDirectory(atPath: new.location().folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: old.location().path, toPath: new.location().path)
        let moved = try new.open()
        try moved.publish(Sample.bulletin("a", ["新"]))
        for order in [[old.path, new.path], [new.path, old.path]] {
            let reader = try ReadModelReader(dataDirectories: order)
            #expect(try reader.partitions().map(\.path) == [new.location().path])
            #expect(try reader.list().count == 1)
            #expect(try reader.show("a").bulletin.paragraphs == ["新"])
        }
        // A later log counts more than a higher offset of an earlier one.
        try file.adoptNewLog(clusterID: "cluster-1")
        let reader = try ReadModelReader(dataDirectories: [old.path, new.path])
        #expect(try reader.partitions().map(\.path) == [old.location().path])
    }

    @Test func otherLogsAreOtherPartitions() throws {
        let (one, two) = (try TestFolder(), try TestFolder())
        try one.open(cluster: "one").publish(Sample.bulletin("a"))
        try two.open(cluster: "two").publish(Sample.bulletin("b"))
        let reader = try ReadModelReader(dataDirectories: [one.path, two.path])
        #expect(try reader.list().map(\.id) == ["a", "b"])
    }

    @Test func readersSeeWholeTransactionsWhileAWriterIsAtWork() throws {
        let folder = try TestFolder()
        let file = try folder.open()
        try file.publish(Sample.bulletin("a"))
        let reader = try folder.reader()
        try file.access { database, writer in
            try database.inTransaction(.immediate) {
                var summary = ApplySummary()
                try writer.apply(Sample.published(Sample.bulletin("b"), at: 1), generation: 0, summary: &summary)
                // The row is written, and nobody else sees it before the commit.
                #expect(try Int.fetchOne(database, sql: "SELECT count(*) FROM bulletins") == 2)
                #expect(try reader.list().map(\.id) == ["a"])
                #expect(try folder.reader().list().map(\.id) == ["a"])
                return .commit
            }
        }
        #expect(try reader.list().map(\.id) == ["a", "b"])
    }

    @Test func eachAnswerBelongsToOneOffset() throws {
        let folder = try TestFolder()
        _ = try folder.open()
        let location = folder.location()
        let failures = Failures()
        let done = DispatchSemaphore(value: 0)
        Thread {
            defer { done.signal() }
            failures.record {
                let file = try PartitionFile(location)
                for number in 0..<60 { try file.publish(Sample.bulletin("x\(number)"), Sample.bulletin("y\(number)")) }
            }
        }.start()
        let reader = try folder.reader()
        var last = 0
        while last < 120 {
            try reader.readers[0].read { database in
                let rows = try SQLStatement.number(database, "SELECT count(*) FROM bulletins")
                let offset = try SQLStatement.number(database, "SELECT next_offset FROM partition_state")
                #expect(rows == offset)
                #expect(rows >= last && rows % 2 == 0)
                last = rows
            }
            if !failures.all.isEmpty { break }
        }
        done.wait()
        #expect(failures.all == [])
    }

    @Test func readersWorkWhenNoIndexerRuns() throws {
        let folder = try TestFolder()
        let file = try folder.open()
        try file.publish(Sample.bulletin("a"))
        try file.close()
        // Kept for readers that may not create them.
        #expect(FileManager.default.fileExists(atPath: folder.location().path + "-wal"))
        #expect(try folder.reader().list().map(\.id) == ["a"])
    }

    @Test func aReadOnlyFolderWithoutLogFilesCanBeRead() throws {
        let folder = try TestFolder()
        let file = try folder.open()
        try file.publish(Sample.bulletin("a"))
        try file.access { database, _ in _ = try database.checkpoint(.truncate) }
        try file.close()
        for suffix in ["-wal", "-shm"] { try FileManager.default.removeItem(atPath: folder.location().path + suffix) }
        guard ReadOnly.isPossible else {
            print("skipped: the superuser may write into read-only folders, and chattr is not at hand")
            return
        }
        try ReadOnly.with(folder.location()) {
            let reader = try folder.reader()
            #expect(try reader.list().map(\.id) == ["a"])
            #expect(try reader.search("會議").count == 1)
            let error = readModelError { _ = try folder.open() }
            #expect(error?.code == .readOnly || error?.code == .noPermission)
            #expect(error?.message.contains(folder.location().path) == true)
        }
        #expect(!FileManager.default.fileExists(atPath: folder.location().path + "-shm"))
    }

    @Test func pathsThatLookLikeURIs() throws {
        let folder = try TestFolder()
        let strange = folder.path + "/a?mode=memory#x%41 空"
        let location = PartitionLocation(dataDirectory: strange, topic: "file:topic", partition: 0)
        let file = try PartitionFile(location)
        try file.publish(Sample.bulletin("a"))
        #expect(FileManager.default.fileExists(atPath: location.path))
        #expect(try ReadModelReader(dataDirectories: [strange]).list().count == 1)
    }
}

/// Makes a partition's folder and file unwritable for a while: by permissions, or for the superuser, whom these do not
/// stop, by the immutable flag where the file system has one.
enum ReadOnly {
    static var isPossible: Bool {
        guard geteuid() == 0 else { return true }
        guard let folder = try? TestFolder() else { return false }
        return (try? chattr("+i", folder.path)) == true && (try? chattr("-i", folder.path)) == true
    }

    static func with(_ location: PartitionLocation, _ body: () throws -> Void) throws {
        let paths = [location.path, location.folder]
        try paths.forEach { try set($0, writable: false) }
        defer { paths.forEach { try? set($0, writable: true) } }
        try body()
    }

    private static func set(_ path: String, writable: Bool) throws {
        if geteuid() == 0 {
            _ = try chattr(writable ? "-i" : "+i", path)
        } else {
            let isFile = path.hasSuffix(".sqlite")
            let mode = writable ? (isFile ? 0o644 : 0o755) : (isFile ? 0o444 : 0o555)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        }
    }

    private static func chattr(_ flag: String, _ path: String) throws -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/chattr")
        process.arguments = [flag, path]
        process.standardError = FileHandle.nullDevice
        try ProcessStarts.run(process)
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
