import Foundation
import Kafka
import Testing
import TestSupport

@Suite(.timeLimit(.minutes(20)))
struct RoundTripTests {
    struct Content: Equatable, Sendable {
        var key: [UInt8]?
        var value: [UInt8]?
        var headers: [KafkaHeader]
    }

    static let headers = [
        KafkaHeader("a", text: "1"), KafkaHeader("a", nil), KafkaHeader("b", []), KafkaHeader("", [0, 255]),
    ]

    @Test func nullAndEmptyStayWhatTheyWere() async throws {
        let broker = try EmbeddedBroker((name: "t", partitions: 1))
        let sent = [
            Content(key: nil, value: nil, headers: []),
            Content(key: [], value: [], headers: Self.headers),
            Content(key: [1], value: nil, headers: []),
            Content(key: nil, value: [0, 255], headers: Self.headers),
        ]
        let producer = try KafkaProducer(configuration: broker.configuration(), logger: quiet)
        for (index, content) in sent.enumerated() {
            let metadata = try await producer.send(
                ProducerRecord(topic: "t", key: content.key, value: content.value, headers: content.headers)
            )
            #expect(metadata.offset == Int64(index))
            #expect(metadata.topicPartition == TopicPartition("t", 0))
        }
        await producer.close()

        let received = try await withConsumer(broker.configuration()) { consumer in
            let queue = try #require(try consumer.assignManually([TopicPartition("t", 0): 0])[TopicPartition("t", 0)])
            let (records, _) = try readAll(queue, count: sent.count)
            #expect(records.map(\.offset) == [0, 1, 2, 3])
            #expect(records.allSatisfy { $0.topic == "t" && $0.partition == 0 && ($0.timestamp ?? 0) > 0 })
            #expect(records.map(\.valueCount) == [0, 0, 0, 2])
            #expect(records[1].lastHeader("a") == KafkaHeader("a", nil))
            #expect(records[1].lastHeader("none") == nil)
            #expect(queue.position == 4)
            return records.map { Content(key: $0.key, value: $0.value, headers: $0.headers) }
        }
        #expect(received == sent)
        await broker.close()
    }

    /// Partitions as Java's murmur2 gives them; hashes from Apache Kafka's own UtilsTest.
    @Test(arguments: [
        ("21", Int32(-973_932_308)), ("foobar", -790_332_482), ("a-little-bit-long-string", -985_981_536),
        ("a-little-bit-longer-string", -1_486_304_829), ("abc", 479_470_107),
        ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58_897_971),
    ])
    func keysLandWhereJavaClientsPutThem(key: String, hash: Int32) async throws {
        let broker = try EmbeddedBroker((name: "t", partitions: 7))
        let producer = try KafkaProducer(configuration: broker.configuration(("linger.ms", "0")), logger: quiet)
        let metadata = try await producer.send(ProducerRecord(topic: "t", key: bytes(key), value: nil))
        #expect(metadata.topicPartition.partition == (hash & 0x7fff_ffff) % 7)
        await producer.close()
        await broker.close()
    }

    static let kcat = ["/usr/bin/kcat", "/usr/local/bin/kcat"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    private func shell(_ script: String) async throws -> Data {
        try await DedicatedThread.run(name: "kcat") {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = ["-c", script]
            let output = Pipe()
            process.standardOutput = output
            try ProcessStarts.run(process)
            let data = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            return data
        }
    }

    @Test(.enabled(if: kcat != nil, "kcat is not installed"))
    func kcatReadsWhatTheProducerWrote() async throws {
        let kcat = try #require(Self.kcat)
        let broker = try EmbeddedBroker((name: "t", partitions: 1))
        let producer = try KafkaProducer(configuration: broker.configuration(), logger: quiet)
        for record in [
            ProducerRecord(topic: "t", key: bytes("k"), value: bytes("区卫健局"), headers: [KafkaHeader("h", text: "x")]),
            ProducerRecord(topic: "t", key: nil, value: nil),
            ProducerRecord(topic: "t", key: [], value: []),
        ] { _ = try await producer.send(record) }
        await producer.close()
        // %K and %S are lengths, -1 for null.
        let output = try await shell(
            "\(kcat) -q -C -b \(broker.bootstrapServers) -t t -p 0 -o beginning -e -f '%o %K %S %s %h\\n'"
        )
        #expect(String(decoding: output, as: UTF8.self) == "0 1 12 区卫健局 h=x\n1 -1 -1  \n2 0 0  \n")
        await broker.close()
    }

    @Test(.enabled(if: kcat != nil, "kcat is not installed"))
    func bytesThatAreNotUTF8DoNotStopAConsumer() async throws {
        let kcat = try #require(Self.kcat)
        let broker = try EmbeddedBroker((name: "t", partitions: 1))
        _ = try await shell(
            "printf 'v\\377' | \(kcat) -q -P -b \(broker.bootstrapServers) -t t -p 0 -k \"$(printf '\\376')\""
                + " -H \"$(printf 'n\\377=w\\377')\""
        )
        let content = try await withConsumer(broker.configuration()) { consumer in
            let queue = try #require(try consumer.assignManually([TopicPartition("t", 0): 0])[TopicPartition("t", 0)])
            let record = try #require(try readAll(queue, count: 1).records.first)
            return Content(key: record.key, value: record.value, headers: record.headers)
        }
        #expect(
            content == Content(key: [254], value: [118, 255], headers: [KafkaHeader("n\u{FFFD}", [119, 255])])
        )
        await broker.close()
    }
}
