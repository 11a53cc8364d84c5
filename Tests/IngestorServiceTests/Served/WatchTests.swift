import Foundation
import Kafka
import TestSupport
import Testing

@testable import IngestorService

/// A watched folder of the running service.
@Suite("Watched folder", .timeLimit(.minutes(20))) struct WatchTests {
    let folder: TemporaryFolder
    let inbox: String

    init() throws {
        folder = try TemporaryFolder()
        inbox = try folder.folder("inbox")
    }

    private func start(_ broker: EmbeddedBroker, _ arguments: [String] = []) async throws -> ServedIngestor {
        try await ServedIngestor(
            in: folder,
            broker: broker.bootstrapServers,
            ["--watch", inbox, "--watch-settle-ms", "300"] + arguments
        )
    }

    private func names(_ path: String = "") -> Set<String> {
        let found = (try? FileManager.default.contentsOfDirectory(atPath: inbox + "/" + path)) ?? []
        return Set(found)
    }

    private func reason(_ name: String) throws -> [String: Any] {
        let data = try Data(contentsOf: URL(filePath: "\(inbox)/rejected/\(name)"))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    @Test("Files of all kinds go to done/ once they are in the topic's outbox, others to rejected/ with the reason")
    func kinds() async throws {
        let broker = try EmbeddedBroker(topics: [("bulletins", 2), ("bulletins.rejected", 1)], logger: quiet)
        // Already there at the start, and written while it runs; one renamed into place, one unfinished, one hidden.
        try folder.write(sample(1), to: "inbox/before.txt")
        let ingestor = try await start(broker)
        try folder.write(sample(2), to: "inbox/云溪.txt")
        try folder.write(sample(3), to: "inbox/.hidden.txt")
        try folder.write(sample(4), to: "inbox/later.txt.part")
        try folder.write(sample(5), to: "draft.txt")
        try FileManager.default.moveItem(atPath: folder.path("draft.txt"), toPath: inbox + "/renamed.txt")
        let line = #"{"title":"第6号","text":"第6号通知。","url":"http://example.org/6"}"#
        try folder.write(line + "\n" + line + "\n", to: "inbox/dump.jsonl")
        try folder.write([0x89, 0x50, 0x4E, 0x47, 0, 0, 1], to: "inbox/picture.txt")
        try folder.write(line + "\n{\"title\":\n", to: "inbox/broken.ndjson")
        try folder.write("", to: "inbox/empty.txt")
        try await eventually("all are moved") {
            names() == ["done", "rejected", ".hidden.txt", "later.txt.part"]
        }
        #expect(names("done") == ["before.txt", "云溪.txt", "renamed.txt", "dump.jsonl"])
        let rejected: Set = ["picture.txt", "broken.ndjson", "empty.txt"]
        #expect(names("rejected") == rejected.union(rejected.map { $0 + ".reason.json" }))
        let broken = try reason("broken.ndjson.reason.json")
        #expect(broken["refused"] as? Int == 1 && broken["unchanged"] as? Int == 1, "\(broken)")
        let problem = try #require((broken["problems"] as? [[String: Any]])?.first)
        #expect((problem["document"] as? String)?.contains("line 2") == true, "\(problem)")
        #expect((try reason("picture.txt.reason.json")["problems"] as? [Any])?.count == 1)
        // The rest of the unfinished one arrives, and it gets its name; another of a name that is there gets a number.
        try FileManager.default.moveItem(atPath: inbox + "/later.txt.part", toPath: inbox + "/later.txt")
        try folder.write(sample(7), to: "inbox/before.txt")
        try await eventually("they are taken") { names("done").isSuperset(of: ["later.txt", "before.txt.1"]) }
        try await ingestor.drained()
        #expect(try await ingestor.metric("bulletins_ingestor_watch_files_total") == 9)
        #expect(try await ingestor.stop().status == 0)
        let keys = try await readTopic("bulletins", on: broker.bootstrapServers).map(\.key)
        #expect(keys.count == 6 && Set(keys).count == 6)
        await broker.close()
    }

    @Test("A file that was being read at each bad end of the service is rejected, and keeps no other out")
    func bringsTheServiceDown() async throws {
        let broker = try EmbeddedBroker(topics: [("bulletins", 1), ("bulletins.rejected", 1)], logger: quiet)
        for number in 1...3 { try folder.write(sample(number), to: "inbox/\(number).txt") }
        // Three lives that ended while 2.txt was read, one of them in the company of 1.txt.
        try folder.write("1.txt\0" + "2.txt\0" + "2.txt\0" + "2.txt\0", to: "inbox/.taking")
        let ingestor = try await start(broker)
        try await eventually("all are moved") { names() == ["done", "rejected"] }
        #expect(names("done") == ["1.txt", "3.txt"])
        #expect(names("rejected") == ["2.txt", "2.txt.reason.json"])
        let problem = try #require((try reason("2.txt.reason.json")["problems"] as? [[String: Any]])?.first)
        #expect("\(problem)".contains("ended 3 times while it read this file"), "\(problem)")
        // Put back, it is read once more.
        try FileManager.default.moveItem(atPath: inbox + "/rejected/2.txt", toPath: inbox + "/2.txt")
        try await eventually("it is taken") { names("done").contains("2.txt") }
        #expect(try await ingestor.stop().status == 0)
        await broker.close()
    }

    @Test("The files that were being read at a kill -9 are known afterwards, and taken all the same")
    func killedWhileReading() async throws {
        let broker = try EmbeddedBroker(topics: [("bulletins", 1), ("bulletins.rejected", 1)], logger: quiet)
        let lines = (0..<6_000).map { #"{"title":"第\#($0)号","text":"第\#($0)号通知。","url":"http://example.org/\#($0)"}"# }
        try folder.write(lines.joined(separator: "\n"), to: "large.jsonl")
        let first = try await start(broker)
        try FileManager.default.moveItem(atPath: folder.path("large.jsonl"), toPath: inbox + "/large.jsonl")
        try await eventually("it is being read") { names().contains(".taking") }
        try await first.kill()
        #expect(try String(contentsOf: URL(filePath: inbox + "/.taking"), encoding: .utf8) == "large.jsonl\0")
        let second = try await start(broker)
        try await eventually("it is taken") { names() == ["done", "rejected"] }
        #expect(names("done") == ["large.jsonl"])
        try await second.drained()
        #expect(try await second.stop().status == 0)
        #expect(Set(try await readTopic("bulletins", on: broker.bootstrapServers).map(\.key)).count == 6_000)
        await broker.close()
    }

    @Test("Links, pipes and folders lead nowhere; names are only names")
    func hostile() async throws {
        let broker = try EmbeddedBroker(topics: [("bulletins", 1), ("bulletins.rejected", 1)], logger: quiet)
        let secret = try folder.write(sample(1), to: "secret.txt")
        try FileManager.default.createSymbolicLink(atPath: inbox + "/link.txt", withDestinationPath: secret)
        try FileManager.default.createSymbolicLink(atPath: inbox + "/dangling.txt", withDestinationPath: "/nowhere")
        #expect(mkfifo(inbox + "/pipe.txt", 0o600) == 0)
        try folder.write(sample(2), to: "inbox/sub/inside.txt")
        let names = [
            "%2e%2e%2f..%2fetc", "a\nb\u{1B}[2J.txt", #"x\..\..\x.txt"#, String(repeating: "n", count: 250) + ".txt",
        ]
        for (index, name) in names.enumerated() { try folder.write(sample(10 + index), to: "inbox/" + name) }
        try folder.write("", to: "inbox/" + String(repeating: "e", count: 255))
        let ingestor = try await start(broker)
        try await eventually("all are moved") { self.names() == ["done", "rejected", "sub"] }
        #expect(self.names("done") == Set(names))
        let rejected = self.names("rejected")
        #expect(
            rejected.isSuperset(of: ["link.txt", "dangling.txt", "pipe.txt"]) && rejected.count == 8,
            "\(rejected)"
        )
        let detail = "\(try reason("link.txt.reason.json"))"
        #expect(detail.contains("symbolic link"), "\(detail)")
        #expect(!(ingestor.process.messages.contains("\u{1B}")))
        // What the link leads to is where it was, and nobody has read it.
        #expect(try String(contentsOfFile: secret, encoding: .utf8) == sample(1))
        try await ingestor.drained()
        #expect(try await readTopic("bulletins", on: broker.bootstrapServers).count == names.count)
        #expect(try await ingestor.stop().status == 0)
        // A link in place of done/ would lead the files elsewhere: the service does not start.
        try FileManager.default.removeItem(atPath: inbox + "/done")
        try FileManager.default.createSymbolicLink(atPath: inbox + "/done", withDestinationPath: folder.path)
        let refused = try await run(
            "bulletin-ingestor",
            ["serve", "--outbox", folder.path("other.sqlite"), "--listen", "127.0.0.1:0", "--watch", inbox],
            in: folder
        )
        #expect(refused.status != 0 && refused.messages.contains("done"), "\(refused.messages)")
        await broker.close()
    }

    @Test("A full backlog leaves files where they are, in their order, until there is room")
    func backlog() async throws {
        let broker = try EmbeddedBroker(topics: [("bulletins", 1), ("bulletins.rejected", 1)], logger: quiet)
        try ProcessStarts.held { try broker.setDown() }
        let padding = padding(70_000)
        let ingestor = try await start(broker, ["--outbox-max-pending-bytes", "1048576"])
        let count = 24
        for revision in 0..<count {
            try folder.write(sample(1, revision: revision) + padding, to: "\(100 + revision).txt")
            try FileManager.default.moveItem(
                atPath: folder.path("\(100 + revision).txt"),
                toPath: inbox + "/\(100 + revision).txt"
            )
        }
        try await eventually("it has to wait") { ingestor.process.messages.contains("has to wait") }
        #expect(names("rejected").isEmpty && names("done").count < count)
        try await setUp(broker)
        try await eventually("all are taken") { names("done").count == count }
        try await ingestor.drained()
        #expect(try await ingestor.stop().status == 0)
        let ledger = FaultLedger()
        for revision in 0..<count { ledger.answered("1", revision, 202) }
        #expect(try ledger.complaints(about: try await readTopic("bulletins", on: broker.bootstrapServers)) == [])
        await broker.close()
    }
}

@Suite("Watch queue") struct WatchQueueTests {
    private func file(_ name: String, size: Int64 = 1, at time: Int64 = 0, age: Duration = .zero) -> (
        name: [UInt8], fingerprint: WatchQueue.Fingerprint, age: Duration
    ) {
        (Array(name.utf8), .init(device: 1, inode: UInt64(name.utf8.count), size: size, modifiedAt: time), age)
    }

    private func due(_ queue: WatchQueue, _ now: ContinuousClock.Instant) -> [String] {
        queue.due(at: now).map { String(decoding: $0.name, as: UTF8.self) }
    }

    @Test("A file that grows is left alone until it has been the same for long enough")
    func settles() {
        var queue = WatchQueue(settleTime: .seconds(2))
        let start = ContinuousClock.now
        queue.look([file("a", size: 1)], now: start)
        #expect(due(queue, start + .seconds(1)).isEmpty)
        #expect(queue.nextDue(now: start) == start + .seconds(2))
        queue.look([file("a", size: 2)], now: start + .seconds(1))
        #expect(due(queue, start + .seconds(2)).isEmpty)
        queue.look([file("a", size: 2, age: .seconds(1))], now: start + .seconds(2))
        #expect(due(queue, start + .seconds(3)) == ["a"])
        queue.look([], now: start + .seconds(3))
        #expect(queue.isEmpty && queue.nextDue(now: start) == nil)
    }

    @Test("Renamed into place, or old already: at once; written in the future: after the settle time all the same")
    func atOnce() {
        var queue = WatchQueue(settleTime: .seconds(2))
        let now = ContinuousClock.now
        queue.arrived(Array("new".utf8))
        queue.look(
            [file("new", at: 2), file("old", at: 1, age: .seconds(60)), file("future", age: .seconds(-9))],
            now: now
        )
        #expect(due(queue, now) == ["old", "new"])
        #expect(due(queue, now + .seconds(2)) == ["future", "old", "new"])
        // One that was settling and is renamed over.
        queue.arrived(Array("future".utf8))
        queue.look([file("future", age: .seconds(-9))], now: now)
        #expect(due(queue, now) == ["future"])
    }

    @Test("What is amiss with the moment holds all files up, ever longer, until one gets through")
    func holds() {
        var queue = WatchQueue(settleTime: .zero)
        var now = ContinuousClock.now
        queue.look([file("a", at: 1), file("bb", at: 2)], now: now)
        var waits: [Duration] = []
        for _ in 0..<8 {
            queue.hold(now: now)
            #expect(due(queue, now).isEmpty)
            let next = queue.nextDue(now: now) ?? now
            waits.append(now.duration(to: next))
            now = next
            #expect(due(queue, now) == ["a", "bb"])
        }
        #expect(waits.first == .seconds(1) && waits == waits.sorted() && waits.last == .seconds(30))
        queue.finished(Array("a".utf8))
        #expect(due(queue, now) == ["bb"])
        queue.hold(now: now)
        #expect(queue.nextDue(now: now) == now + .seconds(1))
    }
}
