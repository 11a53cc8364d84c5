import Foundation
import TestSupport
import Testing

/// Logs that are not as an indexer would like them.
@Suite(.serialized) struct LogTests {
    @Test func aLogThatEndsBeforeTheFileIsRefusedByName() async throws {
        let services = try await Services(partitions: 1)
        let inputs = try SampleBulletins.write(0..<20, to: "inputs", in: services.folder)
        #expect(try await services.publish([inputs]).status == 0)
        let data = try services.folder.folder("data")
        let first = try services.startIndexer(dataDirectory: data)
        try await eventually("everything is indexed") { try await services.indexedCount(data) == 20 }
        first.signal(SIGTERM)
        #expect(try await first.finish(within: .seconds(30)).status == 0)

        let file = "\(data)/\(services.topic)/partition-00000.sqlite"
        _ = try await run("sqlite3", [file, "UPDATE partition_state SET next_offset = 900"], in: services.folder)
        let result = try await services.startIndexer(dataDirectory: data).finish(within: .seconds(60))
        #expect(result.status == 65, "\(result.messages)")
        let last = result.messages.split(separator: "\n").last ?? ""
        for word in ["needs offset 900", "0 to 20", "nothing was skipped", file] {
            #expect(last.contains(word), "\(word) in \(last)")
        }
        try await services.close()
    }

    @Test(
        .enabled(
            if: ProcessInfo.processInfo.environment["BULLETINS_TEST_BOOTSTRAP"] == nil,
            "needs the embedded broker"
        )
    )
    func aNewFileBeginsWhereTheLogDoesAndSaysSo() async throws {
        let services = try await Services(partitions: 1)
        // More than the 5 MB that the embedded broker keeps of a partition.
        let inputs = try SampleBulletins.write(0..<2_500, to: "inputs", in: services.folder)
        let publish = try await run(
            "bulletin-ingestor",
            ["publish", "--bootstrap-servers", services.bootstrapServers, "--kafka", "compression.type=none", inputs],
            in: services.folder
        )
        #expect(publish.status == 0, "\(publish.messages)")
        let data = try services.folder.folder("data")
        let indexer = try services.startIndexer(dataDirectory: data)
        try await eventually("the end of the log is reached") {
            (try? await services.digest(data))?.first?.nextOffset == 2_500
        }
        #expect(indexer.messages.contains("does not begin at offset 0"))
        #expect(try await services.indexedCount(data) < 2_500)
        indexer.signal(SIGTERM)
        #expect(try await indexer.finish(within: .seconds(30)).status == 0)
        try await services.close()
    }

    @Test func aTextOfSeveralMegabytesPasses() async throws {
        let services = try await Services(partitions: 1)
        var text = SampleBulletins.text(1)
        for number in 0..<9_000 { text += "县水利局要落实第\(number)号清单的整改工作，确保各项措施按期完成，不得推诿扯皮。\n" }
        let input = try services.folder.write(text, to: "long.txt")
        let published = try await services.publish([input])
        #expect(published.status == 0, "\(published.messages)")
        let data = try services.folder.folder("data")
        let indexer = try services.startIndexer(dataDirectory: data)
        try await eventually(within: .seconds(90), "it is indexed") { try await services.indexedCount(data) == 1 }
        indexer.signal(SIGTERM)
        #expect(try await indexer.finish(within: .seconds(30)).status == 0)
        let up = try await run(
            "bulletins",
            ["up", "--data-dir", services.folder.path("up"), input],
            in: services.folder,
            within: .seconds(180)
        )
        #expect(up.status == 0 && up.messages.contains("1 new"), "\(up.messages)")
        try await services.close()
    }
}
