import Foundation
import Kafka
import TestSupport
import Testing

/// `publish --resume`: an interrupted load is taken up again, and nothing of it stands in the topic twice.
@Suite("Resumed load", .timeLimit(.minutes(20))) struct ResumeTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("Killed in the middle, more than once, and run again until it ends: each document once, in order")
    func killed() async throws {
        let broker = try EmbeddedBroker(topics: [("bulletins", 6), ("bulletins.rejected", 1)], logger: quiet)
        // Of each bulletin two revisions, and the first one again: the same event twice is wanted, thrice is not.
        let count = 1_500
        var lines: [String] = []
        for revision in [0, 1, 0] {
            for number in 0..<count {
                let text = sample(number, revision: revision).split(separator: "\n").dropFirst(2).joined()
                lines.append(#"{"title":"第\#(number)号","url":"http://example.org/\#(number)","text":"\#(text)"}"#)
            }
        }
        let dump = try folder.write(lines.joined(separator: "\n"), to: "dump.jsonl")
        let checkpoint = folder.path("load.json")
        let command = [
            "publish", "--bootstrap-servers", broker.bootstrapServers, "--kafka", "linger.ms=1", "--resume", checkpoint,
            dump,
        ]
        func published() async throws -> Int { try await readTopic("bulletins", on: broker.bootstrapServers).count }
        for share in 1...2 {
            let load = try RunningCommand("bulletin-ingestor", command, in: folder)
            try await eventually("a part is published") {
                let now = try await published()
                return now > 200 * share || !load.isRunning
            }
            load.signal(SIGKILL)
            _ = try await load.finish()
            #expect(FileManager.default.fileExists(atPath: checkpoint))
        }
        let before = try await published()
        #expect(before < lines.count)
        let last = try await run("bulletin-ingestor", command, in: folder)
        #expect(last.status == 0 && last.messages.contains("were there already"), "\(last.messages)")
        #expect(!FileManager.default.fileExists(atPath: checkpoint))
        var revisions: [String: [String]] = [:]
        for record in try await readTopic("bulletins", on: broker.bootstrapServers) {
            let text = String(decoding: record.value, as: UTF8.self)
            revisions[record.key, default: []].append(text.firstMatch(of: /水库，第(\d)次/).map { String($0.1) } ?? "")
        }
        #expect(revisions.count == count)
        #expect(
            revisions.values.allSatisfy { $0 == ["0", "1", "0"] },
            "\(revisions.values.filter { $0.count != 3 }.prefix(3))"
        )
        // Without the file it is a new load.
        let again = try await run("bulletin-ingestor", command, in: folder)
        #expect(again.status == 0)
        #expect(try await published() == 2 * lines.count)
        await broker.close()
    }

    @Test("A checkpoint of another cluster or topic, or one that is none, is refused")
    func refused() async throws {
        let broker = try EmbeddedBroker(topics: [("bulletins", 2), ("bulletins.rejected", 1)], logger: quiet)
        let input = try folder.write(sample(1), to: "a.txt")
        for text in [
            #"{"cluster":"other","topic":"bulletins","ends":[0,0]}"#, #"{"cluster":"x"}"#, "", "[1]",
        ] {
            let checkpoint = try folder.write(text, to: "load.json")
            let result = try await run(
                "bulletin-ingestor",
                ["publish", "--bootstrap-servers", broker.bootstrapServers, "--resume", checkpoint, input],
                in: folder
            )
            #expect(result.status == 65 && result.messages.contains(checkpoint), "\(result.messages)")
        }
        #expect(try await readTopic("bulletins", on: broker.bootstrapServers).isEmpty)
        await broker.close()
    }
}
