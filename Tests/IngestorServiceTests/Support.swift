import BulletinEvents
import Foundation
import Kafka
import Logging
import Synchronization
import TestSupport

@testable import IngestorService

let quiet = Logger(label: "ingestor-service-tests") { _ in SwiftLogNoOpLogHandler() }

/// A small event, told apart by its number.
func entry(_ id: String, revision: Int = 0, size: Int = 20) -> OutboxEntry {
    OutboxEntry(
        bulletinID: id,
        effect: .publication,
        fingerprint: "r\(revision)",
        record: EventRecord(
            key: Array(id.utf8),
            value: Array("\(id) \(revision) ".utf8) + Array(repeating: UInt8(ascii: "x"), count: size),
            headers: [.init(name: "ce_id", value: .init(Array("\(id):\(revision)".utf8)))]
        )
    )
}

func pending(_ id: String, _ sequence: Int64) -> PendingEntry {
    PendingEntry(sequence: sequence, bulletinID: id, acceptedAt: 0, headers: [], value: [1, 2, 3])
}

/// Opens an outbox off the cooperative pool.
func open(_ path: String, limits: OutboxLimits = OutboxLimits(reservedDiskBytes: 0)) async throws -> Outbox {
    try await DedicatedThread.run(name: "open") { try Outbox(path: path, limits: limits, logger: quiet) }
}

/// What stands in a topic, in the order of each partition.
func readTopic(_ topic: String, on bootstrapServers: String) async throws -> [(
    key: String, value: [UInt8], headers: [KafkaHeader]
)] {
    struct Read: Sendable {
        var key: String
        var value: [UInt8]
        var headers: [KafkaHeader]
    }
    let records = try await DedicatedThread.run(name: "read-topic") { () throws -> [Read] in
        let configuration = KafkaConfiguration(bootstrapServers: bootstrapServers)
        let consumer = try KafkaConsumer(configuration: configuration, logger: quiet)
        defer { try? consumer.close(timeout: .seconds(10)) }
        var records: [Read] = []
        let count = try consumer.partitionCount(of: topic, timeout: .seconds(10))
        var ends: [TopicPartition: Watermarks] = [:]
        for partition in 0..<count {
            let place = TopicPartition(topic: topic, partition: Int32(partition))
            ends[place] = try consumer.queryWatermarks(place, timeout: .seconds(10))
        }
        let queues = try consumer.assignManually(ends.mapValues(\.low))
        for (place, queue) in queues {
            var next = ends[place]?.low ?? 0
            while next < ends[place]?.high ?? 0 {
                let batch = try queue.read(maxRecords: 1_000, timeout: .seconds(10))
                if batch.isEmpty { throw TestFailure("\(place) gave nothing at \(next)") }
                for record in batch {
                    next = record.offset + 1
                    records.append(
                        Read(
                            key: String(decoding: record.key ?? [], as: UTF8.self),
                            value: record.value ?? [],
                            headers: record.headers
                        )
                    )
                }
            }
        }
        return records
    }
    return records.map { ($0.key, $0.value, $0.headers) }
}

func entryHeader(_ name: String, _ value: [UInt8]?) -> RejectedRecord.Header {
    RejectedRecord.Header(name: name, value: value.map { RejectedRecord.Bytes($0) })
}
