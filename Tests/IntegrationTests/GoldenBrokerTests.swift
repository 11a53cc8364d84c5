import Foundation
import TestSupport
import Testing

/// What needs a broker to have something to say: records that were rejected, and lag.
@Suite(.enabled(if: Services.isEmbedded, "another Kafka has names and partitions of its own"))
struct GoldenBrokerTests {
    /// A body that is no JSON, one that breaks the schema, one without CloudEvents attributes, one without a key or a
    /// value; and a terminal's control characters, which must not reach one.
    private func produceWhatIsRefused(to services: Services) async throws {
        let published = ["-H", "ce_specversion=1.0", "-H", "ce_id=1", "-H", "ce_source=golden"]
        let type = ["-H", "ce_type=bulletin.published.v1"]
        for (partition, body, headers) in [
            (0, "a|no json\n", published + type), (0, "b|{\"id\":1}\n", published + type),
            (0, "c\u{1B}[31m|{}\n", []), (1, "d|{}\n", published + ["-H", "ce_type=bulletin.unknown.v9"]),
        ] {
            let file = services.folder.path("record")
            try Data(body.utf8).write(to: URL(filePath: file))
            let kcat = try await run(
                "kcat",
                [
                    "-P", "-b", services.bootstrapServers, "-t", services.topic, "-p", "\(partition)", "-K", "|", "-l",
                    file,
                ] + headers,
                in: services.folder
            )
            #expect(kcat.status == 0, "\(kcat.messages)")
        }
    }

    private struct Row: Decodable {
        let status: String
        let committedOffset: Int64?
        let endOffset: Int64?
    }

    @Test func rejectedRecordsAndLagInEveryFormat() async throws {
        let services = try await Services(partitions: 2)
        let data = try services.folder.folder("data")
        try await produceWhatIsRefused(to: services)
        let lag = [
            "lag", "--bootstrap-servers", services.bootstrapServers, "--topic", services.topic, "--group", "test",
        ]
        let indexer = try services.startIndexer(dataDirectory: data)
        try await eventually("everything is indexed and committed") {
            let rows: [Row]? = try? await services.query(lag, dataDirectory: data)
            return rows?.count == 2
                && rows?.allSatisfy { $0.status == "current" && $0.committedOffset == $0.endOffset } == true
        }
        indexer.signal(SIGTERM)
        #expect(try await indexer.finish(within: .seconds(30)).status == 0)

        let committer = ":\(indexer.processIdentifier)"
        for (name, arguments) in [
            ("rejected-list", ["rejected", "list"]),
            ("rejected-list-filters", ["rejected", "list", "--partition", "0", "--reason", "invalid-json", "--open"]),
            ("rejected-show", ["rejected", "show", "0:2"]), ("lag", lag), ("lag-offline", ["lag", "--offline"]),
        ] {
            for format in Golden.formats {
                let result = try await run(
                    "bulletins",
                    arguments + ["--data-dir", data, "--format", format],
                    in: services.folder
                )
                #expect(result.status == 0, "\(name) \(format): \(result.messages)")
                let printed = result.output.replacing(committer, with: ":PID")
                try Golden.expect(printed, "\(name).\(format)", services.folder)
            }
        }
        try await services.close()
    }
}
