import Foundation
import TestSupport
import Testing

/// `bulletins lag` against real processes.
@Suite(.serialized) struct LagTests {
    private struct Row: Decodable, Hashable {
        let topic: String
        let partition: Int32
        let status: String
        let nextOffset: Int64?
        let committedOffset: Int64?
        let startOffset: Int64?
        let endOffset: Int64?
        let lagRecords: Int64?
        let lagSeconds: Double?
        let clientID: String?
        let host: String?
        let committedBy: String?
        let path: String?
    }

    private func lag(_ services: Services, _ data: String, _ more: [String] = []) async throws -> CommandResult {
        try await run(
            "bulletins",
            [
                "lag", "--data-dir", data, "--bootstrap-servers", services.bootstrapServers, "--topic", services.topic,
                "--group", "test", "--format", "json",
            ] + more,
            in: services.folder
        )
    }

    /// Five bulletins in one partition, and an indexer that has ended after it had them.
    private func fiveIndexed() async throws -> (Services, data: String) {
        let services = try await Services(partitions: 1)
        let data = try services.folder.folder("data")
        let inputs = try SampleBulletins.write(0..<5, to: "inputs", in: services.folder)
        #expect(try await services.publish([inputs]).status == 0)
        let indexer = try services.startIndexer(dataDirectory: data)
        try await eventually("everything is indexed") { try await services.indexedCount(data) == 5 }
        indexer.signal(SIGTERM)
        #expect(try await indexer.finish(within: .seconds(30)).status == 0)
        return (services, data)
    }

    private func rows(_ result: CommandResult) throws -> [Row] {
        try JSONDecoder().decode([Row].self, from: Data(result.output.utf8))
    }

    @Test func filesAndBrokerTellTheSame() async throws {
        let services = try await Services(partitions: 2)
        let data = try services.folder.folder("data")
        let first = try SampleBulletins.write(0..<30, to: "first", in: services.folder)
        #expect(try await services.publish([first]).status == 0)

        // Nothing was indexed yet: everything waits, and nobody reads.
        let none = try rows(try await lag(services, data))
        #expect(none.allSatisfy { $0.status == "no-file" })
        #expect(none.compactMap(\.lagRecords).reduce(0, +) == 30)
        #expect(none.allSatisfy { $0.nextOffset == nil && $0.committedOffset == nil && $0.committedBy == nil })
        #expect(none.allSatisfy { ($0.lagSeconds ?? -1) > 0 || $0.lagRecords == 0 })

        let indexer = try services.startIndexer(dataDirectory: data)
        var current: [Row] = []
        // The embedded broker knows no members; in a rebalance, as a loaded machine may have one, nobody owns anything.
        let hasOwners = ProcessInfo.processInfo.environment["BULLETINS_TEST_BOOTSTRAP"] != nil
        try await eventually("files, commits and log agree") {
            current = (try? rows(try await lag(services, data))) ?? []
            return current.count == none.count
                && current.allSatisfy { $0.status == "current" && $0.committedOffset == $0.endOffset }
                && (!hasOwners || current.allSatisfy { $0.clientID != nil })
        }
        for (row, before) in zip(current, none) {
            #expect(row.nextOffset == before.endOffset && row.endOffset == before.endOffset)
            #expect(row.lagRecords == 0 && row.lagSeconds == 0)
            #expect(row.path?.hasSuffix("partition-0000\(row.partition).sqlite") == true)
            #expect(row.committedBy?.hasSuffix(":\(indexer.processIdentifier)") == true, "\(row)")
            if hasOwners {
                #expect(row.clientID == "bulletin-indexer" && row.host != nil)
            }
        }
        indexer.signal(SIGTERM)
        #expect(try await indexer.finish(within: .seconds(30)).status == 0)

        // Published while nobody reads: lag in records and in seconds, and the commit stays with the file.
        let second = try SampleBulletins.write(30..<50, to: "second", in: services.folder)
        #expect(try await services.publish([second]).status == 0)
        let behind = try rows(try await lag(services, data))
        #expect(behind.compactMap(\.lagRecords).reduce(0, +) == 20)
        for row in behind where row.lagRecords != 0 {
            #expect(row.status == "behind" && (row.lagSeconds ?? 0) > 0)
            #expect(
                row.committedOffset == row.nextOffset && row.endOffset == (row.nextOffset ?? 0) + (row.lagRecords ?? 0)
            )
        }
        let older = try rows(try await lag(services, data))
        for (row, before) in zip(older, behind) where row.lagRecords != 0 {
            #expect((row.lagSeconds ?? 0) > (before.lagSeconds ?? .infinity))
        }

        // Every format holds every partition.
        for (format, lines) in [("table", 1 + behind.count), ("csv", 1 + behind.count), ("ndjson", behind.count)] {
            let result = try await lag(services, data, ["--format", format])
            #expect(
                result.status == 0 && result.output.split(whereSeparator: \.isNewline).count == lines,
                "\(result.output)"
            )
        }
        let markdown = try await lag(services, data, ["--format", "markdown"])
        #expect(markdown.output.hasPrefix("| partition |"))
        try await services.close()
    }

    @Test func withoutABrokerTheFilesSpeak() async throws {
        let (services, data) = try await fiveIndexed()

        let offline = try await lag(services, data, ["--offline"])
        #expect(offline.status == 0 && offline.messages.isEmpty)
        let told = try rows(offline)
        #expect(told.map(\.nextOffset) == [5] && told.map(\.status) == ["unknown"] && told[0].endOffset == nil)

        let nobody = try await run(
            "bulletins",
            ["lag", "--data-dir", data, "--bootstrap-servers", "127.0.0.1:1", "--timeout", "1", "--format", "json"]
                + ["--topic", services.topic],
            in: services.folder
        )
        #expect(nobody.status == 69)
        #expect(try rows(nobody) == told)
        #expect(nobody.messages.split(separator: "\n").count == 1 && nobody.messages.contains("127.0.0.1:1"))

        // Asking changes nothing: a topic that is not there is not there afterwards.
        for _ in 0..<2 {
            let absent = try await run(
                "bulletins",
                ["lag", "--data-dir", data, "--bootstrap-servers", services.bootstrapServers, "--topic", "nowhere"],
                in: services.folder
            )
            #expect(absent.status != 0 && absent.messages.contains("nowhere"))
        }

        let missing = try await run("bulletins", ["lag", "--data-dir", "\(data)-not"], in: services.folder)
        #expect(missing.status == 66)
        try await services.close()
    }

    @Test func aFileThatTheLogDoesNotFitIsNamed() async throws {
        let (services, data) = try await fiveIndexed()
        let file = "\(data)/\(services.topic)/partition-00000.sqlite"
        _ = try await run("sqlite3", [file, "UPDATE partition_state SET next_offset = 900"], in: services.folder)
        let ahead = try rows(try await lag(services, data))
        #expect(ahead.map(\.status) == ["outside-log"] && ahead.map(\.lagRecords) == [nil])

        _ = try await run("sqlite3", [file, "UPDATE partition_state SET cluster_id = 'another'"], in: services.folder)
        let other = try await lag(services, data)
        #expect(other.status == 65 && other.messages.contains("another") && other.output.isEmpty)
        try await services.close()
    }
}
