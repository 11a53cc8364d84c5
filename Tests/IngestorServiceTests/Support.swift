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

/// Lets a broker that was set down take connections again. It wants its old port back, and ends the process by an assertion
/// where a connection of somebody else's got that number meanwhile: that connection's end is waited for.
func setUp(_ broker: EmbeddedBroker) async throws {
    let port = UInt16(broker.bootstrapServers.split(separator: ":").last ?? "") ?? 0
    try await eventually("the broker's port is free") { isFree(port) }
    try broker.setUp()
}

private func isFree(_ port: UInt16) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var isReused: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &isReused, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr = in_addr(s_addr: inet_addr("127.0.0.1"))
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    return withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
    } == 0
}
