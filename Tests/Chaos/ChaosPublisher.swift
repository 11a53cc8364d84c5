import BulletinEvents
import Foundation
import Kafka
import Logging
import Synchronization
import TestSupport

/// Publishes values that are unique for each key: `value 17 of key 4`. A key lives in one partition.
final class ChaosPublisher: Sendable {
    private struct State {
        var values: [Int: Int] = [:]
        var isStopping = false
    }

    /// What became of the records.
    private final class Outcomes: Sendable {
        let counts = Mutex((acknowledged: Int64(0), failures: [String]()))

        func add(_ result: Result<RecordMetadata, KafkaError>) {
            counts.withLock { counts in
                switch result {
                case .success: counts.acknowledged += 1
                case .failure(let error): counts.failures.append("\(error)")
                }
            }
        }
    }

    static let keys = 160

    private let producer: LastingProducer
    private let topic: String
    private let partitions: Int
    private let state = Mutex(State())
    private let outcomes = Outcomes()

    init(kafka: KafkaConfiguration, topic: String, partitions: Int) throws {
        var kafka = kafka
        // Longer than any broker is down.
        kafka["message.timeout.ms"] = "300000"
        kafka["linger.ms"] = "5"
        let outcomes = outcomes
        producer = try LastingProducer { [kafka] in
            try KafkaProducer(configuration: kafka, logger: Logger(label: "publisher"))
        } onOutcome: { result in
            outcomes.add(result)
        }
        self.topic = topic
        self.partitions = partitions
    }

    /// What the broker has not taken, in words.
    var failures: [String] { outcomes.counts.withLock { $0.failures } }

    /// How many records were accepted by the broker.
    var acknowledged: Int64 { outcomes.counts.withLock { $0.acknowledged } }

    /// How often the producer failed for good and another took its place.
    var replacements: Int { get async { await producer.replacements } }

    /// Publishes until ``stop()``, so many records a second.
    func run(rate: Int, seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let pause = Duration.seconds(1) / rate
        var next = ContinuousClock.now
        while !state.withLock({ $0.isStopping }) {
            let key = Int.random(in: 0..<Self.keys, using: &generator)
            let value = state.withLock { state in
                state.values[key, default: 0] += 1
                return state.values[key] ?? 0
            }
            try await send(key: key, value: value)
            next = max(next.advanced(by: pause), .now.advanced(by: .milliseconds(-500)))
            try await Task.sleep(until: next)
        }
    }

    func stop() { state.withLock { $0.isStopping = true } }

    /// Publishes the last values of a few keys once more: they change nothing.
    func repeatSome(_ generator: inout SeededGenerator) async throws {
        for _ in 0..<5 {
            let key = Int.random(in: 0..<Self.keys, using: &generator)
            guard let value = state.withLock({ $0.values[key] }) else { continue }
            try await send(key: key, value: value)
        }
    }

    /// Publishes records that are no events.
    func poison(_ generator: inout SeededGenerator) async throws {
        for _ in 0..<3 {
            let partition = Int32.random(in: 0..<Int32(partitions), using: &generator)
            let bytes = (0..<40).map { _ in UInt8.random(in: 0...255, using: &generator) }
            try await producer.send(
                ProducerRecord(topic: topic, partition: partition, key: Array("poison".utf8), value: bytes)
            )
        }
    }

    /// Returns when the outcome of every record is known.
    func finish() async throws {
        try await producer.finish(timeout: .seconds(120))
    }

    private func send(key: Int, value: Int) async throws {
        let text = ChaosValue(key: key, value: value)
        let bulletin = Bulletin(
            id: text.id,
            kind: .notice,
            paragraphs: [text.text],
            contentHash: text.hash
        )
        let event = EventEncoder().encode(
            bulletin,
            metadata: EventMetadata(id: "\(key)-\(value)", source: "chaos", type: EventType.published.rawValue)
        )
        try await producer.send(
            ProducerRecord(
                topic: topic,
                partition: Int32(key % partitions),
                key: event.key,
                value: event.value,
                headers: event.headers.map { KafkaHeader($0.name, $0.value?.bytes) }
            )
        )
    }
}

/// One value of one key, and how it looks as a bulletin.
struct ChaosValue: Hashable {
    let key: Int
    let value: Int

    var id: String { Self.hexadecimal(UInt64(key), count: 32) }
    var text: String { "第\(key)号清单第\(value)版" }
    var hash: String { Self.hexadecimal(UInt64(key) << 32 | UInt64(value), count: 64) }

    private static func hexadecimal(_ number: UInt64, count: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: count - digits.count) + digits
    }
}
