internal import GRDB

/// Takes delivered events out of the outbox, a few at a time, so that intake never waits long for it.
struct OutboxPruning {
    /// Payloads of delivered events are kept for at most this long, in milliseconds.
    var retention: Int64
    /// Payloads of delivered events take at most so many bytes.
    var retainedBytes: Int
    /// The latest events of so many acceptances are remembered, for `unchanged` and for the delivery.
    var remembered: Int64
    /// Events that one step takes out.
    static let step = 200

    struct Outcome {
        var freedBytes = 0
        /// Events that were taken out.
        var events = 0
        /// Whether another step would find something.
        var hasMore = false
    }

    /// Takes out what is due, at most `step` events. `excess` is by how many bytes the retained payloads are above their
    /// bound.
    func run(now: Int64, excess: Int, step: Int = step, _ database: Database) throws -> Outcome {
        var outcome = Outcome()
        // From the oldest on: what is delivered comes in the order of its numbers, nearly.
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT e.sequence, e.size, d.settled_at FROM event e JOIN delivery d ON d.sequence = e.sequence
                WHERE d.error IS NULL ORDER BY e.sequence LIMIT ?
                """,
            arguments: [step]
        )
        let delete = try database.cachedStatement(sql: "DELETE FROM event WHERE sequence = ?")
        for row in rows {
            let settledAt: Int64 = row[2]
            guard settledAt < now - retention || outcome.freedBytes < excess else { continue }
            try delete.execute(arguments: [row[0] as Int64])
            outcome.freedBytes += row[1]
            outcome.events += 1
        }
        outcome.hasMore = outcome.freedBytes > 0 && rows.count == step
        try forget(step, database)
        return outcome
    }

    /// Forgets what became of very old events. A bulletin that is sent again after that is accepted again, which
    /// the read model takes for what it is.
    private func forget(_ step: Int, _ database: Database) throws {
        guard let last = try Int64.fetchOne(database, sql: "SELECT max(sequence) FROM bulletin"), last > remembered
        else {
            return
        }
        try database.execute(
            sql: """
                DELETE FROM bulletin WHERE id IN (
                    SELECT id FROM bulletin WHERE sequence <= ? AND sequence NOT IN (SELECT sequence FROM event)
                    ORDER BY sequence LIMIT ?)
                """,
            arguments: [last - remembered, step]
        )
        try database.execute(
            sql: """
                DELETE FROM delivery WHERE sequence IN (
                    SELECT sequence FROM delivery WHERE sequence <= ? AND sequence NOT IN (SELECT sequence FROM event)
                    ORDER BY sequence LIMIT ?)
                """,
            arguments: [last - remembered, step]
        )
    }

    /// Gives free pages back to the disk where they are more than a quarter of the file and more than 16 MiB, at most
    /// `pages` of them; any, where the disk is short. Returns how many pages the file got smaller by.
    func shrink(_ database: Database, isShort: Bool, pages: Int) throws -> Int {
        let free = try Int.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
        let all = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
        guard isShort ? free > 0 : free > 2_048 && free > all / 4 else { return 0 }
        try database.execute(sql: "PRAGMA incremental_vacuum(\(pages))")
        return all - (try Int.fetchOne(database, sql: "PRAGMA page_count") ?? all)
    }
}
