import Foundation
import TestSupport
import Testing

/// Files in, answers out, over a network broker, with independent clients looking on.
@Suite(.serialized) struct PipelineTests {
    private struct Hit: Decodable {
        let id: String
        let title: String?
    }

    @Test func filesBecomeAnswersThatStrangersConfirm() async throws {
        let services = try await Services()
        let published = try await services.publish([RepositoryFiles.url("Examples").path])
        #expect(published.status == 0, "\(published.messages)")
        let data = try services.folder.folder("data")
        let indexer = try services.startIndexer(dataDirectory: data)
        try await eventually("all examples are indexed") { try await services.indexedCount(data) == 4 }
        indexer.signal(SIGTERM)
        let ended = try await indexer.finish(within: .seconds(20))
        #expect(ended.status == 0, "\(ended.messages)")

        // Found in the other script, and though the file is full of pinyin.
        let hits: [Hit] = try await services.query(["search", "森林防火"], dataDirectory: data)
        #expect(hits.contains { $0.title == "雲溪縣召開森林防火工作會議" })

        // An independent client reads the same events, and an independent validator accepts them.
        let events = try await run(
            "kcat",
            ["-C", "-b", services.bootstrapServers, "-t", services.topic, "-e", "-q", "-f", "%s\n"],
            in: services.folder
        )
        #expect(events.status == 0, "\(events.messages)")
        let lines = events.output.split(separator: "\n")
        #expect(lines.count == 4)
        let file = try services.folder.write(events.output, to: "events.ndjson")
        let python = ProcessInfo.processInfo.environment["BULLETINS_TEST_PYTHON"] ?? "python3"
        let validation = try await run(
            python,
            [RepositoryFiles.url("scripts/validate-contract.py").path, "--events", file],
            in: services.folder
        )
        #expect(validation.status == 0, "\(validation.messages)")

        let headers = try await run(
            "kcat",
            ["-C", "-b", services.bootstrapServers, "-t", services.topic, "-e", "-q", "-f", "%k %h\n"],
            in: services.folder
        )
        for line in headers.output.split(separator: "\n") {
            let key = line.split(separator: " ")[0]
            for header in [
                "ce_specversion=1.0", "ce_type=bulletin.published.v1", "ce_subject=\(key)", "traceparent=00-",
                "content-type=application/json",
            ] {
                #expect(line.contains(header), "\(line)")
            }
        }
        try await services.close()
    }

    @Test func eventsOfAnIndependentProducerAreTakenInBothModes() async throws {
        let services = try await Services()
        let data = try services.folder.folder("data")
        let indexer = try services.startIndexer(dataDirectory: data)
        for name in ["published.binary", "published.structured"] {
            try await produce(name, services)
        }
        try await eventually("both examples are indexed") { try await services.indexedCount(data) == 2 }
        let meetings: [Hit] = try await services.query(["search", "水情监测"], dataDirectory: data)
        #expect(meetings.map(\.title) == ["青岚市召开防汛抗旱指挥部会议"])
        let notices: [Hit] = try await services.query(["search", "道路病害"], dataDirectory: data)
        #expect(notices.map(\.title) == ["关于做好春季道路养护工作的通知"])

        try await produce("withdrawn.binary", services)
        try await eventually("the withdrawn bulletin is hidden") {
            let hits: [Hit] = try await services.query(["search", "水情监测"], dataDirectory: data)
            return hits.isEmpty
        }
        indexer.signal(SIGTERM)
        #expect(try await indexer.finish().status == 0)
        try await services.close()
    }

    @Test func aTopicKeepsItsPartitionsAndItIsTold() async throws {
        let services = try await Services(partitions: 2)
        let inputs = try SampleBulletins.write(0..<1, to: "one", in: services.folder)
        #expect(try await services.publish([inputs]).messages.contains("partitions and keeps them") == false)
        let told = try await services.publish(["--partitions", "3", inputs])
        #expect(told.status == 0)
        #expect(told.messages.contains("topic \(services.topic) is there with 2 partitions and keeps them, not 3"))
        try await services.close()
    }

    @Test func whatCannotBeReadIsRejectedWithItsBytesAndTheRestGoesOn() async throws {
        let services = try await Services(partitions: 1)
        let data = try services.folder.folder("data")
        let type = ["-H", "ce_specversion=1.0", "-H", "ce_source=test", "-H", "ce_id=1"]
        try await kcat(["-H", "ce_type=bulletin.published.v1"] + type, value: "这不是 JSON", services)
        try await kcat(["-H", "ce_type=bulletin.sung.v9"] + type, value: "{}", services)
        try await kcat(["-H", "ce_type=bulletin.published.v1"] + type, value: #"{"id":"x"}"#, services)
        try await kcat(["-Z", "-K", ":"], value: "tombstone:", services)
        try await produce("published.binary", services)

        let indexer = try services.startIndexer(dataDirectory: data)
        try await eventually("the good record behind the bad ones is indexed") {
            try await services.indexedCount(data) == 1
        }
        struct Stats: Decodable { let rejected: Int }
        let stats: [Stats] = try await services.query(["stats"], dataDirectory: data)
        #expect(stats.first?.rejected == 4)

        let rejected = try await run(
            "kcat",
            [
                "-C", "-b", services.bootstrapServers, "-t", services.topic + ".rejected", "-e", "-q", "-f",
                "%o %S %s|%h\n",
            ],
            in: services.folder
        )
        let lines = rejected.output.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines.first?.contains("这不是 JSON|") == true)
        #expect(lines.first?.contains("__connect.errors.exception.class.name=invalid-json") == true)
        #expect(lines.last?.contains("-1 |") == true, "a null value stays null: \(lines)")
        indexer.signal(SIGTERM)
        #expect(try await indexer.finish().status == 0)
        try await services.close()
    }

    private func produce(_ example: String, _ services: Services) async throws {
        let headers = try String(
            contentsOf: RepositoryFiles.url("proto-json/examples/\(example).headers"),
            encoding: .utf8
        ).split(separator: "\n").flatMap { ["-H", String($0)] }
        // kcat takes a record a line: the same JSON on one.
        let object = try JSONSerialization.jsonObject(
            with: Data(contentsOf: RepositoryFiles.url("proto-json/examples/\(example).json"))
        )
        let line = try JSONSerialization.data(withJSONObject: object)
        let key = (object as? [String: Any]).flatMap { $0["subject"] as? String ?? $0["id"] as? String } ?? ""
        try await kcat(headers + ["-k", key], value: String(decoding: line, as: UTF8.self), services)
    }

    private func kcat(_ arguments: [String], value: String, _ services: Services) async throws {
        let input = try services.folder.write(value + "\n", to: UUID().uuidString)
        let result = try await run(
            "kcat",
            ["-P", "-b", services.bootstrapServers, "-t", services.topic] + arguments,
            input: URL(filePath: input),
            in: services.folder
        )
        #expect(result.status == 0, "\(result.messages)")
    }
}
