import Foundation
import Kafka
import Logging
import Synchronization

let quiet = Logger(label: "kafka-tests") { _ in SwiftLogNoOpLogHandler() }

extension EmbeddedBroker {
    convenience init(_ topics: (name: String, partitions: Int)...) throws {
        try self.init(topics: topics, logger: quiet)
    }

    func configuration(_ properties: (String, String)...) -> KafkaConfiguration {
        KafkaConfiguration(bootstrapServers: bootstrapServers, properties: properties)
    }
}

/// Nothing listens there: port 1 is privileged and unused.
let deadBroker = "127.0.0.1:1"

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// Publishes `count` records with values "0", "1" ... and waits for all of them.
func produce(_ count: Int, to topic: String, partition: Int32? = nil, on broker: EmbeddedBroker) async throws {
    let producer = try KafkaProducer(configuration: broker.configuration(("linger.ms", "0")), logger: quiet)
    let failures = Collected<KafkaError>()
    for index in 0..<count {
        // Without a key, so that they are spread evenly if no partition is given.
        let target = partition ?? Int32(index % 4)
        try await producer.enqueue(
            ProducerRecord(topic: topic, partition: target, value: bytes("\(index)"))
        ) { if case .failure(let error) = $0 { failures.add(error) } }
    }
    try await producer.flush(timeout: .seconds(30))
    await producer.close()
    if let first = failures.values.first { throw first }
}

/// Values added from any thread.
final class Collected<Value: Sendable>: Sendable {
    private let storage = Mutex<[Value]>([])
    var values: [Value] { storage.withLock { $0 } }
    func add(_ value: Value) { storage.withLock { $0.append(value) } }
}

struct NothingCame: Error {
    var after: Int
}

/// Reads until `count` records have come or the stream is interrupted.
func readAll(_ queue: PartitionQueue, count: Int) throws -> (records: [ConsumerRecord], end: StreamInterruption?) {
    var records: [ConsumerRecord] = []
    while records.count < count {
        let batch = try queue.read(maxRecords: count - records.count, timeout: .seconds(20))
        if batch.isEmpty, batch.interruption == nil { throw NothingCame(after: records.count) }
        records += Array(batch)
        if let interruption = batch.interruption { return (records, interruption) }
    }
    return (records, nil)
}

/// Runs `body` with a consumer on a thread of its own and closes the consumer whatever happens.
func withConsumer<Value: Sendable>(
    _ configuration: KafkaConfiguration,
    _ body: @escaping @Sendable (KafkaConsumer) throws -> Value
) async throws -> Value {
    try await DedicatedThread.run(name: "consumer-test") {
        let consumer = try KafkaConsumer(configuration: configuration, logger: quiet)
        let result = Result { try body(consumer) }
        try? consumer.close(timeout: .seconds(10))
        return try result.get()
    }
}

extension TopicPartition {
    init(_ topic: String, _ partition: Int32) { self.init(topic: topic, partition: partition) }
}
