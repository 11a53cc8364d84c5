import Foundation
import Kafka
import TestSupport
import Testing

@testable import HTTPService
@testable import IngestorService

/// Everything that is refused over HTTP: the status, and why as RFC 9457 has it.
@Suite("Refusals over HTTP", .timeLimit(.minutes(20))) struct RefusalTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private struct Case {
        var method = "POST"
        var path = "/v1/bulletins"
        var type: String? = "text/plain"
        var body: [UInt8]? = Array(sample(1).utf8)
        var status: Int
        var code: String
        var word = ""
    }

    private static let cases: [Case] = [
        Case(path: "/", status: 404, code: "not-found"),
        Case(path: "/v1/bulletins/", status: 405, code: "method-not-allowed"),
        Case(path: "/v1/bulletin", status: 404, code: "not-found"),
        Case(method: "PUT", status: 405, code: "method-not-allowed", word: "POST"),
        Case(method: "GET", body: nil, status: 405, code: "method-not-allowed", word: "POST"),
        Case(path: "/live", status: 405, code: "method-not-allowed", word: "GET, HEAD"),
        Case(method: "GET", path: "/v1/bulletins/abc/delivery", body: nil, status: 404, code: "not-found"),
        Case(method: "DELETE", path: "/v1/bulletins/a%2Fb", body: nil, status: 400, code: "malformed-request"),
        Case(
            method: "DELETE",
            path: "/v1/bulletins/\(String(repeating: "a", count: 129))",
            body: nil,
            status: 400,
            code: "malformed-request"
        ),
        Case(path: "/v1/bulletins?title=%E9", status: 400, code: "malformed-request", word: "UTF-8"),
        Case(type: "application/pdf", status: 415, code: "unsupported-media-type", word: "application/pdf"),
        Case(path: "/v1/bulletins:batch", status: 415, code: "unsupported-media-type", word: "ndjson"),
        Case(body: [], status: 422, code: "parse-failed", word: "empty"),
        Case(body: Array("  \n \n".utf8), status: 422, code: "parse-failed", word: "no text"),
        Case(type: "application/json", body: Array("{\n \"text\": }".utf8), status: 422, code: "parse-failed"),
        Case(type: "application/json", body: Array("[1]".utf8), status: 422, code: "parse-failed"),
        Case(type: "application/json", body: Array("{\"title\":\"a\"}".utf8), status: 422, code: "parse-failed"),
        Case(body: [0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 1, 2, 3], status: 422, code: "parse-failed", word: "binary"),
        Case(
            body: [0xFF, 0xFF, 0xFF, 0x81, 0x20, 0x81, 0x30, 0xFF],
            status: 422,
            code: "parse-failed",
            word: "no known encoding"
        ),
        Case(body: Array(repeating: 0x61, count: 70_000), status: 413, code: "too-large", word: "65536"),
        Case(
            path: "/v1/bulletins:batch",
            type: "application/x-ndjson",
            body: Array(repeating: 0x0A, count: 200_000),
            status: 413,
            code: "too-large"
        ),
        Case(
            path: "/v1/bulletins:batch",
            type: "application/x-ndjson",
            body: Array("\n\n".utf8),
            status: 422,
            code: "parse-failed"
        ),
    ]

    @Test("Each by its status and reason; nothing of it is kept")
    func table() async throws {
        let broker = try EmbeddedBroker(topics: [("bulletins", 1), ("bulletins.rejected", 1)], logger: quiet)
        let ingestor = try await ServedIngestor(
            in: folder,
            broker: broker.bootstrapServers,
            ["--http-max-body-bytes", "65536", "--http-max-batch-bytes", "131072"]
        )
        for refused in Self.cases {
            let answer = try await ingestor.request(
                refused.method,
                refused.path,
                refused.body,
                headers: refused.type.map { ["Content-Type": $0] } ?? [:]
            )
            let what = "\(refused.method) \(refused.path) \(refused.type ?? ""): \(answer.text)"
            #expect(answer.status == refused.status, "\(what)")
            #expect(answer.headers["content-type"] == "application/problem+json", "\(what)")
            let problem = try answer.object()
            #expect(problem["code"] as? String == refused.code, "\(what)")
            #expect(problem["type"] as? String == "urn:bulletins:problem:\(refused.code)", "\(what)")
            #expect(problem["status"] as? Int == refused.status && problem["title"] != nil, "\(what)")
            let detail = try #require(problem["detail"] as? String)
            #expect(
                !detail.isEmpty
                    && (refused.word.isEmpty || (detail + (answer.headers["allow"] ?? "")).contains(refused.word)),
                "\(what)"
            )
            if refused.status == 422 { #expect(problem["line"] is Int && problem["offset"] is Int, "\(what)") }
            if refused.status == 405 { #expect(answer.headers["allow"] != nil, "\(what)") }
        }
        let json = try await ingestor.post("{\n \"text\": }", type: "application/json")
        #expect(try json.number("line") == 2 && json.number("offset") == 11, "\(json.text)")
        // Every refusal of something handed in was counted, by its reason.
        let counted = Self.cases.filter { $0.path.hasPrefix("/v1/bulletins") && ![400, 404, 405].contains($0.status) }
        #expect(try await ingestor.metric("bulletins_ingestor_refused_total") == Double(counted.count + 1 + 1))
        #expect(try await ingestor.metric("bulletins_ingestor_accepted_total") == 0)
        #expect(try await ingestor.post(sample(1)).status == 202)
        try await ingestor.drained()
        #expect(try await readTopic("bulletins", on: broker.bootstrapServers).count == 1)
        #expect(try await ingestor.stop().status == 0)
        await broker.close()
    }

    @Test("A full backlog is 503 with the time to wait, and ends when Kafka has taken some")
    func backlog() async throws {
        let broker = try EmbeddedBroker(topics: [("bulletins", 1), ("bulletins.rejected", 1)], logger: quiet)
        try ProcessStarts.held { try broker.setDown() }
        let ingestor = try await ServedIngestor(
            in: folder,
            broker: broker.bootstrapServers,
            ["--outbox-max-pending-bytes", "1048576"]
        )
        var number = 0
        var refused: ServedIngestor.Answer?
        while refused == nil {
            let text = sample(number) + padding(40_000)
            let answer = try await ingestor.post(text)
            if answer.status == 202 { number += 1 } else { refused = answer }
        }
        let answer = try #require(refused)
        #expect(try answer.status == 503 && answer.string("code") == "backlog-full", "\(answer.text)")
        #expect(answer.headers["retry-after"] == "10")
        #expect(number > 0)
        try await setUp(broker)
        try await ingestor.drained()
        #expect(try await ingestor.post(sample(number)).status == 202)
        try await ingestor.drained()
        #expect(try await readTopic("bulletins", on: broker.bootstrapServers).count == number + 1)
        #expect(try await ingestor.stop().status == 0)
        await broker.close()
    }
}
