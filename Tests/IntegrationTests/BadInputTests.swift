import Foundation
import TestSupport
import Testing

/// One clear line and the right exit code each; `docs/errors.md` shows the same table to users.
@Suite struct BadInputTests {
    private func expectFailure(
        _ program: String,
        _ arguments: [String],
        status: Int32,
        naming words: [String],
        in folder: TemporaryFolder,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let result = try await run(program, arguments, in: folder)
        #expect(result.status == status, "\(result.messages)", sourceLocation: sourceLocation)
        let lines = result.messages.split(separator: "\n")
        let last = String(lines.last ?? "")
        #expect(last.hasPrefix("\(program): error: "), "\(result.messages)", sourceLocation: sourceLocation)
        for word in words {
            #expect(result.messages.contains(word), "\(word) in \(result.messages)", sourceLocation: sourceLocation)
        }
        #expect(lines.count <= 3, "\(result.messages)", sourceLocation: sourceLocation)
    }

    @Test func missingPath() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("nowhere.txt")
        for command in [["parse", path], ["publish", path]] {
            try await expectFailure("bulletin-ingestor", command, status: 66, naming: [path], in: folder)
        }
    }

    @Test func emptyFile() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("", to: "empty.txt")
        try await expectFailure("bulletin-ingestor", ["parse", path], status: 65, naming: [path, "empty"], in: folder)
    }

    @Test func folderWithoutBulletins() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.folder("nothing")
        try await expectFailure("bulletin-ingestor", ["parse", path], status: 66, naming: [path, ".txt"], in: folder)
    }

    @Test func noise() async throws {
        let folder = try TemporaryFolder()
        var generator = SeededGenerator(seed: 1)
        let noise = (0..<2_000_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let path = try folder.write(noise, to: "noise.txt")
        try await expectFailure("bulletin-ingestor", ["parse", path], status: 65, naming: [path], in: folder)
    }

    @Test func tooLargeFile() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("huge.txt")
        // Sparse: it takes no room on the disk.
        try Data().write(to: URL(filePath: path))
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        try handle.truncate(atOffset: 10 * 1024 * 1024 * 1024)
        try handle.close()
        try await expectFailure("bulletin-ingestor", ["parse", path], status: 65, naming: [path, "MiB"], in: folder)
    }

    @Test func noBroker() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(SampleBulletins.text(1), to: "one.txt")
        let address = "127.0.0.1:1"
        try await expectFailure(
            "bulletin-ingestor",
            ["publish", "--bootstrap-servers", address, path],
            status: 69,
            naming: [address],
            in: folder
        )
        try await expectFailure(
            "bulletin-indexer",
            ["run", "--bootstrap-servers", address, "--data-dir", folder.path("data")],
            status: 69,
            naming: [address],
            in: folder
        )
    }

    @Test func missingDataFolder() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("nowhere")
        try await expectFailure("bulletins", ["list", "--data-dir", path], status: 66, naming: [path], in: folder)
        try await expectFailure(
            "bulletin-indexer",
            ["digest", "--data-dir", path],
            status: 66,
            naming: [path],
            in: folder
        )
    }

    @Test func dataFolderOfAnotherCluster() async throws {
        let folder = try TemporaryFolder()
        let input = try folder.write(SampleBulletins.text(1), to: "one.txt")
        let data = folder.path("data")
        let up = try await run("bulletins", ["up", "--data-dir", data, input], in: folder)
        #expect(up.status == 0, "\(up.messages)")
        let services = try await Services(partitions: 4)
        try await expectFailure(
            "bulletin-indexer",
            ["run", "--bootstrap-servers", services.bootstrapServers, "--data-dir", data],
            status: 65,
            naming: ["partition-0000", "cluster"],
            in: folder
        )
        try await services.close()
    }

    @Test func unknownSettings() async throws {
        let folder = try TemporaryFolder()
        let input = try folder.write(SampleBulletins.text(1), to: "one.txt")
        let property = try await run("bulletin-ingestor", ["publish", "--kafka", "lingr.ms=5", input], in: folder)
        #expect(property.status == 64)
        #expect(property.messages.contains("lingr.ms"))
        let variable = try await run(
            "bulletin-ingestor",
            ["publish", input],
            environment: ["BULLETINS_TOPICC": "x"],
            in: folder
        )
        #expect(variable.status == 64)
        #expect(variable.messages.contains("BULLETINS_TOPICC"))
        let flag = try await run("bulletins", ["list", "--no-such-flag"], in: folder)
        #expect(flag.status == 64)
    }

    @Test(
        .enabled(
            if: ProcessInfo.processInfo.environment["BULLETINS_TEST_BOOTSTRAP"] == nil,
            "ends the broker"
        )
    )
    func brokerThatGoesAwayLeavesTheIndexerWaitingAndEndable() async throws {
        let services = try await Services(partitions: 2)
        let inputs = try SampleBulletins.write(0..<50, to: "inputs", in: services.folder)
        #expect(try await services.publish([inputs]).status == 0)
        let data = try services.folder.folder("data")
        let indexer = try services.startIndexer(dataDirectory: data)
        try await eventually("everything is indexed") { try await services.indexedCount(data) == 50 }
        services.killBroker()
        try await eventually("the indexer says so") { indexer.messages.contains("broker") }
        #expect(indexer.isRunning)
        indexer.signal(SIGTERM)
        #expect(try await indexer.finish(within: .seconds(40)).status == 0)
    }

    @Test func readOnlyDataFolderCanBeAsked() async throws {
        let folder = try TemporaryFolder()
        let input = try folder.write(SampleBulletins.text(1), to: "one.txt")
        let data = folder.path("data")
        let up = try await run("bulletins", ["up", "--data-dir", data, input], in: folder)
        #expect(up.status == 0, "\(up.messages)")
        let archive = try folder.folder("archive/bulletins")
        for file in try FileManager.default.contentsOfDirectory(atPath: data + "/bulletins")
        where file.hasSuffix(".sqlite") {
            // A copy without the write-ahead log, in a folder nobody may write to, as on a backup medium.
            try FileManager.default.copyItem(atPath: "\(data)/bulletins/\(file)", toPath: "\(archive)/\(file)")
            try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: "\(archive)/\(file)")
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: archive)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: archive) }
        let list = try await run(
            "bulletins",
            ["list", "--data-dir", folder.path("archive"), "--format", "json"],
            in: folder
        )
        #expect(list.status == 0, "\(list.messages)")
        #expect(list.output.contains("工作会议"))
    }
}
