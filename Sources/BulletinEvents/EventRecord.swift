/// An event as it stands in a record of the log: the CloudEvents Kafka protocol binding 1.0.2, either content mode.
public struct EventRecord: Hashable, Sendable {
    /// The record's key: the bulletin id in UTF-8, so that all revisions of a bulletin share a partition.
    public var key: [UInt8]?
    /// The record's value.
    public var value: [UInt8]?
    /// The record's headers, in order.
    public var headers: [RejectedRecord.Header]

    /// A record with the given parts.
    public init(key: [UInt8]?, value: [UInt8]?, headers: [RejectedRecord.Header]) {
        self.key = key
        self.value = value
        self.headers = headers
    }
}

/// An event that was understood.
public enum Event: Hashable, Sendable {
    /// A bulletin, or a new revision of one.
    case published(Bulletin, EventMetadata)
    /// A bulletin was withdrawn.
    case withdrawn(Withdrawal, EventMetadata)

    /// The CloudEvents attributes of the event.
    public var metadata: EventMetadata {
        switch self {
        case .published(_, let metadata), .withdrawn(_, let metadata): metadata
        }
    }
}

/// Why a record is no event of the contract.
public struct EventError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The step that refused it.
    public let stage: RejectedRecord.Stage
    /// A short stable name of the reason, for counting: one of ``Reason``.
    public let reason: Reason
    /// What is wrong, in one line for people; never holds the record's data beyond names of fields and types.
    public let message: String

    /// A refusal at `stage` for `reason`.
    public init(stage: RejectedRecord.Stage, reason: Reason, message: String) {
        self.stage = stage
        self.reason = reason
        self.message = message
    }

    /// Reason and message in one line.
    public var description: String { "\(reason.rawValue): \(message)" }

    /// The reasons, by the names that metrics and the read model show.
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        /// The record has no value; the contract withdraws by an event, never by a tombstone.
        case tombstone
        /// A required CloudEvents attribute is missing, empty or not UTF-8.
        case missingAttribute = "missing-attribute"
        /// `specversion` is not 1.0.
        case unsupportedSpecVersion = "unsupported-spec-version"
        /// The content type is not one that this contract uses.
        case unsupportedContentType = "unsupported-content-type"
        /// The event type is unknown here.
        case unknownType = "unknown-type"
        /// The value is no JSON.
        case invalidJSON = "invalid-json"
        /// The data lacks a field or has one of the wrong kind.
        case schemaViolation = "schema-violation"
        /// The read model could not take it.
        case notApplicable = "not-applicable"
    }
}
