internal import Kafka
internal import Logging

/// Reads one record of each of some partitions, for the time at which it was published.
struct OldestRecords {
    enum Answer: Hashable, Sendable {
        /// Milliseconds since 1970.
        case published(Int64)
        /// The record has no time.
        case withoutTime
        /// There is no record from there on, whatever the offsets say.
        case nothing
    }

    let kafka: KafkaConfiguration
    let logger: Logger

    /// The time of the first record at or behind each offset; partitions that gave nothing in time are absent. Blocks.
    func times(_ starts: [TopicPartition: Int64], timeout: Duration) throws -> [TopicPartition: Answer] {
        var kafka = kafka
        kafka["enable.partition.eof"] = "true"
        kafka["auto.offset.reset"] = "error"
        // One record is wanted of each, not a buffer full of them.
        kafka["queued.min.messages"] = "1"
        kafka["fetch.message.max.bytes"] = "65536"
        let consumer = try KafkaConsumer(configuration: kafka, logger: logger)
        defer { try? consumer.close(timeout: .seconds(2)) }
        let deadline = ContinuousClock.now.advanced(by: timeout)
        var answers: [TopicPartition: Answer] = [:]
        for (partition, queue) in try consumer.assignManually(starts) {
            while answers[partition] == nil {
                let left = ContinuousClock.now.duration(to: deadline)
                // What has arrived is taken even when time is up.
                let batch = try queue.read(maxRecords: 1, timeout: max(.zero, left))
                if let record = batch.first {
                    answers[partition] = record.timestamp.map { .published($0) } ?? .withoutTime
                    break
                }
                switch batch.interruption {
                case .endOfPartition: answers[partition] = .nothing
                case .failure(let error): if !error.isRetriable { throw error }
                case .givenUp, nil: break
                }
                if left <= .zero { break }
            }
        }
        return answers
    }
}
