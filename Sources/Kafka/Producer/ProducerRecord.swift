/// A record to be published.
public struct ProducerRecord: Sendable {
    /// Where to.
    public var topic: String
    /// A fixed partition, or nil to let the key decide (records without key are spread).
    public var partition: Int32?
    /// The key; null and empty are different things.
    public var key: [UInt8]?
    /// The value; null (a tombstone) and empty are different things.
    public var value: [UInt8]?
    /// The headers, in order.
    public var headers: [KafkaHeader]

    /// A record for `topic`.
    public init(
        topic: String,
        partition: Int32? = nil,
        key: [UInt8]? = nil,
        value: [UInt8]?,
        headers: [KafkaHeader] = []
    ) {
        self.topic = topic
        self.partition = partition
        self.key = key
        self.value = value
        self.headers = headers
    }
}

/// Where an acknowledged record stands in the log.
public struct RecordMetadata: Hashable, Sendable {
    /// The partition.
    public var topicPartition: TopicPartition
    /// The offset in that partition.
    public var offset: Int64
    /// Milliseconds since 1970, nil if the broker keeps none.
    public var timestamp: Int64?
}
