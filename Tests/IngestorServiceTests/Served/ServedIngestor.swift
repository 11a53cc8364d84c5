import Foundation
import FoundationNetworking
import Kafka
import TestSupport

/// `bulletin-ingestor serve` as a process of its own, and a client of its HTTP interface.
final class ServedIngestor: Sendable {
    /// What came back.
    struct Answer: Sendable {
        let status: Int
        let body: Data
        let headers: [String: String]

        var text: String { String(decoding: body, as: UTF8.self) }

        /// A member of the JSON object.
        func string(_ key: String) throws -> String? { try object()[key] as? String }
        func number(_ key: String) throws -> Int? { try object()[key] as? Int }

        func object() throws -> [String: Any] {
            guard let object = try JSONSerialization.jsonObject(with: body) as? [String: Any] else {
                throw TestFailure("no JSON object: \(text)")
            }
            return object
        }
    }

    let process: RunningCommand
    let address: String
    private let scheme: String
    private let session: URLSession

    /// Starts it and waits until it listens.
    init(
        in folder: TemporaryFolder,
        broker: String,
        outbox: String? = nil,
        scheme: String = "http",
        environment: [String: String] = [:],
        _ arguments: [String] = []
    ) async throws {
        let portFile = folder.path("serve-\(UUID().uuidString).port")
        let process = try RunningCommand(
            "bulletin-ingestor",
            [
                "serve", "--bootstrap-servers", broker, "--outbox", outbox ?? folder.path("outbox.sqlite"),
                "--port-file", portFile, "--kafka", "linger.ms=5", "--outbox-reserved-disk-bytes", "1048576",
            ] + (arguments.contains("--listen") ? [] : ["--listen", "127.0.0.1:0"]) + arguments,
            environment: environment,
            in: folder
        )
        try await eventually("it listens") {
            guard process.isRunning else { throw TestFailure("it ended: \(process.messages)") }
            return FileManager.default.fileExists(atPath: portFile)
        }
        self.process = process
        self.scheme = scheme
        address = try String(contentsOfFile: portFile, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = 64
        configuration.timeoutIntervalForRequest = 60
        session = URLSession(configuration: configuration)
    }

    /// A test that failed leaves nothing behind.
    deinit { if process.isRunning { process.signal(SIGKILL) } }

    var port: UInt16 { UInt16(address.split(separator: ":").last ?? "") ?? 0 }

    func request(
        _ method: String,
        _ path: String,
        _ body: [UInt8]? = nil,
        headers: [String: String] = [:]
    ) async throws -> Answer {
        guard let url = URL(string: "\(scheme)://\(address)\(path)") else { throw TestFailure("no URL: \(path)") }
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.httpBody = body.map { Data($0) }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await session.data(for: request)
        guard let response = response as? HTTPURLResponse else { throw TestFailure("no HTTP") }
        var found: [String: String] = [:]
        for (name, value) in response.allHeaderFields {
            if let name = name as? String, let value = value as? String { found[name.lowercased()] = value }
        }
        return Answer(status: response.statusCode, body: data, headers: found)
    }

    /// Posts a document.
    func post(_ text: String, type: String = "text/plain; charset=utf-8", query: String = "") async throws -> Answer {
        try await request("POST", "/v1/bulletins" + query, Array(text.utf8), headers: ["Content-Type": type])
    }

    /// The value of a metric, summed over its labels.
    func metric(_ name: String) async throws -> Double {
        let text = try await request("GET", "/metrics").text
        return text.split(separator: "\n").filter { $0.hasPrefix(name + " ") || $0.hasPrefix(name + "{") }
            .compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }.reduce(0, +)
    }

    /// Waits until Kafka has everything.
    func drained() async throws {
        try await eventually("the outbox is drained") { try await metric("bulletins_ingestor_outbox_records") == 0 }
    }

    /// Ends it as an operator would.
    func stop() async throws -> CommandResult {
        process.signal(SIGTERM)
        return try await process.finish(within: .seconds(60))
    }

    /// Ends it as nobody should.
    func kill() async throws {
        process.signal(SIGKILL)
        _ = try await process.finish()
    }
}

/// A short bulletin whose identity is its number and whose text its revision.
func sample(_ number: Int, revision: Int = 0) -> String {
    """
    云溪县召开第\(number)次防汛工作会议
    2023-05-12 来源：云溪发布
    5月11日，云溪县召开防汛工作会议。会议要求，县水利局要加密监测第\(number)号水库，第\(revision)次通报情况。

    """
}

/// So many bytes that make an event large and are quick to parse.
func padding(_ bytes: Int) -> String {
    String(repeating: "abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi\n", count: bytes / 50)
}
