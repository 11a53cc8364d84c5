import Foundation
import TestSupport
import Testing

/// One trace id from the HTTP request through the event's header to the row that `bulletins trace` tells of.
struct TraceTests {
    private struct Row: Decodable {
        let id: String
        let revision: Int?
        let traceId: String?
        let eventId: String?
        let receivedAt: String?
        let recordedAt: String?
        let indexedAt: String?
        let seconds: Double?
        let offset: Int64
    }

    private struct Receipt: Decodable {
        let id: String
        let status: String
    }

    @Test func aRequestIsFoundAgainInTheReadModel() async throws {
        let services = try await Services(partitions: 1)
        let folder = services.folder
        let data = try folder.folder("data")
        let portFile = folder.path("serve.port")
        let ingestor = try RunningCommand(
            "bulletin-ingestor",
            [
                "serve", "--listen", "127.0.0.1:0", "--outbox", folder.path("outbox.sqlite"), "--port-file", portFile,
                "--bootstrap-servers", services.bootstrapServers, "--topic", services.topic,
            ],
            in: folder
        )
        try await eventually("it listens") { FileManager.default.fileExists(atPath: portFile) }
        let address = try String(contentsOfFile: portFile, encoding: .utf8).trimmingCharacters(
            in: .whitespacesAndNewlines
        )
        let indexer = try services.startIndexer(dataDirectory: data)

        // Two revisions of one bulletin, by two requests.
        let traces = ["4bf92f3577b34da6a3ce929d0e0e4736", "0af7651916cd43dd8448eb211c80319c"]
        var id = ""
        for (number, trace) in traces.enumerated() {
            let document = #"{"title":"通知","text":"第\#(number)版，各单位要落实责任。","url":"http://example.org/1"}"#
            let answer = try await run(
                "/usr/bin/curl",
                [
                    "-sS", "-H", "traceparent: 00-\(trace)-00f067aa0ba902b7-01", "-H", "Content-Type: application/json",
                    "--data-binary", document, "http://\(address)/v1/bulletins",
                ],
                in: folder
            )
            let receipt = try JSONDecoder().decode(Receipt.self, from: Data(answer.output.utf8))
            #expect(receipt.status == "accepted", "\(answer.output) \(answer.messages)")
            id = receipt.id
            try await eventually("it is indexed") {
                let found: [Row] = (try? await services.query(["trace", receipt.id], dataDirectory: data)) ?? []
                return found.count == number + 1
            }
        }
        let rows: [Row] = try await services.query(["trace", id], dataDirectory: data)
        #expect(rows.map(\.traceId) == traces)
        #expect(rows.map(\.revision) == [1, 2])
        for row in rows {
            let times = [row.receivedAt, row.recordedAt, row.indexedAt].compactMap(\.self)
            // Kafka's timestamp is that of the machine that publishes; all three are this one's here.
            #expect(times.count == 3 && times == times.sorted(), "\(times)")
            #expect((row.seconds ?? -1) >= 0)
        }
        for process in [ingestor, indexer] {
            process.signal(SIGTERM)
            #expect(try await process.finish(within: .seconds(30)).status == 0)
        }
        try await services.close()
    }
}
