internal import BulletinEvents
internal import Foundation
internal import GRDB

extension ReadModelReader {
    /// What the read model holds, with the `topSources` publishers of most bulletins. Throws ``ReadModelError``.
    public func stats(topSources: Int = 10) throws -> ReadModelStats {
        var stats = ReadModelStats()
        var sources: [String: Int] = [:]
        // A name may be in several files; counting it once takes the names themselves.
        var people: Set<String> = []
        var organizations: Set<String> = []
        var documents: Set<String> = []
        var months: [String: ReadModelStats.Month] = [:]
        try forEachReader { database in
            try Self.addCounts(database, &stats)
            let bySource = try SQLStatement(
                database,
                """
                SELECT source, count(*) FROM bulletins WHERE withdrawn_offset IS NULL AND source IS NOT NULL
                GROUP BY source
                """
            )
            try bySource.forEachRow { sources[$0.text(0), default: 0] += Int($0.int(1)) }
            try Self.addMonths(database, &months)
            try Self.addNames(database, "people", "name_folded", &people)
            try Self.addNames(
                database,
                "organizations",
                "coalesce(canonical_name_folded, name_folded)",
                &organizations
            )
            try Self.addNames(database, "documents", "title_folded", &documents)
        }
        stats.months = months.values.sorted { $0.month < $1.month }
        stats.people = people.count
        stats.organizations = organizations.count
        stats.documents = documents.count
        stats.sources = NameTally.ranked(sources).prefix(max(0, topSources)).map {
            ReadModelStats.Source(source: $0, bulletins: sources[$0] ?? 0)
        }
        stats.partitions = try partitions()
        stats.fileBytes = stats.partitions.reduce(0) { $0 + $1.fileBytes }
        return stats
    }

    private static func addCounts(_ database: Database, _ stats: inout ReadModelStats) throws {
        let counts = try SQLStatement(
            database,
            """
            SELECT kind, withdrawn_offset IS NOT NULL, count(*), sum(revision), min(\(SQLDates.published)),
                   max(\(SQLDates.published))
            FROM bulletins AS b GROUP BY 1, 2
            """
        )
        try counts.forEachRow { row in
            let count = Int(row.int(2))
            guard row.int(1) == 0 else {
                stats.withdrawn += count
                return
            }
            stats.bulletins += count
            stats.revisions += Int(row.int(3))
            stats.kinds[row.text(0), default: 0] += count
            if let first = row.textIfAny(4) { stats.firstDate = min(stats.firstDate ?? first, first) }
            if let last = row.textIfAny(5) { stats.lastDate = max(stats.lastDate ?? last, last) }
        }
        stats.directives += try SQLStatement.number(
            database,
            """
            SELECT count(*) FROM directives JOIN bulletins USING (bulletin_key) WHERE withdrawn_offset IS NULL
            """
        )
        stats.rejected += try SQLStatement.number(database, "SELECT count(*) FROM rejected")
    }

    private static func addMonths(_ database: Database, _ months: inout [String: ReadModelStats.Month]) throws {
        let query = try SQLStatement(
            database,
            """
            SELECT substr(\(SQLDates.published), 1, 7) AS month, count(*),
                   sum((SELECT count(*) FROM directives AS d WHERE d.bulletin_key = b.bulletin_key))
            FROM bulletins AS b WHERE withdrawn_offset IS NULL AND month IS NOT NULL GROUP BY month
            """
        )
        try query.forEachRow { row in
            let name = row.text(0)
            var month = months[name] ?? ReadModelStats.Month(month: name, bulletins: 0, directives: 0)
            month.bulletins += Int(row.int(1))
            month.directives += Int(row.int(2))
            months[name] = month
        }
    }

    private static func addNames(
        _ database: Database,
        _ table: String,
        _ name: String,
        _ names: inout Set<String>
    ) throws {
        let query = try SQLStatement(
            database,
            """
            SELECT DISTINCT \(name) FROM \(table) JOIN bulletins USING (bulletin_key) WHERE withdrawn_offset IS NULL
            """
        )
        try query.forEachRow { names.insert($0.text(0)) }
    }

    /// The records that could not be taken, by topic, partition and offset. `limit` nil gives all.
    ///
    /// Throws ``ReadModelError``.
    public func rejected(limit: Int? = 50) throws -> [RejectedRow] {
        let decoder = JSONDecoder()
        let rows = try collect { database, _ in
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
        return rows.sorted { left, right in
            (left.topic, left.partition, left.generation, left.offset)
                < (right.topic, right.partition, right.generation, right.offset)
        }.limited(to: limit)
    }
}
