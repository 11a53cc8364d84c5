public import BulletinEvents
internal import Foundation
internal import GRDB

/// A record that could not be taken, as the partition file keeps it.
public struct RejectedListing: Codable, Hashable, Sendable {
    /// Where it stands in the log, `PARTITION:OFFSET`.
    public var id: String
    /// The topic.
    public var topic: String
    /// The partition.
    public var partition: Int32
    /// The offset.
    public var offset: Int64
    /// How many logs had filled the file before the one that holds it.
    public var generation: Int64
    /// The step that refused it.
    public var stage: String
    /// The reason's stable name.
    public var reason: String
    /// What is wrong, in words.
    public var message: String
    /// Its key as text; nil for a null key. Bytes that are not UTF-8 are replaced.
    public var key: String?
    /// The bytes of its value; nil for a null value.
    public var valueBytes: Int?
    /// The offset at which it was published again; nil if it was not.
    public var replayedAt: Int64?
    /// The offset of the rejected record that it repeats; nil if it is no replay.
    public var replayOf: Int64?
}

/// A rejected record with all that came with it.
public struct StoredRejectedRecord: Codable, Hashable, Sendable {
    /// As it is listed.
    public var row: RejectedListing
    /// The cluster that filled the file.
    public var clusterID: String?
    /// The record as it came: key, value and headers.
    public var record: RejectedRecord
    /// The offset of the first record that is not in its file.
    public var nextOffset: Int64
}

/// Which rejected records.
public struct RejectedFilter: Codable, Hashable, Sendable {
    /// Of this topic; nil for all.
    public var topic: String?
    /// Of this partition; nil for all.
    public var partition: Int32?
    /// At this offset; nil for all.
    public var offset: Int64?
    /// For this reason; nil for all.
    public var reason: String?
    /// Only those that were not published again.
    public var onlyOpen = false
    /// No replays that were rejected once more.
    public var onlyOriginals = false

    /// All of them.
    public init() {}
}

extension ReadModelReader {
    /// The records that could not be taken, by topic, partition and offset. `limit` nil gives all.
    ///
    /// Throws ``ReadModelError``.
    public func rejected(limit: Int? = 50) throws -> [RejectedRow] {
        let rows = try ask(RejectedQuestion(limit: limit)).flatMap(\.self)
        return rows.sorted { left, right in
            (left.topic, left.partition, left.generation, left.offset)
                < (right.topic, right.partition, right.generation, right.offset)
        }.limited(to: limit)
    }

    /// Rejected records by topic, partition and offset, `limit` at most; without keys and values.
    public func listRejected(_ filter: RejectedFilter, limit: Int? = nil) throws -> [RejectedListing] {
        let question = RejectedListQuestion(filter: filter, limit: limit)
        return try ask(each: sources.map { filter.includes($0.state) ? question : nil })
            .compactMap(\.self).flatMap(\.self).limited(to: limit)
    }

    /// Calls `body` with each rejected record, whole, in the same order. One record is held at a time.
    public func forEachRejected(
        _ filter: RejectedFilter,
        _ body: (StoredRejectedRecord) throws -> Void
    ) throws {
        for row in try listRejected(filter) {
            var one = RejectedFilter()
            (one.topic, one.partition, one.offset) = (row.topic, row.partition, row.offset)
            let question = RejectedRecordsQuestion(filter: one)
            let found = try ask(each: sources.map { one.includes($0.state) ? question : nil })
            for record in found.compactMap(\.self).joined() where record.row.generation == row.generation {
                try body(record)
            }
        }
    }
}

/// The records of a file that could not be taken, whole.
struct RejectedQuestion: PartitionQuestion {
    static let name = "rejected"
    var limit: Int?

    func answer(_ database: Database, at _: PartitionLocation) throws -> [RejectedRow] {
        let decoder = JSONDecoder()
        let query = try SQLStatement(
            database,
            """
            SELECT generation, topic, partition, offset, stage, reason, message, key, value, headers
            FROM rejected ORDER BY generation, offset LIMIT ?
            """
        )
        try query.bind(1, sqlLimit(limit))
        var rows: [RejectedRow] = []
        try query.forEachRow { row in
            let headers = row.text(9)
            rows.append(
                RejectedRow(
                    generation: row.int(0),
                    topic: row.text(1),
                    partition: Int32(truncatingIfNeeded: row.int(2)),
                    offset: row.int(3),
                    stage: row.text(4),
                    reason: row.text(5),
                    message: row.text(6),
                    key: row.blobIfAny(7).map { RejectedRecord.Bytes($0) },
                    value: row.blobIfAny(8).map { RejectedRecord.Bytes($0) },
                    headers: try headers == "[]"
                        ? [] : decoder.decode([RejectedRecord.Header].self, from: Data(headers.utf8))
                )
            )
        }
        return rows
    }
}

