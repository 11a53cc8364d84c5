import Foundation
import TestSupport
import Testing

/// `bulletins up`: everything in one process.
@Suite(.serialized) struct EmbeddedTests {
    @Test func secondRunChangesNothing() async throws {
        let folder = try TemporaryFolder()
        let data = folder.path("data")
        let arguments = ["up", "--data-dir", data, RepositoryFiles.url("Examples").path]
        let first = try await run("bulletins", arguments, in: folder)
        #expect(first.status == 0, "\(first.messages)")
        #expect(first.messages.contains("4 new"))
        let digest = try await bulletinsDigest(data, folder)
        let second = try await run("bulletins", arguments, in: folder)
        #expect(second.status == 0, "\(second.messages)")
        #expect(second.messages.contains("0 new, 0 revised, 4 unchanged"))
        #expect(try await bulletinsDigest(data, folder) == digest)
    }

    @Test func moreThanTheBrokerHoldsPassesThroughWhole() async throws {
        // The embedded broker drops past 5 MB a partition; one partition and incompressible-enough text exceed it.
        let folder = try TemporaryFolder()
        let inputs = folder.path("inputs")
        let corpus = try await run(
            "bulletin-corpus",
            ["generate", "--count", "4000", "--script", "mixed", "--without-gold", "--output", inputs],
            in: folder
        )
        #expect(corpus.status == 0, "\(corpus.messages)")
        let result = try await run(
            "bulletins",
            [
                "up", "--data-dir", folder.path("data"), "--partitions", "1", "--kafka", "compression.type=none",
            ] + (0..<4).map { "\(inputs)/0000\($0)" },
            in: folder,
            within: .seconds(300)
        )
        #expect(result.status == 0, "\(result.messages)")
        #expect(result.messages.contains("4000 bulletins published"))
        #expect(result.messages.contains("4000 new"))
    }

    @Test func digestDoesNotDependOnPartitions() async throws {
        let folder = try TemporaryFolder()
        let inputs = try SampleBulletins.write(0..<60, to: "inputs", in: folder)
        var digests: Set<String> = []
        for partitions in [1, 3] {
            let data = folder.path("data-\(partitions)")
            let result = try await run(
                "bulletins",
                ["up", "--data-dir", data, "--partitions", "\(partitions)", inputs],
                in: folder
            )
            #expect(result.status == 0, "\(result.messages)")
            digests.insert(try await bulletinsDigest(data, folder))
        }
        #expect(digests.count == 1)
    }

    @Test func anotherNumberOfPartitionsIsRefused() async throws {
        let folder = try TemporaryFolder()
        let input = try folder.write(SampleBulletins.text(1), to: "one.txt")
        let data = folder.path("data")
        _ = try await run("bulletins", ["up", "--data-dir", data, "--partitions", "2", input], in: folder)
        let result = try await run("bulletins", ["up", "--data-dir", data, "--partitions", "3", input], in: folder)
        #expect(result.status == 64)
        #expect(result.messages.contains("2 partitions"))
    }

    @Test func keepsRunningUntilTold() async throws {
        let folder = try TemporaryFolder()
        let input = try folder.write(SampleBulletins.text(1), to: "one.txt")
        let up = try RunningCommand(
            "bulletins",
            ["up", "--keep-running", "--data-dir", folder.path("data"), input],
            in: folder
        )
        try await eventually("it says that it stays") { up.messages.contains("staying") }
        #expect(up.isRunning)
        up.signal(SIGTERM)
        #expect(try await up.finish(within: .seconds(20)).status == 0)
    }

    private func bulletinsDigest(_ data: String, _ folder: TemporaryFolder) async throws -> String {
        let result = try await run(
            "bulletin-indexer",
            ["digest", "--data-dir", data, "--format", "json"],
            in: folder
        )
        let rows = try JSONDecoder().decode([DigestRow].self, from: Data(result.output.utf8))
        return try #require(rows.last { $0.scope == "bulletins" }).digest
    }
}
