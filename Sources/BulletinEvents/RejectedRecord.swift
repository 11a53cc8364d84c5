/// A record of the log that could not be taken, with its original bytes and the reason: the data of
/// `bulletin.rejected.v1`, and a row of the read model's `rejected` table.
///
/// Null and empty bytes stay distinct: a null key, value or header value is nil, an empty one is an empty array.
public struct RejectedRecord: Codable, Hashable, Sendable {
    /// The topic that held it.
    public var topic: String
    /// The partition that held it.
    public var partition: Int32
    /// Its offset there.
    public var offset: Int64
    /// Which step refused it.
    public var stage: Stage
    /// A short stable name of the reason, such as `unknown-type`, for counting and alerting.
    public var reason: String
    /// What is wrong, in one line for people.
    public var message: String
    /// The original key.
    public var key: Bytes?
    /// The original value.
    public var value: Bytes?
    /// The original headers, in order.
    public var headers: [Header]

    /// A record that `stage` refused for `reason`.
    public init(
        topic: String,
        partition: Int32,
        offset: Int64,
        stage: Stage,
        reason: String,
        message: String,
        key: Bytes?,
        value: Bytes?,
        headers: [Header]
    ) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
        self.stage = stage
        self.reason = reason
        self.message = message
        self.key = key
        self.value = value
        self.headers = headers
    }

    /// The steps that a record goes through.
    public enum Stage: String, Codable, Hashable, Sendable, CaseIterable {
        /// Reading the CloudEvents attributes.
        case envelope
        /// Reading the JSON data.
        case decode
        /// Checking the data against the contract.
        case validate
        /// Writing it into the read model.
        case apply
    }

    /// A header of a record; Kafka allows a name to occur more than once and a value to be null.
    public struct Header: Codable, Hashable, Sendable {
        /// The header's name.
        public var name: String
        /// Its bytes; nil for null.
        public var value: Bytes?

        /// One header.
        public init(name: String, value: Bytes?) {
            self.name = name
            self.value = value
        }
    }

    /// Bytes that JSON carries as base64 (RFC 4648, section 4).
    public struct Bytes: Hashable, Sendable {
        /// The bytes themselves.
        public var bytes: [UInt8]

        /// Wraps some bytes.
        public init(_ bytes: [UInt8]) {
            self.bytes = bytes
        }
    }
}
