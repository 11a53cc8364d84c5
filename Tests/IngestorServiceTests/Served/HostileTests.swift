import Foundation
import Kafka
import TestSupport
import Testing

/// Clients that mean no good, or are broken. Each ends by showing that the service still takes a bulletin.
@Suite("Hostile clients", .timeLimit(.minutes(20))) struct HostileTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func withIngestor(
        _ arguments: [String] = [],
        _ body: @escaping @Sendable (ServedIngestor) async throws -> Void
    ) async throws {
        let broker = try EmbeddedBroker(topics: [("bulletins", 1), ("bulletins.rejected", 1)], logger: quiet)
        let ingestor = try await ServedIngestor(in: folder, broker: broker.bootstrapServers, arguments)
        try await body(ingestor)
        #expect(try await ingestor.post(sample(1)).status == 202)
        try await ingestor.drained()
        #expect(try await ingestor.metric("bulletins_ingestor_accepted_total") == 1)
        let ended = try await ingestor.stop()
        #expect(ended.status == 0, "\(ended.messages)")
        #expect(try await readTopic("bulletins", on: broker.bootstrapServers).count == 1)
        await broker.close()
    }

    /// Does blocking work on a thread of its own.
    private static func blocking<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value
    {
        try await DedicatedThread.run(name: "client") { try body() }
    }

    private static let head = "POST /v1/bulletins HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"

    @Test("All connections are taken: probes are answered on their own address")
    func crowded() async throws {
        let more = ["--http-max-connections", "4", "--probe-listen", "127.0.0.1:0", "--log-level", "notice"]
        try await withIngestor(more) { ingestor in
            let line = try #require(
                ingestor.process.messages.split(separator: "\n").first { $0.contains("answering probes alone") }
            )
            let port = try #require(line.firstMatch(of: /127\.0\.0\.1:([0-9]+)/).flatMap { UInt16($0.1) })
            let taken = try (0..<32).map { _ in try RawConnection(port: ingestor.port) }
            func ask(_ path: String, _ method: String = "GET") async throws -> String {
                try await Self.blocking {
                    let connection = try RawConnection(port: port)
                    connection.send("\(method) \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    return try connection.receiveAll()
                }
            }
            #expect(try await ask("/live").hasPrefix("HTTP/1.1 200"))
            #expect(try await ask("/ready").contains("checks"))
            #expect(try await ask("/ready", "HEAD").hasPrefix("HTTP/1.1 200"))
            #expect(try await ask("/metrics").hasPrefix("HTTP/1.1 404"))
            #expect(try await ask("/v1/bulletins", "POST").hasPrefix("HTTP/1.1 405"))
            withExtendedLifetime(taken) {}
        }
    }

    @Test("Slowloris: a header or a body that drips is cut off, the latter with 408")
    func slowloris() async throws {
        try await withIngestor(["--http-idle-timeout-s", "3", "--http-request-timeout-s", "1"]) { ingestor in
            let port = ingestor.port
            let header = try await Self.blocking {
                let connection = try RawConnection(port: port)
                connection.send("POST /v1/bulletins HTTP/1.1\r\n")
                var sent = 0
                while connection.send("X-\(sent): a\r\n"), sent < 600 {
                    sent += 1
                    usleep(50_000)
                }
                return (sent, try connection.receiveAll())
            }
            #expect(header.0 < 600)
            let body = try await Self.blocking {
                let connection = try RawConnection(port: port)
                connection.send(Self.head + "Content-Length: 100000\r\n\r\n")
                var sent = 0
                while connection.send("a"), sent < 600 {
                    sent += 1
                    usleep(50_000)
                }
                return (sent, try connection.receiveAll())
            }
            #expect(body.0 < 600)
            let silent = try await Self.blocking { try RawConnection(port: port).receiveAll() }
            #expect(silent.isEmpty)
            // One that stops sending gets its answer.
            let stalled = try await Self.blocking {
                let connection = try RawConnection(port: port)
                connection.send(Self.head + "Content-Length: 100000\r\n\r\nabc")
                return try connection.receiveAll()
            }
            #expect(
                stalled.hasPrefix("HTTP/1.1 408 ") && stalled.contains("\"code\":\"request-timeout\""),
                "\(stalled)"
            )
        }
    }

    @Test("10 GB: stated, it is refused before a byte of it is read; chunked, after the limit")
    func tenGigabytes() async throws {
        try await withIngestor(["--http-max-body-bytes", "1048576"]) { ingestor in
            let port = ingestor.port
            let stated = try await Self.blocking {
                let connection = try RawConnection(port: port)
                connection.send(Self.head + "Content-Length: 10737418240\r\n\r\n")
                return try connection.receiveAll()
            }
            #expect(stated.hasPrefix("HTTP/1.1 413 ") && stated.lowercased().contains("connection: close"), "\(stated)")
            let (sent, chunked) = try await Self.blocking {
                let connection = try RawConnection(port: port)
                connection.send(Self.head + "Transfer-Encoding: chunked\r\n\r\n")
                let chunk = "10000\r\n" + String(repeating: "a", count: 65_536) + "\r\n"
                var sent = 0
                while connection.send(chunk), sent < 10 << 30 { sent += 65_536 }
                return (sent, try connection.receiveAll())
            }
            // What the kernels hold, and what is sent until the connection is cut, comes on top of the limit.
            #expect(sent < 2 << 30, "\(sent) bytes were taken")
            #expect(chunked.isEmpty || chunked.hasPrefix("HTTP/1.1 413 "), "\(chunked)")
            #expect(try await ingestor.metric("process_resident_memory_bytes") < 500_000_000)
        }
    }

    @Test("Thousands of connections: no more are served than may be, and those that are idle make room")
    func connections() async throws {
        try await withIngestor(["--http-max-connections", "50", "--http-idle-timeout-s", "1"]) { ingestor in
            let port = ingestor.port
            let opened = try await Self.blocking {
                var connections: [RawConnection] = []
                // The system's queue of connections that wait to be accepted is finite as well.
                while connections.count < 900, let connection = try? RawConnection(port: port) {
                    connections.append(connection)
                }
                return connections.count
            }
            #expect(opened > 50)
            #expect(try await ingestor.request("GET", "/live").status == 200)
        }
    }

    @Test(
        "No HTTP: answered with 400 and a problem, then closed; nothing of it is taken",
        arguments: [
            head + "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
            head + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nabc\r\n0\r\n\r\n",
            head + "Transfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n",
            head + "Content-Length: abc\r\n\r\nabc",
            head + "Content-Length: -1\r\n\r\nabc",
            head + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
            head + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            head + "Transfer-Encoding: gzip\r\n\r\nabc",
            "POST /v1/bulletins\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}", "G\u{0}T / HTTP/1.1\r\n\r\n",
            "POST /v1/bulletins HTTP/1.1\r\nHost: x\r\nA b: c\r\n\r\n",
            "POST /v1/bulletins HTTP/9.9\r\nHost: x\r\n\r\n",
        ]
    )
    func noHTTP(request: String) async throws {
        try await withIngestor { ingestor in
            let port = ingestor.port
            let answer = try await Self.blocking {
                let connection = try RawConnection(port: port)
                connection.send(request)
                connection.finishSending()
                return try connection.receiveAll()
            }
            let isProblem =
                answer.contains("application/problem+json") && answer.contains("\"code\":\"malformed-request\"")
            #expect(answer.isEmpty || (answer.hasPrefix("HTTP/1.1 400 ") && isProblem), "\(answer)")
        }
    }

    @Test("A body that breaks off is not taken for a document")
    func brokenOff() async throws {
        try await withIngestor { ingestor in
            let port = ingestor.port
            for framing in ["Content-Length: 5000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n20\r\n"] {
                try await Self.blocking {
                    let connection = try RawConnection(port: port)
                    connection.send(Self.head + framing + sample(2))
                }
                try await Self.blocking {
                    let connection = try RawConnection(port: port)
                    connection.send(Self.head + framing + sample(3))
                    connection.finishSending()
                    let answer = try connection.receiveAll()
                    guard !answer.hasPrefix("HTTP/1.1 2") else { throw TestFailure(answer) }
                }
            }
        }
    }

    @Test("Headers: too large is 431, not UTF-8 is data, a trace that is none is ignored")
    func headers() async throws {
        try await withIngestor(["--http-max-header-bytes", "4096"]) { ingestor in
            let port = ingestor.port
            for request in [
                "GET /live HTTP/1.1\r\nHost: x\r\nX: " + String(repeating: "a", count: 10_000) + "\r\n\r\n",
                "GET /" + String(repeating: "a", count: 1_000_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /live HTTP/1.1\r\nHost: x\r\n" + String(repeating: "A: b\r\n", count: 2_000) + "\r\n",
            ] {
                let answer = try await Self.blocking {
                    let connection = try RawConnection(port: port)
                    connection.send(request)
                    return try connection.receiveAll()
                }
                #expect(answer.hasPrefix("HTTP/1.1 431 ") && answer.contains("header-too-large"), "\(answer)")
            }
            let bytes = try await Self.blocking {
                let connection = try RawConnection(port: port)
                connection.send(Array("GET /live HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTraceparent: ".utf8))
                connection.send([0xFF, 0xFE, 0x80, 0xC3, 0x28] + Array("\r\nX-\u{1}: a\r\n\r\n".utf8))
                return try connection.receiveAll()
            }
            #expect(bytes.hasPrefix("HTTP/1.1 200 ") || bytes.hasPrefix("HTTP/1.1 400 "), "\(bytes)")
            let notUTF8 = try await Self.blocking {
                let connection = try RawConnection(port: port)
                connection.send(Array("GET /live HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTraceparent: ".utf8))
                connection.send([0xFF, 0xFE, 0x80, 0xC3, 0x28] + Array("\r\n\r\n".utf8))
                return try connection.receiveAll()
            }
            #expect(notUTF8.hasPrefix("HTTP/1.1 200 "), "\(notUTF8)")
        }
    }

    @Test("A client that never reads its answers is cut off")
    func neverReads() async throws {
        try await withIngestor(["--http-request-timeout-s", "1"]) { ingestor in
            let port = ingestor.port
            let request = String(repeating: "GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n", count: 100)
            let sent = try await Self.blocking {
                let connection = try RawConnection(port: port)
                var sent = 0
                while connection.send(request), sent < 10_000_000 { sent += 100 }
                return sent
            }
            #expect(sent < 10_000_000)
        }
    }

    @Test("A client that asks first is told to go on, or not to")
    func expectations() async throws {
        try await withIngestor(["--http-max-body-bytes", "1024"]) { ingestor in
            let port = ingestor.port
            let ask = Self.head + "Expect: 100-continue\r\nConnection: close\r\nContent-Length: "
            let refused = try await Self.blocking {
                let connection = try RawConnection(port: port)
                connection.send(ask + "5000\r\n\r\n")
                return try connection.receiveAll()
            }
            #expect(refused.hasPrefix("HTTP/1.1 413 "), "\(refused)")
            let (interim, final) = try await Self.blocking {
                let connection = try RawConnection(port: port)
                let body = "  \n"
                connection.send(ask + "\(body.utf8.count)\r\n\r\n")
                let interim = connection.receive()
                connection.send(body)
                return (interim, try connection.receiveAll())
            }
            #expect(interim.hasPrefix("HTTP/1.1 100 Continue\r\n\r\n"), "\(interim)")
            #expect(final.hasPrefix("HTTP/1.1 422 "), "\(final)")
        }
    }
}
