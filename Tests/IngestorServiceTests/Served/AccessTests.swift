import Foundation
import Kafka
import TestSupport
import Testing

@testable import HTTPService
@testable import IngestorService

/// Tokens and TLS.
@Suite("Access", .timeLimit(.minutes(20))) struct AccessTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func makeToken(_ name: String, _ scope: String) async throws -> (line: String, secret: String) {
        let made = try await run("bulletin-ingestor", ["token", name, "--scope", scope], in: folder)
        let secret = made.messages.trimmingCharacters(in: .newlines).split(separator: " ").last.map(String.init) ?? ""
        #expect(made.status == 0 && secret.count == 43 && !made.output.contains(secret), "\(made.messages)")
        return (made.output, secret)
    }

    @Test("Tokens: scopes, a guess loop, SIGHUP with a good file and with a bad one")
    func tokens() async throws {
        let broker = try EmbeddedBroker(topics: [("bulletins", 1), ("bulletins.rejected", 1)], logger: quiet)
        let writer = try await makeToken("newsroom", "write")
        let reader = try await makeToken("prometheus", "read")
        let file = try folder.write("# tokens\n" + writer.line + reader.line, to: "tokens")
        let ingestor = try await ServedIngestor(in: folder, broker: broker.bootstrapServers, ["--tokens", file])
        func post(_ number: Int, _ token: String?) async throws -> ServedIngestor.Answer {
            var headers = ["Content-Type": "text/plain"]
            if let token { headers["Authorization"] = "Bearer \(token)" }
            return try await ingestor.request("POST", "/v1/bulletins", Array(sample(number).utf8), headers: headers)
        }
        #expect(try await post(1, writer.secret).status == 202)
        let none = try await post(2, nil)
        #expect(none.status == 401 && none.headers["www-authenticate"]?.hasPrefix("Bearer") == true)
        let wrongScope = try await post(2, reader.secret)
        #expect(
            wrongScope.status == 403 && wrongScope.headers["www-authenticate"]?.contains("insufficient_scope") == true
        )
        #expect(try await ingestor.request("GET", "/metrics").status == 401)
        let metrics = try await ingestor.request(
            "GET",
            "/metrics",
            headers: ["Authorization": "bearer \(reader.secret)"]
        )
        #expect(metrics.status == 200)
        for path in ["/live", "/ready", "/openapi.json"] {
            #expect(try await ingestor.request("GET", path).status == 200)
        }
        // Guessing: after ten, further ones are not even looked at; a valid token is heard all the same.
        var statuses: [Int] = []
        for guess in 0..<15 { statuses.append(try await post(2, "guess\(guess)").status) }
        #expect(statuses == Array(repeating: 401, count: 10) + Array(repeating: 429, count: 5))
        #expect(try await post(3, writer.secret).status == 202)
        #expect(!ingestor.process.messages.contains("guess"))
        // Another file: the old token goes, a new one comes.
        let other = try await makeToken("agency", "write,read")
        try folder.write(other.line, to: "tokens")
        ingestor.process.signal(SIGHUP)
        try await eventually("it is read again") { ingestor.process.messages.contains("tokens read again") }
        #expect([401, 429].contains(try await post(4, writer.secret).status))
        #expect(try await post(4, other.secret).status == 202)
        try folder.write("broken\n", to: "tokens")
        ingestor.process.signal(SIGHUP)
        try await eventually("it is refused") { ingestor.process.messages.contains("tokens stay as they were") }
        #expect(try await post(5, other.secret).status == 202)
        // Where a busy broker is not heard of, what is left waits for the next start.
        try await eventually("all four are in the topic") {
            try await readTopic("bulletins", on: broker.bootstrapServers).count == 4
        }
        #expect(try await ingestor.stop().status == 0)
        #expect(try await readTopic("bulletins", on: broker.bootstrapServers).count == 4)
        await broker.close()
    }

    @Test(
        "Token files that are refused, with the line",
        arguments: [
            ("", "holds no token"), ("a write", "line 1"), ("a write sha256:12", "line 1"),
            ("# x\na fly sha256:\(String(repeating: "0", count: 64))", "line 2"), ("a , sha256:zz", "line 1"),
        ]
    )
    func tokenFiles(text: String, word: String) throws {
        let path = try folder.write(text, to: "tokens")
        let error = #expect(throws: TokenFileError.self) { try Authorizer(path: path, metric: "m", logger: quiet) }
        #expect(
            error?.message.contains(word) == true && error?.message.contains(path) == true,
            "\(String(describing: error))"
        )
    }

    @Test("TLS: served with the certificate of its time, beyond loopback only so")
    func encrypted() async throws {
        let broker = try EmbeddedBroker(topics: [("bulletins", 1), ("bulletins.rejected", 1)], logger: quiet)
        func certificate(_ name: String) async throws -> (certificate: String, key: String) {
            let files = (folder.path("\(name).pem"), folder.path("\(name).key"))
            let made = try await run(
                "openssl",
                [
                    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                    "-subj",
                    "/CN=\(name)", "-addext", "subjectAltName=IP:127.0.0.1", "-out", files.0, "-keyout", files.1,
                ],
                in: folder
            )
            #expect(made.status == 0, "\(made.messages)")
            return files
        }
        let (first, second) = (try await certificate("first"), try await certificate("second"))
        let token = try await makeToken("newsroom", "write")
        let tokens = try folder.write(token.line, to: "tokens")
        let outbox = [
            "serve", "--outbox", folder.path("none.sqlite"), "--tls-certificate", first.certificate, "--tls-key",
        ]
        let mismatch = try await run("bulletin-ingestor", outbox + [second.key], in: folder)
        #expect(mismatch.status == 64 && mismatch.messages.contains(second.key), "\(mismatch.messages)")
        let (certificate, key) = (folder.path("server.pem"), folder.path("server.key"))
        try FileManager.default.copyItem(atPath: first.certificate, toPath: certificate)
        try FileManager.default.copyItem(atPath: first.key, toPath: key)
        let ingestor = try await ServedIngestor(
            in: folder,
            broker: broker.bootstrapServers,
            scheme: "https",
            [
                "--listen", "0.0.0.0:0", "--tokens", tokens, "--tls-certificate", certificate, "--tls-key", key,
                "--http-idle-timeout-s", "2",
            ]
        )
        func curl(_ authority: String, _ number: Int, _ extra: [String] = []) async throws -> CommandResult {
            try await run(
                "curl",
                [
                    "-sS", "--cacert", authority, "-w", "%{http_code}", "-o", "/dev/null", "-H",
                    "Content-Type: text/plain",
                    "-H", "Authorization: Bearer \(token.secret)", "--data-binary", sample(number),
                    "https://127.0.0.1:\(ingestor.port)/v1/bulletins",
                ] + extra,
                in: folder
            )
        }
        #expect(try await curl(first.certificate, 1).output == "202")
        #expect(try await curl(second.certificate, 2).status != 0)
        #expect(try await curl(first.certificate, 2, ["--tls-max", "1.1"]).status != 0)
        for (from, to) in [(second.certificate, certificate), (second.key, key)] {
            try Data(contentsOf: URL(filePath: from)).write(to: URL(filePath: to))
        }
        ingestor.process.signal(SIGHUP)
        try await eventually("it is read again") {
            ingestor.process.messages.contains("the certificate was read again")
        }
        #expect(try await curl(second.certificate, 3).output == "202")
        #expect(try await curl(first.certificate, 4).status != 0)
        // A client that never begins to speak is cut off like any other.
        let port = ingestor.port
        let silent = try await DedicatedThread.run(name: "client") { try RawConnection(port: port).receiveAll() }
        #expect(silent.isEmpty)
        #expect(try await ingestor.stop().status == 0)
        #expect(try await readTopic("bulletins", on: broker.bootstrapServers).count == 2)
        await broker.close()
    }
}
