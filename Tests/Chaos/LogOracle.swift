import BulletinEvents
import Foundation
import Kafka
import Logging

/// What the log holds, read by itself, and what a file has to say after a prefix of it: the rules of the read model once
/// more, in twenty lines that share nothing with it.
struct LogOracle {
    /// One record.
    enum Record {
        case value(ChaosValue)
        case unreadable
    }

    /// A revision: the value and the record that brought it.
    struct Revision: Hashable {
        var value: ChaosValue
        var offset: Int64
    }

    /// What one partition's file has to hold.
    struct Expectation {
        var revisions: [String: [Revision]] = [:]
        var rejected: [Int64] = []
    }

    /// Each partition's records by offset.
    private(set) var records: [Int32: [(offset: Int64, record: Record)]] = [:]
    /// Where each partition's log ends.
    private(set) var ends: [Int32: Int64] = [:]

    /// Reads the whole log. Blocks.
    init(kafka: KafkaConfiguration, topic: String, partitions: Int) throws {
        var kafka = kafka
        kafka["enable.partition.eof"] = "true"
        let consumer = try KafkaConsumer(configuration: kafka, logger: Logger(label: "oracle"))
        defer { try? consumer.close(timeout: .seconds(5)) }
        for partition in 0..<Int32(partitions) {
            let source = TopicPartition(topic: topic, partition: partition)
            let log = try consumer.queryWatermarks(source, timeout: .seconds(30))
            guard log.low == 0 else {
                throw ChaosError("\(source) lost its first \(log.low) records: fewer, or slower")
            }
            ends[partition] = log.high
            guard log.high > 0, let queue = try consumer.assignManually([source: 0])[source] else { continue }
            read: while true {
                let batch = try queue.read(maxRecords: 1_000, timeout: .seconds(30))
                for record in batch {
                    records[partition, default: []].append((record.offset, Self.read(record)))
                }
                switch batch.interruption {
                case .endOfPartition(let end) where end >= log.high: break read
                case .failure(let error): throw error
                case .givenUp: throw ChaosError("\(source) was taken from its reader")
                case .endOfPartition, nil:
                    if (records[partition]?.last?.offset ?? -1) + 1 >= log.high { break read }
                }
            }
        }
    }

    private static func read(_ record: ConsumerRecord) -> Record {
        guard let bytes = record.value,
            let object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any],
            let text = (object["paragraphs"] as? [String])?.first, let value = ChaosValue(text: text)
        else { return .unreadable }
        return .value(value)
    }

    /// What a file has to hold that stands at `nextOffset`.
    func expectation(partition: Int32, nextOffset: Int64) -> Expectation {
        var expected = Expectation()
        for (offset, record) in records[partition] ?? [] where offset < nextOffset {
            switch record {
            case .unreadable: expected.rejected.append(offset)
            case .value(let value):
                // The same text again is no new revision.
                if expected.revisions[value.id]?.last?.value == value { continue }
                expected.revisions[value.id, default: []].append(Revision(value: value, offset: offset))
            }
        }
        return expected
    }
}

extension ChaosValue {
    /// Reads the text of a bulletin; nil for any other.
    init?(text: String) {
        guard let match = text.wholeMatch(of: /第(\d+)号清单第(\d+)版/), let key = Int(match.1), let value = Int(match.2)
        else {
            return nil
        }
        self.init(key: key, value: value)
    }
}

/// The harness itself could not do its work.
struct ChaosError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
