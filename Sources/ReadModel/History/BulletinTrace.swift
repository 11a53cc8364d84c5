internal import Foundation
internal import GRDB

/// How one event about a bulletin came here, from the request to the row.
public struct TraceRow: Codable, Hashable, Sendable {
    /// The bulletin.
    public var id: String
    /// The revision that the event brought; nil for a withdrawal.
    public var revision: Int?
    /// `trace-id` of the W3C trace context, 32 hexadecimal digits: the same in the ingestor's log.
    public var traceId: String?
    /// `ce_id` of the event.
    public var eventId: String?
    /// `ce_time` of the event: when the ingestor had taken the bulletin in and parsed it.
    public var receivedAt: String?
    /// The record's timestamp in Kafka, as RFC 3339: when it was handed to the broker.
    public var recordedAt: String?
    /// When the row was committed here, as RFC 3339. A file that is made anew has new times.
    public var indexedAt: String?
    /// Seconds from ``receivedAt`` to ``indexedAt``, to the millisecond.
    public var seconds: Double?
    /// Where the record stands.
    public var topic: String
    /// Its partition.
    public var partition: Int32
    /// How many logs had filled the file before this one.
    public var generation: Int64
    /// Its offset.
    public var offset: Int64
}

extension ReadModelReader {
    /// The events that brought a bulletin's revisions and its withdrawal, the first one first, and how they came.
    ///
    /// Throws as ``show(_:)`` does. What an indexer of schema 1 or 2 has applied has neither `recordedAt` nor `indexedAt`.
    public func trace(_ idOrPrefix: String) throws -> [TraceRow] {
        let detail = try show(idOrPrefix)
        return try ask(TraceQuestion(id: detail.bulletin.id), about: detail)
    }
}

/// The events about a bulletin and how they came; none if the file does not have it.
struct TraceQuestion: PartitionQuestion {
    static let name = "trace"
    var id: String

    func answer(_ database: Database, at location: PartitionLocation) throws -> [TraceRow] {
        let state = try PartitionFile.readState(database, location)
        let hasTraces = try SQLStatement.number(database, "PRAGMA user_version") >= 3
        let query = try SQLStatement(
            database,
            """
            SELECT e.*, \(hasTraces ? "t.traceparent, t.recorded_at, t.indexed_at" : "NULL, NULL, NULL") FROM (
                SELECT revision, event_id, event_time, generation, offset FROM revisions
                WHERE bulletin_key = (SELECT bulletin_key FROM bulletins WHERE id = ?1)
                UNION ALL
                SELECT revision, event_id, event_time, generation, offset FROM bulletins WHERE id = ?1
                UNION ALL
                SELECT NULL, NULL, withdrawn_at, withdrawn_generation, withdrawn_offset FROM bulletins
                WHERE id = ?1 AND withdrawn_offset IS NOT NULL
            ) AS e \(hasTraces ? "LEFT JOIN traces AS t USING (generation, offset)" : "")
            ORDER BY generation, offset
            """
        )
        try query.bind(1, id)
        var rows: [TraceRow] = []
        try query.forEachRow { row in
            let (received, indexed) = (row.textIfAny(2), row.intIfAny(7).map(Self.date))
            rows.append(
                TraceRow(
                    id: id,
                    revision: row.intIfAny(0).map { Int($0) },
                    traceId: row.textIfAny(5).flatMap(Self.traceID),
                    eventId: row.textIfAny(1),
                    receivedAt: received,
                    recordedAt: row.intIfAny(6).map { Self.timestamp.format(Self.date($0)) },
                    indexedAt: indexed.map(Self.timestamp.format),
                    seconds: Self.seconds(from: received, to: indexed),
                    topic: state.topic,
                    partition: state.partition,
                    generation: row.int(3),
                    offset: row.int(4)
                )
            )
        }
        return rows
    }

    private static let timestamp = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    private static func date(_ milliseconds: Int64) -> Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

    private static func seconds(from start: String?, to end: Date?) -> Double? {
        guard let end, let start, let date = try? timestamp.parse(start) else { return nil }
        return (end.timeIntervalSince(date) * 1000).rounded() / 1000
    }

    /// The second field of a `traceparent` (W3C Trace Context, section 3.2.2).
    private static func traceID(_ traceparent: String) -> String? {
        let fields = traceparent.split(separator: "-", omittingEmptySubsequences: false)
        return fields.count >= 4 && fields[1].utf8.count == 32 ? String(fields[1]) : nil
    }
}
