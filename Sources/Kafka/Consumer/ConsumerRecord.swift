import CRdKafka

/// A record in a ``RecordBatch``: a view that keeps its batch, and so the bytes, alive.
///
/// Use it on one thread at a time: librdkafka unpacks headers on first use.
public struct ConsumerRecord {
    let messages: RecordBatch.Messages
    let index: Int

    private var message: UnsafeMutablePointer<rd_kafka_message_t> { messages.pointers[index] }

    /// The topic and partition it came from.
    public var topicPartition: TopicPartition { messages.topicPartition }

    /// The topic it came from.
    public var topic: String { messages.topicPartition.topic }

    /// The partition it came from.
    public var partition: Int32 { messages.topicPartition.partition }

    /// Its position in the partition.
    public var offset: Int64 { message.pointee.offset }

    /// Milliseconds since 1970, nil if the record has none.
    public var timestamp: Int64? {
        var type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
        let timestamp = rd_kafka_message_timestamp(message, &type)
        return type == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE ? nil : timestamp
    }

    /// Lends the value's bytes without copying; nil is a null value. The buffer must not escape `body`.
    public func withValueBytes<Result>(_ body: (UnsafeRawBufferPointer?) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(messages) {
            try body(Self.buffer(message.pointee.payload, message.pointee.len))
        }
    }

    /// Lends the key's bytes without copying; nil is a null key. The buffer must not escape `body`.
    public func withKeyBytes<Result>(_ body: (UnsafeRawBufferPointer?) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(messages) {
            try body(Self.buffer(message.pointee.key, message.pointee.key_len))
        }
    }

    /// A copy of the value; nil is a null value.
    public var value: [UInt8]? { withValueBytes { $0.map { Array($0) } } }

    /// A copy of the key; nil is a null key.
    public var key: [UInt8]? { withKeyBytes { $0.map { Array($0) } } }

    /// The value's size in bytes; 0 for null and for empty.
    public var valueCount: Int { message.pointee.payload == nil ? 0 : message.pointee.len }

    /// All headers in order.
    public var headers: [KafkaHeader] {
        withExtendedLifetime(messages) {
            var list: OpaquePointer?
            guard rd_kafka_message_headers(message, &list) == RD_KAFKA_RESP_ERR_NO_ERROR, let list else { return [] }
            var result: [KafkaHeader] = []
            result.reserveCapacity(rd_kafka_header_cnt(list))
            var name: UnsafePointer<CChar>?
            var value: UnsafeRawPointer?
            var size = 0
            while rd_kafka_header_get_all(list, result.count, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR {
                result.append(
                    KafkaHeader(
                        name.map { String(cString: $0) } ?? "",
                        Self.buffer(value, size).map { Array($0) }
                    )
                )
            }
            return result
        }
    }

    /// The last header of that name, which is the one that counts; nil if there is none.
    public func lastHeader(_ name: String) -> KafkaHeader? {
        withExtendedLifetime(messages) {
            var list: OpaquePointer?
            guard rd_kafka_message_headers(message, &list) == RD_KAFKA_RESP_ERR_NO_ERROR, let list else { return nil }
            var value: UnsafeRawPointer?
            var size = 0
            guard rd_kafka_header_get_last(list, name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
            return KafkaHeader(name, Self.buffer(value, size).map { Array($0) })
        }
    }

    private static func buffer(_ start: UnsafeRawPointer?, _ count: Int) -> UnsafeRawBufferPointer? {
        start.map { UnsafeRawBufferPointer(start: $0, count: count) }
    }
}
