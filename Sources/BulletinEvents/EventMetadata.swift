/// What the CloudEvents attributes say of an event, apart from its data.
public struct EventMetadata: Codable, Hashable, Sendable {
    /// `ce_id`: unique per source; the same event sent twice carries the same id.
    public var id: String
    /// `ce_source`: which ingestor sent it.
    public var source: String
    /// `ce_type`: see ``EventType``.
    public var type: String
    /// `ce_time`: RFC 3339; nil where the sender gave none.
    public var time: String?
    /// `ce_subject`: the bulletin id.
    public var subject: String?
    /// W3C trace context, level 1: the `traceparent` header.
    public var traceparent: String?

    /// The attributes of one event.
    public init(
        id: String,
        source: String,
        type: String,
        time: String? = nil,
        subject: String? = nil,
        traceparent: String? = nil
    ) {
        self.id = id
        self.source = source
        self.type = type
        self.time = time
        self.subject = subject
        self.traceparent = traceparent
    }
}

/// The event types of the contract.
public enum EventType: String, Codable, Hashable, Sendable, CaseIterable {
    /// A bulletin, or a new revision of one; the data is a ``Bulletin``.
    case published = "bulletin.published.v1"
    /// A bulletin was withdrawn; the data is a ``Withdrawal``.
    case withdrawn = "bulletin.withdrawn.v1"
    /// The description of a record that could not be taken; the data is a ``RejectedRecord``.
    case rejected = "bulletin.rejected.v1"
}

/// The data of `bulletin.withdrawn.v1`.
public struct Withdrawal: Codable, Hashable, Sendable {
    /// Which bulletin is withdrawn.
    public var id: String
    /// Why, in words for people.
    public var reason: String?

    /// The withdrawal of one bulletin.
    public init(id: String, reason: String? = nil) {
        self.id = id
        self.reason = reason
    }
}
