public import BulletinEvents

/// A finished event on its way into the outbox: what the relay sends is decided here and never again.
public struct OutboxEntry: Sendable {
    /// What an event does to its bulletin.
    public enum Effect: Int, Sendable {
        /// A bulletin or a new revision of one.
        case publication = 0
        /// A withdrawal.
        case withdrawal = 1
    }

    /// The bulletin's id; also the record's key.
    public let bulletinID: String
    /// What the event does.
    public let effect: Effect
    /// Tells revisions apart: an entry with the fingerprint of the bulletin's latest event changes nothing.
    public let fingerprint: String
    /// The record's headers, in order.
    public let headers: [RejectedRecord.Header]
    /// The record's value.
    public let value: [UInt8]

    /// An entry for `record`, which carries the event of the bulletin `bulletinID`.
    public init(bulletinID: String, effect: Effect, fingerprint: String, record: EventRecord) {
        self.bulletinID = bulletinID
        self.effect = effect
        self.fingerprint = fingerprint
        headers = record.headers
        value = record.value ?? []
    }

    /// What the entry counts for in limits, in bytes.
    var size: Int { Self.size(ofValue: value.count, bulletinID: bulletinID) }

    static func size(ofValue bytes: Int, bulletinID: String) -> Int { bytes + bulletinID.utf8.count + 256 }
}

/// What became of an entry; either way it is on disk when this is known.
public enum Acceptance: Hashable, Sendable {
    /// It was new and got this sequence number; numbers grow in the order of acceptance.
    case accepted(sequence: Int64)
    /// The bulletin's latest event, with this sequence number, says the same.
    case unchanged(sequence: Int64)
}

/// An entry that Kafka has not acknowledged yet.
struct PendingEntry: Sendable {
    let sequence: Int64
    let bulletinID: String
    let acceptedAt: Int64
    let headers: [RejectedRecord.Header]
    let value: [UInt8]
}

/// The outcome of one delivery.
struct Settlement: Sendable {
    enum Outcome: Sendable {
        /// Kafka holds it at this place.
        case delivered(partition: Int32, offset: Int64)
        /// Kafka will never take it as it is; the payload is kept.
        case refused(reason: String)
    }

    let sequence: Int64
    let bulletinID: String
    let size: Int
    let outcome: Outcome
}

/// Where the latest event of a bulletin stands.
public struct DeliveryState: Hashable, Sendable {
    /// How far it has come.
    public enum Status: String, Hashable, Sendable, CaseIterable {
        /// In the outbox, not acknowledged by Kafka yet.
        case pending
        /// Acknowledged by Kafka.
        case delivered
        /// Refused by Kafka for good, such as for its size; see ``DeliveryState/error``.
        case refused
    }

    /// The bulletin.
    public let bulletinID: String
    /// What its latest event does.
    public let effect: OutboxEntry.Effect
    /// The latest event's sequence number.
    public let sequence: Int64
    /// When it was accepted, in milliseconds since 1970.
    public let acceptedAt: Int64
    /// How far it has come.
    public let status: Status
    /// When that was known, in milliseconds since 1970.
    public let settledAt: Int64?
    /// Where it stands in the topic.
    public let partition: Int32?
    /// Where it stands in the partition.
    public let offset: Int64?
    /// Why Kafka refused it.
    public let error: String?
}
