internal import BulletinEvents
internal import BulletinParser
internal import Foundation
internal import Ingestor

/// A document that somebody handed in.
struct IntakeDocument: Sendable {
    var input: ParserInput
    var trace: TraceParent
}

/// What a JSON document says: the text, and what is known beside it.
struct JSONDocument: Decodable {
    var text: String?
    var html: String?
    var url: String?
    var title: String?
    var source: String?
    var date: String?
    var author: String?
    var site: String?

    /// Reads one object. Throws ``Refusal`` with line and offset.
    static func parse(_ bytes: [UInt8], name: String?) throws(Refusal) -> ParserInput {
        let document: JSONDocument
        do {
            document = try JSONDecoder().decode(JSONDocument.self, from: Data(bytes))
        } catch {
            throw Refusal(error, inJSON: bytes)
        }
        let (content, type): (String, ParserInput.MediaType)
        switch (document.text, document.html) {
        case (let text?, nil): (content, type) = (text, .text)
        case (nil, let html?): (content, type) = (html, .html)
        case (nil, nil): throw Refusal(.parseFailed, "the JSON has neither a field text nor html", line: 1, offset: 0)
        case (_?, _?): throw Refusal(.parseFailed, "the JSON has both text and html; send one", line: 1, offset: 0)
        }
        return ParserInput(
            bytes: Array(content.utf8),
            name: name,
            mediaType: type,
            charset: "utf-8",
            url: document.url,
            stated: .init(
                title: document.title,
                source: document.source,
                date: document.date,
                author: document.author,
                site: document.site
            )
        )
    }
}

/// A parsed document, ready for the outbox.
struct PreparedDocument: Sendable {
    let entry: OutboxEntry
    let title: String?
    let kind: Bulletin.Kind
    let contentHash: String

    /// Parses a document and writes its event. Computes; not for the cooperative pool. Throws ``Refusal``.
    init(_ document: IntakeDocument, source: String) throws(Refusal) {
        let bulletin: Bulletin
        do throws(ParseError) {
            bulletin = try BulletinParser().parse(document.input)
        } catch {
            throw Refusal(error, in: document.input.bytes)
        }
        let metadata = EventMetadata.publication(of: bulletin, source: source, trace: document.trace)
        let record: EventRecord
        do {
            record = try EventEncoder().encode(bulletin, metadata: metadata)
        } catch {
            throw Refusal(.parseFailed, "what was extracted cannot be written as JSON", line: 1, offset: 0)
        }
        let size = record.value?.count ?? 0
        // librdkafka and the broker count headers and framing as well.
        guard size <= EventLimits.maximumRecordBytes - 65_536 else {
            throw Refusal(
                .tooLarge,
                "its event has \(size) bytes, a record takes \(EventLimits.maximumRecordBytes - 65_536); split it"
            )
        }
        entry = OutboxEntry(
            bulletinID: bulletin.id,
            effect: .publication,
            fingerprint: [bulletin.contentHash, bulletin.parser?.version ?? ""].joined(separator: ":"),
            record: record
        )
        title = bulletin.title
        kind = bulletin.kind
        contentHash = bulletin.contentHash
    }
}
