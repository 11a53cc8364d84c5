/// Writes events in binary mode: attributes as `ce_` headers, the data alone as the value.
///
/// The same event always becomes the same bytes: the data is compact JSON, the fields of each object sorted by name.
public struct EventEncoder: Sendable {
    /// An encoder for the contract's events.
    public init() {}

    /// The record of a published bulletin or a new revision of one.
    public func encode(_ bulletin: Bulletin, metadata: EventMetadata) -> EventRecord {
        record(key: bulletin.id, value: bulletin.json, metadata: metadata)
    }

    /// The record of a withdrawal.
    public func encode(_ withdrawal: Withdrawal, metadata: EventMetadata) -> EventRecord {
        record(key: withdrawal.id, value: withdrawal.json, metadata: metadata)
    }

    func record(key: String, value: [UInt8], metadata: EventMetadata) -> EventRecord {
        var headers: [RejectedRecord.Header] = []
        func add(_ name: String, _ text: String?) {
            guard let text else { return }
            headers.append(.init(name: name, value: .init(Array(text.utf8))))
        }
        add("ce_specversion", CloudEvents.specVersion)
        add("ce_type", metadata.type)
        add("ce_source", metadata.source)
        add("ce_id", metadata.id)
        add("ce_time", metadata.time)
        add("ce_subject", metadata.subject)
        add("content-type", CloudEvents.jsonContentType)
        add("traceparent", metadata.traceparent)
        return EventRecord(key: Array(key.utf8), value: value, headers: headers)
    }
}

/// Names that the CloudEvents specification fixes.
enum CloudEvents {
    static let specVersion = "1.0"
    static let jsonContentType = "application/json"
    static let structuredContentType = "application/cloudevents+json"
}
