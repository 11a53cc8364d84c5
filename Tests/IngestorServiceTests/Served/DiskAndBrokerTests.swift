import Foundation
import Kafka
import TestSupport
import Testing

/// A disk that is full, a broker that hangs.
@Suite("Full disk and hanging broker", .serialized, .timeLimit(.minutes(20))) struct DiskAndBrokerTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(
        "A full disk is 507; what was accepted is safe, goes out, is noted, and makes room, whoever has filled it",
        .enabled(if: SmallDisk.isPossible, "mounting a tmpfs needs root")
    )
    func fullDisk() async throws {
        let broker = try EmbeddedBroker(topics: [("bulletins", 12), ("bulletins.rejected", 1)], logger: quiet)
        try ProcessStarts.held { try broker.setDown() }
        let disk = try SmallDisk(at: folder.folder("disk"), megabytes: 8)
        let ingestor = try await ServedIngestor(
            in: folder,
            broker: broker.bootstrapServers,
            outbox: disk.path + "/outbox.sqlite"
        )
        let ledger = FaultLedger()
        @Sendable func post(_ number: Int) async throws -> ServedIngestor.Answer {
            let answer = try await ingestor.post(sample(number) + padding(100_000))
            ledger.answered("\(number)", 0, answer.status)
            return answer
        }
        var number = 0
        var answer = try await post(number)
        while answer.status == 202, number < 1_000 {
            number += 1
            answer = try await post(number)
        }
        #expect(number > 3)
        #expect(try answer.status == 507 && answer.string("code") == "disk-full", "\(answer.text)")
        #expect(answer.headers["retry-after"] == "60")
        #expect(!answer.text.contains(disk.path), "paths are nobody's business: \(answer.text)")
        let ready = try await ingestor.request("GET", "/ready")
        #expect(ready.status == 503 && ready.text.contains("disk-full"), "\(ready.text)")
        #expect(try await ingestor.metric("bulletins_ingestor_outbox_writable") == 0)
        // Somebody else fills the disk to the last byte, the reserve included; nothing can be given back yet.
        try disk.fill()
        number += 1
        #expect(try await post(number).status == 507)
        // Kafka is back. Nobody has made room: the backlog goes out, is noted and pruned all the same, and the room that
        // this gives is taken for new documents.
        try await setUp(broker)
        try await ingestor.drained()
        try await eventually("it takes documents again") {
            number += 1
            return try await post(number).status == 202
        }
        try await eventually("it is ready") { try await ingestor.request("GET", "/ready").status == 200 }
        try await ingestor.drained()
        let ended = try await ingestor.stop()
        #expect(ended.status == 0, "\(ended.messages)")
        // A start on a disk that is full to the last byte.
        try disk.fill()
        let again = try await ServedIngestor(
            in: folder,
            broker: broker.bootstrapServers,
            outbox: disk.path + "/outbox.sqlite"
        )
        #expect(try await again.post(sample(number + 1)).status == 507)
        try disk.makeRoom()
        try await eventually("it takes documents again") { try await again.post(sample(number + 1)).status == 202 }
        ledger.answered("\(number + 1)", 0, 202)
        try await again.drained()
        #expect(try await again.stop().status == 0)
        let records = try await readTopic("bulletins", on: broker.bootstrapServers)
        let complaints = try ledger.complaints(about: records)
        #expect(complaints.isEmpty, "\(complaints)")
        disk.remove()
        await broker.close()
    }

    @Test(
        "A disk that was empty and is full the next moment: what waits goes out, and its room is taken for what comes",
        .enabled(if: SmallDisk.isPossible, "mounting a tmpfs needs root")
    )
    func suddenlyFull() async throws {
        let broker = try EmbeddedBroker(topics: [("bulletins", 12), ("bulletins.rejected", 1)], logger: quiet)
        try ProcessStarts.held { try broker.setDown() }
        let disk = try SmallDisk(at: folder.folder("disk"), megabytes: 48)
        let ingestor = try await ServedIngestor(
            in: folder,
            broker: broker.bootstrapServers,
            outbox: disk.path + "/outbox.sqlite"
        )
        let ledger = FaultLedger()
        for number in 0..<30 {
            let answer = try await ingestor.post(sample(number) + padding(40_000))
            #expect(answer.status == 202)
            ledger.answered("\(number)", 0, answer.status)
        }
        // Part of it lies in the log still, and has no place in the file.
        try disk.fill()
        #expect(try await ingestor.post(sample(100)).status == 507)
        try await setUp(broker)
        try await ingestor.drained()
        try await eventually("it takes documents again") { try await ingestor.post(sample(101)).status == 202 }
        ledger.answered("100", 0, 507)
        ledger.answered("101", 0, 202)
        try await ingestor.drained()
        #expect(try await ingestor.stop().status == 0)
        let complaints = try ledger.complaints(about: try await readTopic("bulletins", on: broker.bootstrapServers))
        #expect(complaints.isEmpty, "\(complaints)")
        disk.remove()
        await broker.close()
    }

    @Test("A broker that hangs (SIGSTOP) holds nobody up; what came meanwhile goes out when it goes on")
    func hangingBroker() async throws {
        let portFile = folder.path("broker.port")
        let broker = try RunningCommand("bulletins", ["broker", "--port-file", portFile], in: folder)
        try await eventually("the broker listens") { FileManager.default.fileExists(atPath: portFile) }
        let bootstrap = try String(contentsOfFile: portFile, encoding: .utf8).trimmingCharacters(in: .newlines)
        let ingestor = try await ServedIngestor(
            in: folder,
            broker: bootstrap,
            ["--ready-broker-age-s", "2", "--ready-backlog", "10", "--kafka", "socket.timeout.ms=2000"]
        )
        let ledger = FaultLedger()
        func post(_ number: Int, _ revision: Int) async throws {
            let answer = try await ingestor.post(sample(number, revision: revision))
            #expect(answer.status == 202, "\(answer.text)")
            ledger.answered("\(number)", revision, answer.status)
        }
        for number in 0..<5 { try await post(number, 0) }
        try await ingestor.drained()
        broker.signal(SIGSTOP)
        for revision in 1..<4 { for number in 0..<5 { try await post(number, revision) } }
        try await eventually("it is not ready, for the broker is silent and much waits") {
            let ready = try await ingestor.request("GET", "/ready")
            return ready.status == 503 && ready.text.contains(#""name":"kafka","ok":false"#)
        }
        broker.signal(SIGCONT)
        try await ingestor.drained()
        try await eventually("it is ready") { try await ingestor.request("GET", "/ready").status == 200 }
        #expect(try ledger.complaints(about: try await readTopic("bulletins", on: bootstrap)) == [])
        #expect(try await ingestor.stop().status == 0)
        broker.signal(SIGTERM)
        _ = try await broker.finish()
    }
}
