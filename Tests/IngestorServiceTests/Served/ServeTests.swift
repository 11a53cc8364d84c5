import BulletinEvents
import Foundation
import IngestorService
import Kafka
import Operations
import TestSupport
import Testing

/// The service as a process of its own, over HTTP, against a broker that is another process or can be taken down.
@Suite("Serving", .timeLimit(.minutes(20))) struct ServeTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func broker() throws -> EmbeddedBroker {
        try EmbeddedBroker(topics: [("bulletins", 4), ("bulletins.rejected", 1)], logger: quiet)
    }

    @Test("Accepted, unchanged, changed, withdrawn: told as such, and in the topic for others to read")
    func wayOfABulletin() async throws {
        let portFile = folder.path("broker.port")
        let broker = try RunningCommand("bulletins", ["broker", "--port-file", portFile], in: folder)
        try await eventually("the broker listens") { FileManager.default.fileExists(atPath: portFile) }
        let bootstrap = try String(contentsOfFile: portFile, encoding: .utf8).trimmingCharacters(in: .newlines)
        let ingestor = try await ServedIngestor(in: folder, broker: bootstrap)

        let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
        let accepted = try await ingestor.request(
            "POST",
            "/v1/bulletins",
            Array(sample(1).utf8),
            headers: ["Content-Type": "text/plain", "traceparent": "00-\(trace)-00f067aa0ba902b7-01"]
        )
        #expect(accepted.status == 202, "\(accepted.text)")
        #expect(accepted.headers["traceparent"]?.contains(trace) == true)
        let id = try #require(try accepted.string("id"))
        #expect(accepted.headers["location"] == "/v1/bulletins/\(id)/delivery")
        #expect(try accepted.string("title") == "云溪县召开第1次防汛工作会议")
        let unchanged = try await ingestor.post(sample(1))
        #expect(try unchanged.status == 200 && unchanged.string("status") == "unchanged")
        #expect(try unchanged.string("id") == id)
        let changed = try await ingestor.post(sample(1, revision: 1))
        #expect(try changed.status == 202 && changed.string("id") == id)
        let withdrawn = try await ingestor.request("DELETE", "/v1/bulletins/\(id)?reason=%E9%94%99")
        #expect(try withdrawn.status == 202 && withdrawn.string("id") == id)
        #expect(try await ingestor.request("DELETE", "/v1/bulletins/\(id)").status == 200)
        try await ingestor.drained()
        let delivery = try await ingestor.request("GET", "/v1/bulletins/\(id)/delivery")
        #expect(try delivery.string("status") == "delivered" && delivery.string("event") == "withdrawal")
        #expect(try delivery.number("offset") == 2)

        // No metric that nobody has described.
        let metrics = try await ingestor.request("GET", "/metrics").text
        let types = metrics.matches(of: /(?m)^# TYPE (\S+) (\S+)$/).map { "\($0.1) \($0.2)" }
        let described = (ServiceMetrics.catalogue + MetricDescription.process).map { "\($0.name) \($0.kind.rawValue)" }
        #expect(types.count > 20 && Set(types).isSubset(of: described), "\(Set(types).subtracting(described))")

        // An independent client reads what stands there.
        let read = try await run(
            "kcat",
            ["-C", "-b", bootstrap, "-t", "bulletins", "-e", "-q", "-f", "%k|%h|%s\n"],
            in: folder
        )
        let lines = read.output.split(separator: "\n").map { $0.split(separator: "|", maxSplits: 2) }
        #expect(lines.count == 3 && lines.allSatisfy { $0.count == 3 && $0[0] == id }, "\(read.output)")
        let published = lines.map { $0[1].contains("ce_type=bulletin.published.v1") }
        #expect(published == [true, true, false])
        #expect(lines.first?[1].contains("traceparent=00-\(trace)-") == true)
        let withdrawal = try JSONDecoder().decode(Withdrawal.self, from: Data((lines.last?[2] ?? "").utf8))
        #expect(withdrawal.id == id && withdrawal.reason == "错")

        let ended = try await ingestor.stop()
        #expect(ended.status == 0, "\(ended.messages)")
        broker.signal(SIGTERM)
        _ = try await broker.finish()
    }

    @Test("What is sent while no broker answers is accepted, and goes out once one does")
    func outage() async throws {
        let broker = try broker()
        try ProcessStarts.held { try broker.setDown() }
        let ingestor = try await ServedIngestor(in: folder, broker: broker.bootstrapServers, ["--ready-backlog", "3"])
        var ids: Set<String> = []
        for number in 0..<3 {
            let answer = try await ingestor.post(sample(number))
            #expect(answer.status == 202)
            if let id = try answer.string("id") { ids.insert(id) }
        }
        // Ready still: what waits is within the bound. One more, and it is not, and says why.
        let ready = try await ingestor.request("GET", "/ready")
        #expect(ready.status == 200 && ready.text.contains(#""name":"kafka","ok":false"#), "\(ready.text)")
        #expect(try await ingestor.post(sample(3)).status == 202)
        let notReady = try await ingestor.request("GET", "/ready")
        #expect(notReady.status == 503 && notReady.text.contains("4 of 3 events wait"), "\(notReady.text)")
        #expect(try await ingestor.request("GET", "/live").status == 200)
        #expect(try await ingestor.metric("bulletins_ingestor_outbox_oldest_age_seconds") > 0)
        let id = try #require(ids.first)
        #expect(try await ingestor.request("GET", "/v1/bulletins/\(id)/delivery").string("status") == "pending")
        try await setUp(broker)
        try await ingestor.drained()
        #expect(try await ingestor.request("GET", "/ready").status == 200)
        let keys = Set(try await readTopic("bulletins", on: broker.bootstrapServers).map(\.key))
        #expect(keys.count == 4 && ids.isSubset(of: keys))
        #expect(try await ingestor.stop().status == 0)
        await broker.close()
    }

    @Test("SIGTERM without a broker ends within its time, and the next start publishes the rest")
    func termination() async throws {
        let broker = try broker()
        try ProcessStarts.held { try broker.setDown() }
        let ingestor = try await ServedIngestor(in: folder, broker: broker.bootstrapServers)
        for number in 0..<5 { #expect(try await ingestor.post(sample(number)).status == 202) }
        let ended = try await ingestor.stop()
        #expect(ended.status == 0, "\(ended.messages)")
        #expect(ended.messages.contains("count=5"), "\(ended.messages)")
        try await setUp(broker)
        let again = try await ServedIngestor(in: folder, broker: broker.bootstrapServers)
        try await again.drained()
        #expect(try await again.post(sample(4)).string("status") == "unchanged")
        #expect(try await again.stop().status == 0)
        #expect(Set(try await readTopic("bulletins", on: broker.bootstrapServers).map(\.key)).count == 5)
        await broker.close()
    }

    @Test("SIGTERM: a request that has begun is finished and goes out; one that hangs is cut off within the time")
    func draining() async throws {
        let broker = try broker()
        // A third of the time is for requests: on a busy machine the clients below need some seconds.
        let ingestor = try await ServedIngestor(
            in: folder,
            broker: broker.bootstrapServers,
            ["--shutdown-timeout-s", "60", "--http-request-timeout-s", "300"]
        )
        let document = Array(sample(1).utf8)
        let head =
            "POST /v1/bulletins HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: \(document.count)\r\n"
        let port = ingestor.port
        // The interim answer tells that the request is being read.
        let (late, hangs) = try await DedicatedThread.run(name: "clients") {
            let (late, hangs) = (try RawConnection(port: port), try RawConnection(port: port))
            for connection in [late, hangs] {
                connection.send(head + "Expect: 100-continue\r\n\r\n")
                #expect(connection.receive().hasPrefix("HTTP/1.1 100 "))
                connection.send(Array(document.prefix(20)))
            }
            return (late, hangs)
        }
        ingestor.process.signal(SIGTERM)
        try await eventually("nobody new is let in") {
            try await DedicatedThread.run(name: "client") { (try? RawConnection(port: port)) == nil }
        }
        let answers = try await DedicatedThread.run(name: "clients") {
            late.send(Array(document.dropFirst(20)))
            return (try late.receiveAll(), try hangs.receiveAll())
        }
        #expect(answers.0.hasPrefix("HTTP/1.1 202 "), "\(answers.0)")
        #expect(answers.1.isEmpty, "\(answers.1)")
        let ended = try await ingestor.process.finish(within: .seconds(120))
        #expect(ended.status == 0 && ended.messages.contains("cut off"), "\(ended.messages)")
        #expect(try await readTopic("bulletins", on: broker.bootstrapServers).count == 1)
        await broker.close()
    }

    @Test("A batch: each line by itself, in order, also of one bulletin")
    func batch() async throws {
        let broker = try broker()
        let ingestor = try await ServedIngestor(in: folder, broker: broker.bootstrapServers)
        func line(_ number: Int, _ revision: Int) -> String {
            #"{"title":"第\#(number)号","text":"第\#(number)号通知，第\#(revision)稿。","url":"http://example.org/\#(number)"}"#
        }
        let lines = [line(1, 0), "{\"text\": ", "", line(2, 0), line(1, 1), line(1, 1), #"{"title":"x"}"#, line(1, 2)]
        let answer = try await ingestor.request(
            "POST",
            "/v1/bulletins:batch",
            Array(lines.joined(separator: "\n").utf8),
            headers: ["Content-Type": "application/x-ndjson"]
        )
        #expect(answer.status == 200, "\(answer.text)")
        #expect(try answer.number("accepted") == 4 && answer.number("unchanged") == 1 && answer.number("refused") == 2)
        let results = try #require(try answer.object()["results"] as? [[String: Any]])
        #expect(results.map { $0["line"] as? Int } == [1, 2, 4, 5, 6, 7, 8])
        let problem = try #require(results[1]["problem"] as? [String: Any])
        #expect(problem["code"] as? String == "parse-failed" && problem["status"] as? Int == 422)
        try await ingestor.drained()
        let records = try await readTopic("bulletins", on: broker.bootstrapServers)
        let id = try #require((results[0]["receipt"] as? [String: Any])?["id"] as? String)
        let texts = try records.filter { $0.key == id }.map {
            try JSONDecoder().decode(Bulletin.self, from: Data($0.value)).paragraphs.joined()
        }
        #expect(texts.count == 3)
        for (index, text) in texts.enumerated() { #expect(text.contains("第\(index)稿"), "\(text)") }
        #expect(try await ingestor.stop().status == 0)
        await broker.close()
    }

    @Test("Settings that cannot work together end it before anything is opened")
    func settings() async throws {
        let outbox = folder.path("outbox.sqlite")
        let cases: [([String], String)] = [
            ([], "--outbox"),
            (["--outbox", outbox, "--listen", "0.0.0.0:0"], "without TLS"),
            (["--outbox", outbox, "--listen", "[::]:0", "--allow-plaintext"], "without tokens"),
            (["--outbox", outbox, "--tls-key", "k.pem"], "tls-certificate"),
            (["--outbox", outbox, "--http-max-body-bytes", "0"], "http-max-body-bytes"),
            (["--outbox", outbox, "--tokens", folder.path("none")], "token file"),
            (["--outbox", outbox, "--kafka", "lingr.ms=1"], "lingr.ms"),
        ]
        for (arguments, word) in cases {
            let result = try await run("bulletin-ingestor", ["serve"] + arguments, in: folder)
            #expect(result.status == 64 && result.messages.contains(word), "\(arguments): \(result.messages)")
            #expect(result.messages.split(separator: "\n").count == 1)
            #expect(!FileManager.default.fileExists(atPath: outbox))
        }
        let printed = try await run(
            "bulletin-ingestor",
            ["serve", "--outbox", outbox, "--kafka", "sasl.password=hunter2", "--print-config"],
            environment: ["BULLETINS_LISTEN": "127.0.0.1:1"],
            in: folder
        )
        #expect(printed.status == 0 && !printed.output.contains("hunter2"))
        #expect(printed.output.contains(#""key":"listen","value":"127.0.0.1:1","origin":"environment variable"#))
    }
}
