import CRdKafka

/// What stands behind the last record of a ``RecordBatch``.
public enum StreamInterruption: Sendable {
    /// The end of the partition is reached for now. Only with `enable.partition.eof=true`.
    case endOfPartition(nextOffset: Int64)
    /// The partition was given up: nothing will follow, the worker ends.
    case givenUp
    /// The stream has failed here, such as with category `offsetOutOfRange`. What follows, if anything, comes with
    /// later reads.
    case failure(KafkaError)
}

/// Consecutive records of one partition. Owns librdkafka's messages and frees them with its last reference.
///
/// Not Sendable: see ``ConsumerRecord``.
public final class RecordBatch: RandomAccessCollection {
    /// Owns the C messages. The client must outlive them.
    final class Messages {
        let topicPartition: TopicPartition
        let pointers: [UnsafeMutablePointer<rd_kafka_message_t>]
        private let client: ClientHandle

        init(
            _ pointers: [UnsafeMutablePointer<rd_kafka_message_t>],
            topicPartition: TopicPartition,
            client: ClientHandle
        ) {
            self.pointers = pointers
            self.topicPartition = topicPartition
            self.client = client
        }

        deinit {
            for pointer in pointers { rd_kafka_message_destroy(pointer) }
        }
    }

    /// The partition that the records come from.
    public var topicPartition: TopicPartition { messages.topicPartition }

    /// What came after the last record, if something did; a batch never goes on past it.
    public let interruption: StreamInterruption?

    /// The offset to go on with: one past the last record, or further where the log has gaps (control records of
    /// transactions). Nil if the start position isn't known yet.
    public let nextOffset: Int64?

    private let messages: Messages

    init(_ messages: Messages, interruption: StreamInterruption?, nextOffset: Int64?) {
        self.messages = messages
        self.interruption = interruption
        self.nextOffset = nextOffset
    }

    /// 0.
    public var startIndex: Int { 0 }

    /// The number of records.
    public var endIndex: Int { messages.pointers.count }

    /// The record at `position`, counted from 0.
    public subscript(position: Int) -> ConsumerRecord {
        ConsumerRecord(messages: messages, index: position)
    }
}
