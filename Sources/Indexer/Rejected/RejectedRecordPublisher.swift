internal import BulletinEvents
internal import Foundation
internal import Kafka
internal import Logging

/// Hands rejected records to the topic `bulletins.rejected`: the original key, value and headers, and the reason in
/// headers by the names that Kafka Connect's dead letter queues use, so that existing tools read them.
///
/// It publishes before the transaction that records the rejection: a crash between the two publishes a record again
/// (topic, partition and offset in the headers tell), and never loses one.
struct RejectedRecordPublisher: Sendable {
    /// A rejected record is as large as the original, and its headers say why it was rejected.
    static let maximumRecordBytes = KafkaProducer.maximumRecordBytes + 65_536

    let producer: KafkaProducer
    let topic: String
    let logger: Logger

    /// The client settings for the producer of rejected records.
    static func configuration(_ kafka: KafkaConfiguration) -> KafkaConfiguration {
        var kafka = kafka
        kafka["message.max.bytes"] = kafka["message.max.bytes"] ?? String(maximumRecordBytes)
        return kafka
    }

    /// Blocks until every record is acknowledged; false if the worker was told to stop before that.
    func publish(_ records: [RejectedRecord], control: WorkerControl) -> Bool {
        for record in records {
            while true {
                if control.shouldStop { return false }
                guard let error = send(record, withValue: true) else { break }
                if (error as? KafkaError)?.category == .messageTooLarge, send(record, withValue: false) == nil {
                    // The partition's file keeps the value; no topic's limit may hold the partition up for ever.
                    logger.warning(
                        "a rejected record is too large for its topic and was published without its value",
                        metadata: ["topic": "\(topic)", "offset": "\(record.offset)", "error": "\(error)"]
                    )
                    break
                }
                logger.warning(
                    "a rejected record cannot be published yet, its partition waits",
                    metadata: [
                        "topic": "\(topic)", "partition": "\(record.partition)", "offset": "\(record.offset)",
                        "error": "\(error)",
                    ]
                )
                control.pause(.seconds(1))
            }
        }
        return true
    }

    private func send(_ record: RejectedRecord, withValue: Bool) -> (any Error)? {
        let done = DispatchSemaphore(value: 0)
        let failure = FailureBox()
        // The worker's own thread blocks here; the task runs on the cooperative pool and never blocks it.
        Task {
            do { _ = try await producer.send(producerRecord(record, withValue: withValue)) } catch {
                failure.error = error
            }
            done.signal()
        }
        done.wait()
        return failure.error
    }

    private func producerRecord(_ record: RejectedRecord, withValue: Bool) -> ProducerRecord {
        let prefix = "__connect.errors."
        return ProducerRecord(
            topic: topic,
            key: record.key?.bytes,
            value: withValue ? record.value?.bytes : nil,
            headers: record.headers.map { KafkaHeader($0.name, $0.value?.bytes) } + [
                KafkaHeader(prefix + "topic", text: record.topic),
                KafkaHeader(prefix + "partition", text: String(record.partition)),
                KafkaHeader(prefix + "offset", text: String(record.offset)),
                KafkaHeader(prefix + "stage", text: record.stage.rawValue),
                KafkaHeader(prefix + "exception.class.name", text: record.reason),
                KafkaHeader(prefix + "exception.message", text: record.message),
            ] + (withValue ? [] : [KafkaHeader("bulletins.value", text: "left out, it is too large for this topic")])
        )
    }

    /// `@unchecked Sendable`: written before the semaphore is signalled, read after it was waited for.
    private final class FailureBox: @unchecked Sendable {
        var error: (any Error)?
    }
}
