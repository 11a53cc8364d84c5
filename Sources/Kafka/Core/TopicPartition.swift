/// One partition of a topic.
public struct TopicPartition: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The topic's name.
    public var topic: String
    /// The partition's number, from 0.
    public var partition: Int32

    /// Names a partition of `topic`.
    public init(topic: String, partition: Int32) {
        self.topic = topic
        self.partition = partition
    }

    /// The form used in messages: `bulletins[3]`.
    public var description: String { "\(topic)[\(partition)]" }

    /// By topic, then by number.
    public static func < (lhs: Self, rhs: Self) -> Bool {
        (lhs.topic, lhs.partition) < (rhs.topic, rhs.partition)
    }
}

/// Start positions that aren't an offset; usable wherever a start offset is asked for.
public enum KafkaOffset {
    /// The oldest record that the broker still has.
    public static let beginning: Int64 = -2
    /// After the newest record.
    public static let end: Int64 = -1
}

/// Where a partition's log starts and ends.
public struct Watermarks: Hashable, Sendable {
    /// The oldest offset that the broker still has.
    public var low: Int64
    /// The offset that the next record will get.
    public var high: Int64

    /// Marks a log that spans [low, high).
    public init(low: Int64, high: Int64) {
        self.low = low
        self.high = high
    }
}
