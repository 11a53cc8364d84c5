internal import BulletinEvents
internal import Foundation
internal import GRDB

/// Writes what a partition file says as lines of JSON that depend on nothing but that: keys sorted, bulletins by id,
/// no row numbers, nothing derived.
///
/// Each revision of a bulletin is a line of content and a line that tells which record of the log it comes from. The
/// lines of content alone compare read models that were filled from different logs.
final class CanonicalLines {
    /// One line, and whether it is content.
    struct Line {
        var text: String
        var isContent: Bool
    }

    private let database: Database
    private let location: PartitionLocation
    private let loader: BulletinLoader
    private let cursor: SQLStatement
    private let encoder = JSONEncoder()
    /// The id of the bulletin that ``takeBulletin(_:)`` takes next; nil after the last.
    private(set) var nextID: String?
    private var nextKey: Int64 = 0

    init(_ database: Database, _ location: PartitionLocation) throws {
        self.database = database
        self.location = location
        loader = try BulletinLoader(database)
        cursor = try SQLStatement(database, "SELECT id, bulletin_key FROM bulletins ORDER BY id")
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try advance()
    }

    private func advance() throws {
        if try cursor.step() {
            nextID = cursor.text(0)
            nextKey = cursor.int(1)
        } else {
            nextID = nil
        }
    }

    /// Gives the lines of the next bulletin: its revisions, the oldest first, and its withdrawal.
    func takeBulletin(_ write: (Line) throws -> Void) throws {
        guard let id = nextID else { return }
        try loader.forEachRevision(nextKey) { stored in
            try writeRevision(stored.bulletin, stored.revision, stored.position, write)
        }
        if let stored = try loader.load(nextKey) {
            try writeRevision(stored.bulletin, stored.revision, stored.position, write)
            if let withdrawn = stored.withdrawn {
                try content(WithdrawalContent(id: id, reason: withdrawn.reason), write)
                try origin(
                    WithdrawalOrigin(
                        id: id,
                        generation: withdrawn.generation,
                        offset: withdrawn.offset,
                        time: withdrawn.time
                    ),
                    write
                )
            }
        }
        try advance()
    }

    /// Gives the lines that come after all bulletins: withdrawals of unknown ones, rejected records, the state.
    func takeRest(_ write: (Line) throws -> Void) throws {
        let unknown = try SQLStatement(
            database,
            "SELECT id, generation, offset, at, reason FROM unknown_withdrawals ORDER BY id"
        )
        try unknown.forEachRow { row in
            try origin(WithdrawalContent(id: row.text(0), reason: row.textIfAny(4)), write)
            try origin(
                WithdrawalOrigin(
                    id: row.text(0),
                    generation: row.int(1),
                    offset: row.int(2),
                    time: row.textIfAny(3)
                ),
                write
            )
        }
        let rejected = try SQLStatement(
            database,
            """
            SELECT generation, offset, topic, partition, stage, reason, message, key, value, headers
            FROM rejected ORDER BY generation, offset
            """
        )
        try rejected.forEachRow { row in
            try origin(
                RejectedLine(
                    generation: row.int(0),
                    offset: row.int(1),
                    topic: row.text(2),
                    partition: row.int(3),
                    stage: row.text(4),
                    reason: row.text(5),
                    message: row.text(6),
                    key: row.blobIfAny(7).map { RejectedRecord.Bytes($0) },
                    value: row.blobIfAny(8).map { RejectedRecord.Bytes($0) },
                    headers: row.text(9)
                ),
                write
            )
        }
        // Files of the first schema have no replays.
        if try SQLStatement.number(database, "PRAGMA user_version") >= 2 {
            let replays = try SQLStatement(
                database,
                """
                SELECT generation, offset, rejected_topic, rejected_partition, rejected_offset
                FROM replays ORDER BY generation, offset
                """
            )
            try replays.forEachRow { row in
                try origin(
                    ReplayLine(
                        generation: row.int(0),
                        offset: row.int(1),
                        rejectedTopic: row.text(2),
                        rejectedPartition: row.int(3),
                        rejectedOffset: row.int(4)
                    ),
                    write
                )
            }
        }
        let state = try PartitionFile.readState(database, location)
        try origin(
            StateLine(
                topic: state.topic,
                partition: state.partition,
                generation: state.generation,
                nextOffset: state.nextOffset
            ),
            write
        )
    }

    private func writeRevision(
        _ bulletin: Bulletin,
        _ revision: Int,
        _ position: StoredPosition,
        _ write: (Line) throws -> Void
    ) throws {
        try content(RevisionContent(bulletin: bulletin, revision: revision), write)
        try origin(
            RevisionOrigin(
                id: bulletin.id,
                revision: revision,
                generation: position.generation,
                offset: position.offset,
                updatedGeneration: position.updatedGeneration,
                updatedOffset: position.updatedOffset,
                eventId: position.eventID,
                eventSource: position.eventSource,
                eventTime: position.eventTime
            ),
            write
        )
    }

    private func content(_ value: some Encodable, _ write: (Line) throws -> Void) throws {
        try write(Line(text: String(decoding: encoder.encode(value), as: UTF8.self), isContent: true))
    }

    private func origin(_ value: some Encodable, _ write: (Line) throws -> Void) throws {
        try write(Line(text: String(decoding: encoder.encode(value), as: UTF8.self), isContent: false))
    }
}

private struct RevisionContent: Encodable {
    var type = "revision"
    var bulletin: Bulletin
    var revision: Int
}

private struct RevisionOrigin: Encodable {
    var type = "revision-origin"
    var id: String
    var revision: Int
    var generation: Int64
    var offset: Int64
    var updatedGeneration: Int64
    var updatedOffset: Int64
    var eventId: String
    var eventSource: String
    var eventTime: String?
}

private struct WithdrawalContent: Encodable {
    var type = "withdrawal"
    var id: String
    var reason: String?
}

private struct WithdrawalOrigin: Encodable {
    var type = "withdrawal-origin"
    var id: String
    var generation: Int64
    var offset: Int64
    var time: String?
}

private struct RejectedLine: Encodable {
    var type = "rejected"
    var generation: Int64
    var offset: Int64
    var topic: String
    var partition: Int64
    var stage: String
    var reason: String
    var message: String
    var key: RejectedRecord.Bytes?
    var value: RejectedRecord.Bytes?
    var headers: String
}

private struct ReplayLine: Encodable {
    var type = "replay"
    var generation: Int64
    var offset: Int64
    var rejectedTopic: String
    var rejectedPartition: Int64
    var rejectedOffset: Int64
}

private struct StateLine: Encodable {
    var type = "state"
    var topic: String
    var partition: Int32
    var generation: Int64
    var nextOffset: Int64
}
