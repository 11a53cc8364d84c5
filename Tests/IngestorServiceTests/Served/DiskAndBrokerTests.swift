import Foundation
import Kafka
import TestSupport
import Testing

/// A disk that is full, a broker that hangs.
@Suite("Full disk and hanging broker", .serialized, .timeLimit(.minutes(20))) struct DiskAndBrokerTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Whether file systems can be mounted here, which takes root, and in containers a capability.
    private static let canMount: Bool = {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    private func withSmallDisk(megabytes: Int, _ body: (String) async throws -> Void) async throws {
        let disk = try folder.folder("disk")
        let mounted = try await run("mount", ["-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", disk], in: folder)
        #expect(mounted.status == 0, "\(mounted.messages)")
        do {
            try await body(disk)
        } catch {
            _ = try await run("umount", ["-l", disk], in: folder)
            throw error
        }
        let gone = try await run("umount", ["-l", disk], in: folder)
        #expect(gone.status == 0, "\(gone.messages)")
    }

    @Test(
        "A full disk is 507; what was accepted is safe, goes out, and makes room",
        .enabled(if: canMount, "mounting a tmpfs needs root")
    )
    func fullDisk() async throws {
        // Seldom the outbox still takes a document, or takes none for long, after the disk was full: see the service's
        // open points in CHANGELOG.md.
        await withKnownIssue("the outbox on a full disk", isIntermittent: true) { try await fullDiskStory() }
    }

    private func fullDiskStory() async throws {
        let broker = try EmbeddedBroker(topics: [("bulletins", 12), ("bulletins.rejected", 1)], logger: quiet)
        try broker.setDown()
        try await withSmallDisk(megabytes: 12) { disk in
            let ingestor = try await ServedIngestor(
                in: folder,
                broker: broker.bootstrapServers,
                outbox: disk + "/outbox.sqlite",
                ["--outbox-retention-s", "0", "--outbox-retained-bytes", "0"]
            )
            let ledger = FaultLedger()
            func post(_ number: Int) async throws -> ServedIngestor.Answer {
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
            #expect(!answer.text.contains(disk), "paths are nobody's business: \(answer.text)")
            let ready = try await ingestor.request("GET", "/ready")
            #expect(ready.status == 503 && ready.text.contains("disk-full"), "\(ready.text)")
            #expect(try await ingestor.metric("bulletins_ingestor_outbox_writable") == 0)
            // Kafka is back: the backlog goes out, is pruned, and intake goes on by itself.
            try broker.setUp()
            try await ingestor.drained()
            try await eventually("it takes documents again") {
                number += 1
                return try await post(number).status == 202
            }
            #expect(try await ingestor.request("GET", "/ready").status == 200)
            // Somebody else fills the disk to the last byte, the reserve included.
            let filler = disk + "/filler"
            let filled = try await run("dd", ["if=/dev/zero", "of=\(filler)", "bs=64k"], in: folder)
            #expect(filled.status != 0)
            number += 1
            #expect(try await post(number).status == 507)
            try FileManager.default.removeItem(atPath: filler)
            try await eventually("it takes documents again") {
                number += 1
                return try await post(number).status == 202
            }
            try await ingestor.drained()
            let ended = try await ingestor.stop()
            #expect(ended.status == 0, "\(ended.messages)")
            let records = try await readTopic("bulletins", on: broker.bootstrapServers)
            let complaints = try ledger.complaints(about: records)
            #expect(complaints.isEmpty, "\(complaints)")
        }
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
