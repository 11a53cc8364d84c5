internal import BulletinEvents
internal import BulletinParser
internal import HTTPService
internal import Ingestor
internal import Kafka

/// A document that somebody handed in.
struct IntakeDocument: Sendable {
    var input: ParserInput
    var trace: TraceParent
}

/// A parsed document, ready for the outbox.
struct PreparedDocument: Sendable {
    let entry: OutboxEntry
    let title: String?
    let kind: Bulletin.Kind
    let contentHash: String

    /// Parses a document and writes its event. Computes; not for the cooperative pool. Throws ``Refusal``.
    init(_ document: IntakeDocument, parser: BulletinParser, source: String) throws(Refusal) {
        let bulletin: Bulletin
        do throws(ParseError) {
            bulletin = try parser.parse(document.input)
        } catch {
            throw Refusal(error, in: document.input.bytes)
        }
        let metadata = EventMetadata.publication(of: bulletin, source: source, trace: document.trace)
        let record = EventEncoder().encode(bulletin, metadata: metadata)
        let size = record.value?.count ?? 0
        // librdkafka and the broker count headers and framing as well.
        guard size <= KafkaProducer.maximumRecordBytes - 65_536 else {
            throw Refusal(
                .tooLarge,
                "its event has \(size) bytes, a record takes \(KafkaProducer.maximumRecordBytes - 65_536); split it"
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
