import Foundation
import Testing

@testable import ReadModel

/// Connections that are kept from one question to the next.
struct OpenPartitionsTests {
    let folder: TestFolder
    let connections = OpenPartitions()

    init() throws { folder = try TestFolder() }

    private func search(_ text: String, timeLimit: Duration? = nil) throws -> [String] {
        let reader = try ReadModelReader(
            dataDirectories: [folder.path],
            timeLimit: timeLimit,
            connections: connections
        )
        return try reader.search(text).hits.map(\.id)
    }

    private var path: String { folder.location().absolutePath }

    @Test func theNextReaderHasTheConnectionAndSeesWhatIsNew() throws {
        let file = try folder.open()
        try file.publish(Sample.bulletin("a", ["防汛"]))
        #expect(connections.take(path) == nil)
        #expect(try search("防汛") == ["a"])
        let kept = try #require(connections.take(path))
        #expect(connections.take(path) == nil, "it is lent to one at a time")
        connections.giveBack(kept)
        try file.publish(Sample.bulletin("b", ["防汛"]))
        #expect(try search("防汛").sorted() == ["a", "b"])
        #expect(connections.take(path)?.queue === kept.queue)
    }

    @Test func aFileThatWasReplacedIsOpenedAnew() throws {
        try folder.open().publish(Sample.bulletin("old", ["防汛"]))
        #expect(try search("防汛") == ["old"])
        let other = try TestFolder()
        try other.open().publish(Sample.bulletin("new", ["防汛"]))
        for suffix in ["", "-wal", "-shm"] {
            let source = other.location().absolutePath + suffix
            guard FileManager.default.fileExists(atPath: source) else { continue }
            #expect(rename(source, path + suffix) == 0)
        }
        #expect(try search("防汛") == ["new"])
        #expect(try search("防汛") == ["new"])
    }

    @Test func aFileThatIsGoneLeavesNothing() throws {
        try folder.open().publish(Sample.bulletin("a", ["防汛"]))
        #expect(try search("防汛") == ["a"])
        for suffix in ["", "-wal", "-shm"] { _ = unlink(path + suffix) }
        #expect(try search("防汛") == [])
        #expect(connections.take(path) == nil)
    }

    @Test func aTimeLimitEndsWithItsReader() throws {
        try folder.open().publish(Sample.bulletin("a"))
        func count(_ deadline: QueryDeadline?) throws -> Int {
            let reader = try #require(
                try PartitionReader(folder.location(), keepOpen: true, deadline: deadline, connections: connections)
            )
            return try reader.read { database in
                try SQLStatement.number(
                    database,
                    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000) SELECT count(*) FROM n"
                )
            }
        }
        #expect(try count(nil) == 100_000)
        #expect(readModelError { _ = try count(QueryDeadline(.zero)) }?.code == .interrupted)
        #expect(try count(nil) == 100_000)
        #expect(connections.take(path) != nil)
    }
}
