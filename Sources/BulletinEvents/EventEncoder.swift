internal import Foundation

/// Writes events in binary mode: attributes as `ce_` headers, the data alone as the value.
///
/// Not thread-safe; make one per task. The same event always becomes the same bytes.
public struct EventEncoder {
    private let json: JSONEncoder

    /// An encoder for the contract's events.
    public init() {
        json = JSONEncoder()
        json.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    }

    /// The record of a published bulletin or a new revision of one. Throws `EncodingError` only for a defect here.
    public func encode(_ bulletin: Bulletin, metadata: EventMetadata) throws -> EventRecord {
        record(key: bulletin.id, value: try json.encode(bulletin), metadata: metadata)
    }

    /// The record of a withdrawal. Throws `EncodingError` only for a defect here.
    public func encode(_ withdrawal: Withdrawal, metadata: EventMetadata) throws -> EventRecord {
        record(key: withdrawal.id, value: try json.encode(withdrawal), metadata: metadata)
    }

    private func record(key: String, value: Data, metadata: EventMetadata) -> EventRecord {
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
        return EventRecord(key: Array(key.utf8), value: Array(value), headers: headers)
    }
}

/// Names that the CloudEvents specification fixes.
enum CloudEvents {
    static let specVersion = "1.0"
    static let jsonContentType = "application/json"
    static let structuredContentType = "application/cloudevents+json"
}
