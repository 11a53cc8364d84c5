import BulletinEvents
import Foundation
import Kafka
import Logging
import ReadModel
import Synchronization
import TestSupport

@testable import Indexer

/// A topic and data folders, for indexers within the test's own process.
protocol IndexerBench: Sendable {
    var folder: TemporaryFolder { get }
    var topic: String { get }
    var bootstrapServers: String { get }
}

/// A bench with an embedded broker of its own.
final class IndexerHarness: IndexerBench {
    let folder: TemporaryFolder
    let broker: EmbeddedBroker
    let topic: String
    let partitions: Int

    var bootstrapServers: String { broker.bootstrapServers }

    init(topic: String = "bulletins", partitions: Int = 1) async throws {
        folder = try TemporaryFolder()
        self.topic = topic
        self.partitions = partitions
        broker = try EmbeddedBroker(
            topics: [(topic, partitions), ("bulletins.rejected", 1)],
            logger: Logger(label: "broker")
        )
    }

    /// A text as an id or hash of the contract looks.
    static func hexadecimal(_ text: String, count: Int) -> String {
        let digits = text.utf8.map { String(UInt16($0) | 0x100, radix: 16).suffix(2) }.joined()
        return String((digits + String(repeating: "0", count: count)).prefix(count))
    }
}

extension IndexerBench {
    var kafka: KafkaConfiguration {
        KafkaConfiguration(
            bootstrapServers: bootstrapServers,
            properties: [("session.timeout.ms", "6000"), ("heartbeat.interval.ms", "500")]
        )
    }

    func data(_ name: String = "data") -> String { folder.path(name) }

    /// Of the files in `data`.
    var maintenance: Maintenance {
        Maintenance(kafka: kafka, dataDirectory: data(), topic: topic, logger: LogLines().logger())
    }

    func configuration(_ name: String = "data", topic: String? = nil, group: String = "test") -> IndexerConfiguration {
        var configuration = IndexerConfiguration(dataDirectory: data(name), kafka: kafka)
        configuration.topic = topic ?? self.topic
        configuration.group = group
        configuration.retryDelays = .milliseconds(50) ... .milliseconds(200)
        return configuration
    }

    /// Publishes one record a text, each a bulletin, to one partition.
    func publish(_ ids: [String], to topic: String? = nil, partition: Int32 = 0, text: String = "第一版") async throws {
        let producer = try KafkaProducer(configuration: kafka, logger: Logger(label: "producer"))
        for id in ids {
            let bulletin = Bulletin(
                id: IndexerHarness.hexadecimal(id, count: 32),
                kind: .notice,
                paragraphs: [text],
                contentHash: IndexerHarness.hexadecimal(text, count: 64)
            )
            let event = EventEncoder().encode(
                bulletin,
                metadata: EventMetadata(id: "e-\(id)-\(text)", source: "test", type: EventType.published.rawValue)
            )
            _ = try await producer.send(
                ProducerRecord(
                    topic: topic ?? self.topic,
                    partition: partition,
                    key: event.key,
                    value: event.value,
                    headers: event.headers.map { KafkaHeader($0.name, $0.value?.bytes) }
                )
            )
        }
        await producer.close()
    }

    /// Publishes a record as it is.
    func publishRaw(key: String, value: String, partition: Int32 = 0) async throws {
        let producer = try KafkaProducer(configuration: kafka, logger: Logger(label: "producer"))
        _ = try await producer.send(
            ProducerRecord(topic: topic, partition: partition, key: Array(key.utf8), value: Array(value.utf8))
        )
        await producer.close()
    }

    /// Runs an indexer while `body` runs; throws what ends it before.
    func withIndexer<Value: Sendable>(
        _ configuration: IndexerConfiguration,
        logger: Logger = Logger(label: "indexer") { _ in SwiftLogNoOpLogHandler() },
        onProgress: @escaping @Sendable (IndexProgress) -> Void = { _ in },
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let service = IndexerService(configuration: configuration, logger: logger, onProgress: onProgress)
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                try await service.run()
                return nil
            }
            group.addTask { try await body() }
            while let result = try await group.next() {
                if let value = result {
                    group.cancelAll()
                    // The indexer finishes its transactions.
                    while !group.isEmpty { _ = try? await group.next() }
                    return value
                }
            }
            throw TestFailure("the indexer ended before its time")
        }
    }

    func state(_ name: String = "data", topic: String? = nil, partition: Int32 = 0) -> PartitionState? {
        guard let reader = try? ReadModelReader(dataDirectories: [data(name)]),
            let found = try? reader.partitions().first(where: {
                $0.topic == topic ?? self.topic && $0.partition == partition
            })
        else { return nil }
        return PartitionState(
            clusterID: found.clusterId,
            topic: found.topic,
            partition: found.partition,
            generation: found.generation,
            nextOffset: found.nextOffset
        )
    }
}

/// Log lines of a test, by level.
final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    func logger(_ level: Logger.Level = .info) -> Logger {
        Logger(label: "test") { _ in Handler(lines: self, logLevel: level) }
    }

    private struct Handler: LogHandler {
        let lines: LogLines
        var logLevel: Logger.Level
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let values = metadata.merging(event.metadata ?? [:]) { $1 }.map { "\($0.key)=\($0.value)" }.sorted()
            lines.lines.withLock { $0.append("\(event.level) \(event.message) \(values.joined(separator: " "))") }
        }
    }
}
