internal import BulletinEvents
internal import Foundation
internal import GRDB

/// The outbox's SQL; every function works within a transaction of its caller's.
enum OutboxStatements {
    // MARK: Writing

    /// Stores an entry, unless the bulletin's latest event has the same fingerprint.
    static func accept(_ entry: OutboxEntry, at now: Int64, _ database: Database) throws -> Acceptance {
        let latest = try database.cachedStatement(sql: "SELECT sequence, fingerprint FROM bulletin WHERE id = ?")
        if let row = try Row.fetchOne(latest, arguments: [entry.bulletinID]), row[1] == entry.fingerprint {
            return .unchanged(sequence: row[0])
        }
        try database.cachedStatement(
            sql: "INSERT INTO event (bulletin_id, accepted_at, size, headers, value) VALUES (?, ?, ?, ?, ?)"
        ).execute(arguments: [
            entry.bulletinID, now, entry.size, Data(HeaderCodec.encode(entry.headers)), Data(entry.value),
        ])
        let sequence = database.lastInsertedRowID
        try database.cachedStatement(
            sql: """
                INSERT INTO bulletin (id, sequence, effect, fingerprint, accepted_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET sequence = excluded.sequence, effect = excluded.effect,
                    fingerprint = excluded.fingerprint, accepted_at = excluded.accepted_at
                """
        ).execute(arguments: [entry.bulletinID, sequence, entry.effect.rawValue, entry.fingerprint, now])
        return .accepted(sequence: sequence)
    }

    /// Notes an outcome. What Kafka has need not be kept: `keepsPayload` is false where room is short, and then the note
    /// takes no more of it than the payload gives.
    static func settle(
        _ settlement: Settlement,
        at now: Int64,
        keepsPayload: Bool = true,
        _ database: Database
    ) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO delivery (sequence, settled_at, partition, record_offset, error) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (sequence) DO NOTHING
                """
        )
        switch settlement.outcome {
        case .delivered(let partition, let offset):
            if !keepsPayload {
                try database.cachedStatement(sql: "DELETE FROM event WHERE sequence = ?")
                    .execute(arguments: [settlement.sequence])
            }
            try statement.execute(arguments: [settlement.sequence, now, partition, offset, nil])
        case .refused(let reason):
            try statement.execute(arguments: [settlement.sequence, now, nil, nil, reason])
        }
    }

    /// Writes a row that means nothing, to see whether the disk takes it.
    static func probe(at now: Int64, _ database: Database) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO delivery (sequence, settled_at) VALUES (-1, ?)",
            arguments: [now]
        )
    }

    /// Makes refused events pending again, where no later event of the same bulletin would be overtaken.
    static func reviveRefused(_ database: Database) throws -> Int {
        try database.execute(
            sql: """
                DELETE FROM delivery WHERE error IS NOT NULL
                    AND sequence IN (SELECT sequence FROM event)
                    AND sequence IN (SELECT sequence FROM bulletin)
                """
        )
        return database.changesCount
    }

    // MARK: Reading

    /// Pending events after `sequence`, in order: at most `limit`, and no more once they hold `bytes`.
    static func pending(after sequence: Int64, limit: Int, bytes: Int, _ database: Database) throws -> [PendingEntry] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT sequence, bulletin_id, accepted_at, headers, value FROM event
                WHERE sequence > ? AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.sequence = event.sequence)
                ORDER BY sequence LIMIT ?
                """
        )
        var entries: [PendingEntry] = []
        var total = 0
        let rows = try Row.fetchCursor(statement, arguments: [sequence, limit])
        while total < bytes, let row = try rows.next() {
            let headers: Data = row[3]
            let value: Data = row[4]
            guard let headers = HeaderCodec.decode(Array(headers)) else {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "headers of event \(row[0] as Int64)")
            }
            total += value.count
            entries.append(
                PendingEntry(
                    sequence: row[0],
                    bulletinID: row[1],
                    acceptedAt: row[2],
                    headers: headers,
                    value: Array(value)
                )
            )
        }
        return entries
    }

    struct Totals {
        var pendingRecords = 0
        var pendingBytes = 0
        /// Bytes of delivered events whose payload is still here.
        var retainedBytes = 0
    }

    static func totals(_ database: Database) throws -> Totals {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT count(*) FILTER (WHERE d.sequence IS NULL), total(e.size) FILTER (WHERE d.sequence IS NULL),
                    total(e.size) FILTER (WHERE d.sequence IS NOT NULL AND d.error IS NULL)
                FROM event e LEFT JOIN delivery d ON d.sequence = e.sequence
                """
        )
        guard let row else { return Totals() }
        return Totals(
            pendingRecords: row[0],
            pendingBytes: Int(row[1] as Double),
            retainedBytes: Int(row[2] as Double)
        )
    }

    /// The oldest pending event from `sequence` on, and when it was accepted.
    static func oldestPending(
        from sequence: Int64,
        _ database: Database
    ) throws -> (sequence: Int64, acceptedAt: Int64)? {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT sequence, accepted_at FROM event WHERE sequence >= ?
                    AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.sequence = event.sequence)
                ORDER BY sequence LIMIT 1
                """,
            arguments: [sequence]
        )
        return row.map { ($0[0], $0[1]) }
    }

    static func delivery(of id: String, _ database: Database) throws -> DeliveryState? {
        let statement = try database.cachedStatement(
            sql: """
                SELECT b.sequence, b.effect, b.accepted_at, d.sequence, d.settled_at, d.partition, d.record_offset, d.error
                FROM bulletin b LEFT JOIN delivery d ON d.sequence = b.sequence WHERE b.id = ?
                """
        )
        guard let row = try Row.fetchOne(statement, arguments: [id]) else { return nil }
        let isSettled = (row[3] as Int64?) != nil
        let error: String? = row[7]
        return DeliveryState(
            bulletinID: id,
            effect: OutboxEntry.Effect(rawValue: row[1]) ?? .publication,
            sequence: row[0],
            acceptedAt: row[2],
            status: !isSettled ? .pending : error == nil ? .delivered : .refused,
            settledAt: row[4],
            partition: row[5],
            offset: row[6],
            error: error
        )
    }
}
