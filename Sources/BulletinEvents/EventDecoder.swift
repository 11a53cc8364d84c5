internal import Foundation

/// Reads events in binary mode (`ce_` headers) and in structured mode (`application/cloudevents+json`).
///
/// Not thread-safe; make one per thread. What the contract does not know is ignored in the data and refused as a type:
/// new meaning means a new type.
public struct EventDecoder {
    private let json = JSONDecoder()

    /// A decoder for the contract's events.
    public init() {}

    /// Reads one record.
    ///
    /// - Parameters:
    ///   - headers: the record's headers in order; where a name occurs twice the last one counts, as in Kafka's clients.
    ///   - value: the record's value, borrowed for the call; nil for a tombstone.
    /// - Throws: ``EventError``, saying which step refused it and why.
    public func decode(headers: [RejectedRecord.Header], value: UnsafeRawBufferPointer?) throws(EventError) -> Event {
        guard let value else {
            throw EventError(
                stage: .envelope,
                reason: .tombstone,
                message: "the record has no value; to withdraw a bulletin publish \(EventType.withdrawn.rawValue)"
            )
        }
        // The copyless view lives only as long as this call, and JSONDecoder keeps none of it.
        let data =
            value.baseAddress.map {
                Data(bytesNoCopy: UnsafeMutableRawPointer(mutating: $0), count: value.count, deallocator: .none)
            } ?? Data()
        let mediaType = try text(of: "content-type", in: headers).flatMap(bareType)
        if mediaType == CloudEvents.structuredContentType {
            return try structured(value, data, headers: headers)
        }
        if let mediaType, mediaType != CloudEvents.jsonContentType, !mediaType.hasSuffix("+json") {
            throw EventError(
                stage: .envelope,
                reason: .unsupportedContentType,
                message: "content-type is neither application/json nor \(CloudEvents.structuredContentType)"
            )
        }
        let metadata = try metadata { (name) throws(EventError) in
            try text(of: name == "traceparent" ? name : "ce_" + name, in: headers)
        }
        switch try knownType(of: metadata) {
        case .published:
            // Foundation reads what is not written in the usual way, and finds the words for what is wrong.
            if let bulletin = Bulletin(json: value) { return .published(try validated(bulletin, metadata), metadata) }
            return .published(try validated(try read(Bulletin.self, data), metadata), metadata)
        case .withdrawn: return .withdrawn(try validated(try read(Withdrawal.self, data), metadata), metadata)
        }
    }

    /// Decodes an event in structured mode that stands outside of Kafka, without headers: one of a dump.
    ///
    /// Throws ``EventError`` for what is no event of the contract.
    public func decode(structured value: UnsafeRawBufferPointer) throws(EventError) -> Event {
        let header = RejectedRecord.Header(
            name: "content-type",
            value: .init(Array(CloudEvents.structuredContentType.utf8))
        )
        return try decode(headers: [header], value: value)
    }

    /// The record, in binary mode, of an event in structured mode. Its data goes into the record as it is written, if that
    /// is the usual way, and is written anew otherwise.
    ///
    /// Throws ``EventError`` for what is no event of the contract.
    public func record(structured value: UnsafeRawBufferPointer) throws(EventError) -> EventRecord {
        if let event = StructuredBulletin(json: value, traceHeader: nil) {
            _ = try validated(event.bulletin, event.metadata)
            return EventEncoder().record(
                key: event.bulletin.id,
                value: Array(value[event.data]),
                metadata: event.metadata
            )
        }
        switch try decode(structured: value) {
        case .published(let bulletin, let metadata): return EventEncoder().encode(bulletin, metadata: metadata)
        case .withdrawn(let withdrawal, let metadata): return EventEncoder().encode(withdrawal, metadata: metadata)
        }
    }

    // MARK: - Envelope

    /// CloudEvents JSON event format 1.0.2, section 3: attributes and data in one object.
    private func structured(
        _ bytes: UnsafeRawBufferPointer,
        _ value: Data,
        headers: [RejectedRecord.Header]
    ) throws(EventError) -> Event {
        let traceHeader = try text(of: "traceparent", in: headers)
        if let event = StructuredBulletin(json: bytes, traceHeader: traceHeader) {
            return .published(try validated(event.bulletin, event.metadata), event.metadata)
        }
        let attributes = try read(StructuredEnvelope<IgnoredData>.self, value)
        let metadata = try metadata { (name) throws(EventError) in
            switch name {
            case "specversion": attributes.specversion
            case "id": attributes.id
            case "source": attributes.source
            case "type": attributes.type
            case "time": attributes.time
            case "subject": attributes.subject
            default: attributes.traceparent ?? traceHeader
            }
        }
        switch try knownType(of: metadata) {
        case .published: return .published(try validated(try data(of: value), metadata), metadata)
        case .withdrawn: return .withdrawn(try validated(try data(of: value), metadata), metadata)
        }
    }

