/// A record header. Names may repeat and keep their order; a null value and an empty value are different things.
public struct KafkaHeader: Hashable, Sendable {
    /// The name. Bytes that are not UTF-8 arrive as U+FFFD.
    public var name: String
    /// The value, nil for null.
    public var value: [UInt8]?

    /// A header with a binary or null value.
    public init(_ name: String, _ value: [UInt8]?) {
        self.name = name
        self.value = value
    }

    /// A header whose value is `text` in UTF-8.
    public init(_ name: String, text: String) {
        self.init(name, Array(text.utf8))
    }

    /// The value as text (repaired where it isn't UTF-8), nil for null.
    public var text: String? {
        value.map { String(decoding: $0, as: UTF8.self) }
    }
}
