internal import BulletinEvents
internal import Foundation
internal import GRDB

extension ReadModelReader {
    /// What the read model holds, with the `topSources` publishers of most bulletins. Throws ``ReadModelError``.
    public func stats(topSources: Int = 10) throws -> ReadModelStats {
        var all = StatsQuestion.Answer()
        for answer in try ask(StatsQuestion()) { all.add(answer) }
        var stats = all.stats
        stats.months = all.months.values.sorted { $0.month < $1.month }
        stats.people = all.people.count
        stats.organizations = all.organizations.count
        stats.documents = all.documents.count
        stats.sources = NameTally.ranked(all.sources).prefix(max(0, topSources)).map {
            ReadModelStats.Source(source: $0, bulletins: all.sources[$0] ?? 0)
        }
        stats.partitions = try partitions()
        stats.fileBytes = stats.partitions.reduce(0) { $0 + $1.fileBytes }
        return stats
    }
}

/// What a file holds, in numbers.
struct StatsQuestion: PartitionQuestion {
    static let name = "stats"

    struct Answer: Codable {
        var stats = ReadModelStats()
        var sources: [String: Int] = [:]
        // A name may be in several files; counting it once takes the names themselves.
        var people: Set<String> = []
        var organizations: Set<String> = []
        var documents: Set<String> = []
        var months: [String: ReadModelStats.Month] = [:]

        mutating func add(_ other: Answer) {
            stats.bulletins += other.stats.bulletins
            stats.revisions += other.stats.revisions
            stats.withdrawn += other.stats.withdrawn
            stats.directives += other.stats.directives
            stats.rejected += other.stats.rejected
            stats.kinds.merge(other.stats.kinds, uniquingKeysWith: +)
            if let first = other.stats.firstDate { stats.firstDate = min(stats.firstDate ?? first, first) }
            if let last = other.stats.lastDate { stats.lastDate = max(stats.lastDate ?? last, last) }
            sources.merge(other.sources, uniquingKeysWith: +)
            people.formUnion(other.people)
            organizations.formUnion(other.organizations)
            documents.formUnion(other.documents)
            months.merge(other.months) { one, other in
                ReadModelStats.Month(
                    month: one.month,
                    bulletins: one.bulletins + other.bulletins,
                    directives: one.directives + other.directives
                )
            }
        }
    }

    func answer(_ database: Database, at _: PartitionLocation) throws -> Answer {
        var answer = Answer()
        try Self.addCounts(database, &answer.stats)
        let bySource = try SQLStatement(
            database,
            """
            SELECT source, count(*) FROM bulletins WHERE withdrawn_offset IS NULL AND source IS NOT NULL
            GROUP BY source
            """
        )
        try bySource.forEachRow { answer.sources[$0.text(0), default: 0] += Int($0.int(1)) }
        try Self.addMonths(database, &answer.months)
        try Self.addNames(database, "people", "name_folded", &answer.people)
        try Self.addNames(
            database,
            "organizations",
            "coalesce(canonical_name_folded, name_folded)",
            &answer.organizations
        )
        try Self.addNames(database, "documents", "title_folded", &answer.documents)
        return answer
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
}