    private func data<Value: Decodable>(of envelope: Data) throws(EventError) -> Value {
        let envelope = try read(StructuredEnvelope<Value>.self, envelope)
        if let data = envelope.data { return data }
        guard let bytes = envelope.data_base64.flatMap({ Data(base64Encoded: $0) }) else {
            throw EventError(stage: .decode, reason: .schemaViolation, message: "the event has neither data nor base64")
        }
        return try read(Value.self, bytes)
    }

    private func metadata(_ attribute: (String) throws(EventError) -> String?) throws(EventError) -> EventMetadata {
        func required(_ name: String) throws(EventError) -> String {
            guard let text = try attribute(name), !text.isEmpty else {
                throw EventError(
                    stage: .envelope,
                    reason: .missingAttribute,
                    message: "the CloudEvents attribute \(name) is missing"
                )
            }
            return text
        }
        guard try required("specversion") == CloudEvents.specVersion else {
            throw EventError(
                stage: .envelope,
                reason: .unsupportedSpecVersion,
                message: "specversion is not \(CloudEvents.specVersion)"
            )
        }
        return EventMetadata(
            id: try required("id"),
            source: try required("source"),
            type: try required("type"),
            time: try attribute("time"),
            subject: try attribute("subject"),
            traceparent: try attribute("traceparent")
        )
    }

    /// A content type without its parameters; nil for an empty one.
    private func bareType(_ contentType: String) -> String? {
        // Nearly always; the rest is slow.
        if contentType == CloudEvents.jsonContentType { return contentType }
        return contentType.lowercased().split(separator: ";").first?.trimmingCharacters(in: .whitespaces)
    }

    private func text(of name: String, in headers: [RejectedRecord.Header]) throws(EventError) -> String? {
        guard let value = headers.last(where: { $0.name == name })?.value else { return nil }
        guard let text = String(validating: value.bytes, as: UTF8.self) else {
            throw EventError(stage: .envelope, reason: .missingAttribute, message: "the header \(name) is not UTF-8")
        }
        return text
    }

    // MARK: - Data

    private enum KnownType { case published, withdrawn }

    private func knownType(of metadata: EventMetadata) throws(EventError) -> KnownType {
        switch EventType(rawValue: metadata.type) {
        case .published: return .published
        case .withdrawn: return .withdrawn
        case .rejected, nil:
            throw EventError(
                stage: .envelope,
                reason: .unknownType,
                message: "the event type is neither \(EventType.published.rawValue) nor \(EventType.withdrawn.rawValue)"
            )
        }
    }

    private func read<Value: Decodable>(_ type: Value.Type, _ data: Data) throws(EventError) -> Value {
        do {
            return try json.decode(type, from: data)
        } catch let error as DecodingError {
            throw EventError(reading: error)
        } catch {
            throw EventError(stage: .decode, reason: .invalidJSON, message: "the value is no JSON")
        }
    }

    private func validated<Value: Validatable>(
        _ value: Value,
        _ metadata: EventMetadata
    ) throws(EventError) -> Value {
        if let violation = value.violation ?? subjectViolation(value.id, metadata.subject) {
            throw EventError(stage: .validate, reason: .schemaViolation, message: violation)
        }
        return value
    }

    private func subjectViolation(_ id: String, _ subject: String?) -> String? {
        guard let subject, subject != id else { return nil }
        return "the CloudEvents attribute subject is not the id of the data"
    }
}

/// CloudEvents JSON event format 1.0.2: the members that are read here, by their names in the specification.
private struct StructuredEnvelope<Value: Decodable>: Decodable {
    let specversion: String?
    let id: String?
    let source: String?
    let type: String?
    let time: String?
    let subject: String?
    let traceparent: String?
    let data: Value?
    let data_base64: String?
}

/// Stands for data that is not looked at yet.
private struct IgnoredData: Decodable {
    init(from decoder: any Decoder) throws {}
}
