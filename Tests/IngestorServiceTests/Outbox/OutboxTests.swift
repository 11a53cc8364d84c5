import Foundation
import GRDB
import TestSupport
import Testing

@testable import IngestorService

@Suite("Outbox") struct OutboxTests {
    let folder: TemporaryFolder
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("outbox.sqlite")
    }

    @Test("What was accepted is there after the file is opened again, in order")
    func survives() async throws {
        let outbox = try await open(path)
        let first = try await outbox.submit([entry("a"), entry("b")])
        let second = try await outbox.submit([entry("a", revision: 1)])
        #expect(first == [.accepted(sequence: 1), .accepted(sequence: 2)])
        #expect(second == [.accepted(sequence: 3)])
        await outbox.close()
        let again = try await open(path)
        let pending = try await again.pending(after: 0, limit: 10, bytes: 1 << 20)
        #expect(pending.map(\.bulletinID) == ["a", "b", "a"])
        #expect(pending[2].value == entry("a", revision: 1).value)
        #expect(pending[2].headers == entry("a", revision: 1).headers)
        #expect(again.status.pendingRecords == 3)
        await again.close()
    }

    @Test("The latest revision sent again changes nothing; an earlier one is a change")
    func unchanged() async throws {
        let outbox = try await open(path)
        _ = try await outbox.submit([entry("a")])
        #expect(try await outbox.submit([entry("a")]) == [.unchanged(sequence: 1)])
        #expect(
            try await outbox.submit([entry("a", revision: 1), entry("a", revision: 1), entry("a")])
                == [.accepted(sequence: 2), .unchanged(sequence: 2), .accepted(sequence: 3)]
        )
        #expect(outbox.status.pendingRecords == 3)
        await outbox.close()
    }

    @Test("Callers that come while a transaction is held up share the next one")
    func groupCommit() async throws {
        let outbox = try await open(path)
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        configuration.busyMode = .timeout(10)
        let blocker = try DatabaseQueue(path: path, configuration: configuration)
        try await blocker.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        try await withThrowingTaskGroup(of: [Acceptance].self) { group in
            for index in 0..<100 { group.addTask { try await outbox.submit([entry("b\(index)")]) } }
            // Let them queue up behind the first, which waits for the lock.
            for _ in 0..<1_000 { await Task.yield() }
            try await blocker.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
            var sequences: Set<Int64> = []
            for try await reply in group {
                guard case .accepted(let sequence)? = reply.first else { throw TestFailure("\(reply)") }
                sequences.insert(sequence)
            }
            #expect(sequences == Set(1...100))
        }
        #expect(outbox.status.commits <= 4)
        try blocker.close()
        await outbox.close()
    }

    @Test("Each commit is synced, and readers do not hold the writer up")
    func pragmas() throws {
        let queue = try OutboxFile.openWriter(path: path, limits: OutboxLimits())
        let (synchronous, journal) = try queue.read { database in
            (
                try Int.fetchOne(database, sql: "PRAGMA synchronous"),
                try String.fetchOne(database, sql: "PRAGMA journal_mode")
            )
        }
        #expect(synchronous == 2 && journal == "wal")
    }

    @Test("Outcomes are told by bulletin")
    func delivery() async throws {
        let outbox = try await open(path)
        _ = try await outbox.submit([entry("a"), entry("b"), entry("c")])
        #expect(try await outbox.delivery(of: "a")?.status == .pending)
        #expect(try await outbox.delivery(of: "z") == nil)
        outbox.settle(settled("a", 1, .delivered(partition: 4, offset: 17)))
        outbox.settle(settled("b", 2, .refused(reason: "too large")))
        try await eventually("both are noted") { outbox.status.pendingRecords == 1 }
        let a = try #require(try await outbox.delivery(of: "a"))
        #expect(a.status == .delivered && a.partition == 4 && a.offset == 17 && a.settledAt != nil)
        let b = try #require(try await outbox.delivery(of: "b"))
        #expect(b.status == .refused && b.error == "too large")
        #expect(try await outbox.pending(after: 0, limit: 9, bytes: 1 << 20).map(\.bulletinID) == ["c"])
        await outbox.close()
        // A refused event is tried again at the next start, unless it would overtake a later one.
        let again = try await open(path)
        #expect(try await again.pending(after: 0, limit: 9, bytes: 1 << 20).map(\.bulletinID) == ["b", "c"])
        await again.close()
    }

    @Test("Delivered payloads go by size; what became of them is remembered")
    func pruning() async throws {
        let outbox = try await open(path, limits: OutboxLimits(reservedDiskBytes: 0, retainedBytes: 3_000))
        for index in 1...10 {
            _ = try await outbox.submit([entry("b\(index)", size: 1_000)])
            outbox.settle(
                settled("b\(index)", Int64(index), .delivered(partition: 0, offset: Int64(index)), size: 1_000)
            )
        }
        try await eventually("all but the latest are pruned") {
            outbox.status.pendingRecords == 0 && outbox.status.retainedBytes <= 3_000
        }
        #expect(try await outbox.delivery(of: "b1")?.status == .delivered)
        #expect(try await outbox.submit([entry("b1", size: 1_000)]) == [.unchanged(sequence: 1)])
        // Numbers are never given twice, also where the events are gone.
        #expect(try await outbox.submit([entry("new")]) == [.accepted(sequence: 11)])
        await outbox.close()
    }

    @Test("Delivered payloads go by age")
    func pruningByAge() async throws {
        let outbox = try await open(path, limits: OutboxLimits(reservedDiskBytes: 0, retention: .zero))
        _ = try await outbox.submit([entry("a"), entry("waits")])
        outbox.settle(settled("a", 1, .delivered(partition: 0, offset: 1)))
        try await eventually("it is pruned") {
            outbox.status.pendingRecords == 1 && outbox.status.retainedBytes == 0
        }
        #expect(try await outbox.pending(after: 0, limit: 9, bytes: 1 << 20).map(\.bulletinID) == ["waits"])
        await outbox.close()
    }

    @Test("Old bulletins are forgotten, and are then accepted again")
    func forgetting() async throws {
        let limits = OutboxLimits(reservedDiskBytes: 0, retention: .zero, rememberedRecords: 2)
        let outbox = try await open(path, limits: limits)
        for index in 1...5 {
            _ = try await outbox.submit([entry("b\(index)")])
            outbox.settle(settled("b\(index)", Int64(index), .delivered(partition: 0, offset: 0)))
        }
        try await eventually("the first is forgotten") { try await outbox.delivery(of: "b1") == nil }
        try await eventually("the last is noted") { try await outbox.delivery(of: "b5")?.status == .delivered }
        #expect(try await outbox.submit([entry("b1")]) == [.accepted(sequence: 6)])
        await outbox.close()
    }

    @Test("A full backlog and a full disk refuse intake, each by its name, and keep what they have")
    func limits() async throws {
        let small = try await open(path, limits: OutboxLimits(pendingBytes: 2_000, reservedDiskBytes: 0))
        _ = try await small.submit([entry("a", size: 1_000)])
        let backlog = try await refusal { try await small.submit([entry("b", size: 1_000)]) }
        #expect(backlog.code == .backlogFull)
        await small.close()
        let full = try await open(path, limits: OutboxLimits(reservedDiskBytes: Int.max / 4))
        let disk = try await refusal { try await full.submit([entry("b")]) }
        #expect(disk.code == .diskFull)
        #expect(full.status.failure?.code == .diskFull)
        #expect(try await full.pending(after: 0, limit: 9, bytes: 1 << 20).map(\.bulletinID) == ["a"])
        // Deliveries are noted all the same: the reserve is for them.
        full.settle(settled("a", 1, .delivered(partition: 0, offset: 1)))
        try await eventually("it is noted") { full.status.pendingRecords == 0 }
        await full.close()
        let closed = try await refusal { try await full.submit([entry("c")]) }
        #expect(closed.code == .closed)
    }

    @Test("A second process, another program's file and a newer schema are refused")
    func refusals() async throws {
        let outbox = try await open(path)
        #expect(try await refusal { _ = try await open(path) }.code == .locked)
        await outbox.close()
        let other = folder.path("other.sqlite")
        try await DatabaseQueue(path: other).write { try $0.execute(sql: "CREATE TABLE mine (x)") }
        #expect(try await refusal { _ = try await open(other) }.code == .foreign)
        try folder.write(
            "this is no database, and long enough to be none: \(String(repeating: "x", count: 600))",
            to: "text"
        )
        #expect(try await refusal { _ = try await open(folder.path("text")) }.code == .foreign)
        #expect(try await refusal { _ = try await open(folder.path("no/such/folder")) }.code == .unavailable)
    }

    @Test("Headers keep order, repetition, null and empty")
    func headers() throws {
        let headers = [
            ("a", [1, 2] as [UInt8]?), ("a", nil), ("", []), ("名", Array("值".utf8)),
        ].map { name, value in entryHeader(name, value) }
        let bytes = HeaderCodec.encode(headers)
        #expect(HeaderCodec.decode(bytes) == headers)
        for end in 1..<bytes.count where HeaderCodec.decode(Array(bytes.prefix(end))) != nil {
            // A cut may only be readable where a header ends.
            #expect(HeaderCodec.encode(try #require(HeaderCodec.decode(Array(bytes.prefix(end))))).count == end)
        }
    }

    private func refusal(_ body: () async throws -> some Any) async throws -> OutboxError {
        try await #require(throws: OutboxError.self) { _ = try await body() }
    }

    private func settled(
        _ id: String,
        _ sequence: Int64,
        _ outcome: Settlement.Outcome,
        size: Int = 20
    ) -> Settlement {
        Settlement(sequence: sequence, bulletinID: id, size: entry(id, size: size).size, outcome: outcome)
    }
}