/// The rejected records of a file, as they are listed.
struct RejectedListQuestion: PartitionQuestion {
    static let name = "rejected-list"
    var filter: RejectedFilter
    var limit: Int?

    func answer(_ database: Database, at _: PartitionLocation) throws -> [RejectedListing] {
        try RejectedSQL.select(database, filter, limit: limit) { RejectedSQL.row($0) }
    }
}

/// The rejected records of a file, each with all that came with it.
struct RejectedRecordsQuestion: PartitionQuestion {
    static let name = "rejected-records"
    var filter: RejectedFilter

    func answer(_ database: Database, at location: PartitionLocation) throws -> [StoredRejectedRecord] {
        let state = try PartitionFile.readState(database, location)
        return try RejectedSQL.select(database, filter, limit: nil) { try RejectedSQL.record($0, state) }
    }
}

private enum RejectedSQL {
    static func select<Row>(
        _ database: Database,
        _ filter: RejectedFilter,
        limit: Int?,
        _ make: (SQLStatement) throws -> Row
    ) throws -> [Row] {
        // Files of the first schema do not know what was published again.
        let knowsReplays = try SQLStatement.number(database, "PRAGMA user_version") >= 2
        let replayed =
            knowsReplays
            ? """
            (SELECT max(p.offset) FROM replays AS p WHERE p.generation = r.generation AND p.rejected_topic = r.topic
             AND p.rejected_partition = r.partition AND p.rejected_offset = r.offset)
            """ : "NULL"
        let original =
            knowsReplays
            ? "(SELECT p.rejected_offset FROM replays AS p WHERE p.generation = r.generation AND p.offset = r.offset)"
            : "NULL"
        let statement = try SQLStatement(
            database,
            """
            SELECT * FROM (
                SELECT r.topic, r.partition, r.offset, r.generation, r.stage, r.reason, r.message, r.key,
                       length(r.value), \(replayed) AS replayed_at, r.value, r.headers, \(original) AS replay_of
                FROM rejected AS r
                WHERE (?1 IS NULL OR r.offset = ?1) AND (?2 IS NULL OR r.reason = ?2)
            ) WHERE (?3 = 0 OR replayed_at IS NULL) AND (?5 = 0 OR replay_of IS NULL)
            ORDER BY generation, offset LIMIT ?4
            """
        )
        try statement.bind(1, filter.offset)
        try statement.bind(2, filter.reason)
        try statement.bind(3, filter.onlyOpen)
        try statement.bind(4, limit ?? -1)
        try statement.bind(5, filter.onlyOriginals)
        var rows: [Row] = []
        try statement.forEachRow { rows.append(try make($0)) }
        return rows
    }

    static func row(_ statement: SQLStatement) -> RejectedListing {
        let (partition, offset) = (Int32(truncatingIfNeeded: statement.int(1)), statement.int(2))
        return RejectedListing(
            id: "\(partition):\(offset)",
            topic: statement.text(0),
            partition: partition,
            offset: offset,
            generation: statement.int(3),
            stage: statement.text(4),
            reason: statement.text(5),
            message: statement.text(6),
            key: statement.blobIfAny(7).map { String(decoding: $0, as: UTF8.self) },
            valueBytes: statement.intIfAny(8).map { Int($0) },
            replayedAt: statement.intIfAny(9),
            replayOf: statement.intIfAny(12)
        )
    }

    static func record(_ statement: SQLStatement, _ state: PartitionState) throws -> StoredRejectedRecord {
        let row = row(statement)
        let headers = try JSONDecoder().decode([RejectedRecord.Header].self, from: Data(statement.text(11).utf8))
        return StoredRejectedRecord(
            row: row,
            clusterID: state.clusterID,
            record: RejectedRecord(
                topic: row.topic,
                partition: row.partition,
                offset: row.offset,
                stage: RejectedRecord.Stage(rawValue: row.stage) ?? .decode,
                reason: row.reason,
                message: row.message,
                key: statement.blobIfAny(7).map { RejectedRecord.Bytes($0) },
                value: statement.blobIfAny(10).map { RejectedRecord.Bytes($0) },
                headers: headers
            ),
            nextOffset: state.nextOffset
        )
    }
}

extension RejectedFilter {
    fileprivate func includes(_ state: PartitionState) -> Bool {
        (topic ?? state.topic) == state.topic && (partition ?? state.partition) == state.partition
    }
}
