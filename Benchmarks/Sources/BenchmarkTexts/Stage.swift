internal import BulletinEvents
internal import BulletinParser
internal import BulletinText

/// One step on the way from bytes to an event and back.
public enum Stage: String, CaseIterable, Sendable {
    /// Bytes to text.
    case decode
    /// Text to clean text.
    case repair
    /// Clean text to a bulletin; includes decoding it from UTF-8 and finding it clean.
    case parse
    /// Bytes to a bulletin: all three.
    case whole
    /// A bulletin to a record.
    case encode
    /// A record to a bulletin.
    case read
}

/// A stage with what it needs prepared, so that a run does the stage's work alone.
public struct PreparedStage {
    /// The size of what a run is fed, in bytes of the documents, whatever the stage.
    public let byteCount: Int
    /// The number of documents in a run.
    public let documentCount: Int
    private let body: () throws -> Int

    /// Does the stage's work once for every document. The sum is of something that depends on all results, so that no
    /// optimiser can leave them out.
    public func run() throws -> Int { try body() }

    /// Prepares a stage for a set of documents. Throws where a document cannot be decoded or parsed.
    public init(_ stage: Stage, on texts: TextSet) throws {
        byteCount = texts.byteCount
        documentCount = texts.documents.count
        let documents = texts.documents
        let parser = BulletinParser()
        switch stage {
        case .decode:
            body = { try documents.reduce(0) { try $0 + TextDecoder.decode($1).text.utf8.count } }
        case .repair:
            let decoded = try documents.map { try TextDecoder.decode($0).text }
            body = { decoded.reduce(0) { $0 + TextRepair.repair($1).text.utf8.count } }
        case .parse:
            let clean = try documents.map { Array(TextRepair.repair(try TextDecoder.decode($0).text).text.utf8) }
            body = { try clean.reduce(0) { try $0 + parser.parse(ParserInput(bytes: $1)).paragraphs.count } }
        case .whole:
            body = { try documents.reduce(0) { try $0 + parser.parse(ParserInput(bytes: $1)).paragraphs.count } }
        case .encode:
            let bulletins = try documents.map { try parser.parse(ParserInput(bytes: $0)) }
            let encoder = EventEncoder()
            body = {
                try bulletins.reduce(0) {
                    try $0 + (encoder.encode($1, metadata: Self.metadata(of: $1)).value?.count ?? 0)
                }
            }
        case .read:
            let encoder = EventEncoder()
            let records = try documents.map { document in
                let bulletin = try parser.parse(ParserInput(bytes: document))
                return try encoder.encode(bulletin, metadata: Self.metadata(of: bulletin))
            }
            let decoder = EventDecoder()
            body = {
                try records.reduce(0) { sum, record in
                    try (record.value ?? []).withUnsafeBytes { value in
                        _ = try decoder.decode(headers: record.headers, value: value)
                        return sum + value.count
                    }
                }
            }
        }
    }

    private static func metadata(of bulletin: Bulletin) -> EventMetadata { Events.metadata(of: bulletin) }
}

/// Documents as events.
public enum Events {
    /// The event data of a document, as JSON on one line; the refusal, where it is refused.
    public static func line(of document: [UInt8]) throws -> String {
        let bulletin: Bulletin
        do throws(ParseError) {
            bulletin = try BulletinParser().parse(ParserInput(bytes: document))
        } catch {
            return "\(error)"
        }
        let record = try EventEncoder().encode(bulletin, metadata: metadata(of: bulletin))
        return String(decoding: record.value ?? [], as: UTF8.self)
    }

    static func metadata(of bulletin: Bulletin) -> EventMetadata {
        EventMetadata(
            id: bulletin.contentHash,
            source: "urn:bulletins:benchmark",
            type: EventType.published.rawValue,
            time: "2026-01-01T00:00:00Z",
            subject: bulletin.id
        )
    }
}
