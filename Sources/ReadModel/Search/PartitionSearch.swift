internal import GRDB

/// A search in one file.
struct PartitionSearch {
    private let database: Database
    private let plan: SearchPlan
    private let statistics: SearchStatistics

    init(_ database: Database, _ plan: SearchPlan, _ statistics: SearchStatistics) {
        self.database = database
        self.plan = plan
        self.statistics = statistics
    }

    struct Match: Codable {
        var key: Int64
        var id: String
        var date: String?
        var score: Double
    }

    /// The number of all matches and the best of them.
    func run(limit: Int?) throws -> (count: Int, best: [Match]) {
        guard plan.isExact else {
            let all = try checked()
            return (all.count, all.limited(to: limit))
        }
        if let limit, limit <= 0 { return (try countCandidates(), []) }
        if let limit, plan.expression != nil { return try ranked(limit) }
        let best = try candidates(limit: limit)
        if let limit, best.count == limit { return (try countCandidates(), best) }
        return (best.count, best)
    }

    /// The number of all that the index finds and the best of it. Ranking looks at every match: it counts them on the way,
    /// where SQL would have to find them all once more.
    private func ranked(_ limit: Int) throws -> (count: Int, best: [Match]) {
        let statement = try scored("")
        var index: Int32 = 1
        try bindScored(statement, &index)
        var count = 0
        var best = BestMatches(limit: limit)
        try statement.forEachRow { row in
            count += 1
            let score = row.double(3)
            guard best.mayTake(score) else { return }
            best.take(Match(key: row.int(0), id: row.text(1), date: row.textIfAny(2), score: score))
        }
        return (count, best.inOrder)
    }

    /// What the index and SQL find: all, or the best.
    private func candidates(limit: Int?) throws -> [Match] {
        let statement = try scored("ORDER BY score DESC, date DESC NULLS LAST, b.id LIMIT ?")
        var index: Int32 = 1
        try bindScored(statement, &index)
        try statement.bind(index, sqlLimit(limit))
        var matches: [Match] = []
        try statement.forEachRow { row in
            matches.append(
                Match(key: row.int(0), id: row.text(1), date: row.textIfAny(2), score: row.double(3))
            )
        }
        return matches
    }

    /// Selects the matches with their scores.
    private func scored(_ order: String) throws -> SQLStatement {
        let weights = plan.phrases.indices.map { _ in ", ?" }.joined()
        let titles = try SearchIndexSQL.titleColumn(database)
        let score = plan.expression == nil ? "0.0" : "search_rank(bulletin_search, \(titles), ?\(weights))"
        return try SQLStatement(
            database,
            "SELECT b.bulletin_key, b.id, \(SQLDates.published) AS date, \(score) AS score FROM \(source) \(order)"
        )
    }

    private func bindScored(_ statement: SQLStatement, _ index: inout Int32) throws {
        if plan.expression != nil {
            try statement.bind(index, statistics.averageLength)
            for weight in statistics.weights {
                index += 1
                try statement.bind(index, weight)
            }
            index += 1
        }
        try bindSource(statement, &index)
    }

    private func countCandidates() throws -> Int {
        let statement = try SQLStatement(database, "SELECT count(*) FROM \(source)")
        var index: Int32 = 1
        try bindSource(statement, &index)
        defer { statement.reset() }
        return try statement.step() ? Int(statement.int(0)) : 0
    }

    private var source: String {
        guard plan.expression != nil else { return "bulletins AS b WHERE \(plan.whereSQL)" }
        return """
            bulletin_search CROSS JOIN bulletins AS b ON b.bulletin_key = bulletin_search.rowid
            WHERE bulletin_search MATCH ? AND \(plan.whereSQL)
            """
    }

    private func bindSource(_ statement: SQLStatement, _ index: inout Int32) throws {
        if let expression = plan.expression {
            try statement.bind(index, expression)
            index += 1
        }
        for value in plan.values {
            switch value {
            case .text(let text): try statement.bind(index, text)
            case .flag(let flag): try statement.bind(index, flag)
            }
            index += 1
        }
    }

    /// The candidates whose texts satisfy the rest: for terms with punctuation, which the index does not hold. A query of
    /// nothing else reads every text.
    private func checked() throws -> [Match] {
        let texts = try BulletinTexts(database)
        return try candidates(limit: nil).filter { match in
            let (title, paragraphs) = try texts.searched(match.key)
            return plan.matches(
                title: title.map { Array($0.unicodeScalars) },
                paragraphs: paragraphs.map { Array($0.unicodeScalars) }
            )
        }
    }
}

extension PartitionSearch.Match {
    /// The best first, then the latest, then by id: the order in which hits are shown.
    static func comesFirst(_ left: Self, _ right: Self) -> Bool {
        Order.largestFirst(left.score, right.score) ?? Order.latestFirst(left.date, right.date)
            ?? Order.ascending(left.id, right.id) ?? false
    }
}

/// The best of many matches, seen one after the other.
struct BestMatches {
    private let limit: Int
    private let slack: Int
    private var matches: [PartitionSearch.Match] = []
    // The score of the last of the best so far.
    private var least = -Double.infinity

    /// The best `limit` of them.
    init(limit: Int) {
        self.limit = limit
        // Sorted seldom, and never much more is held than is wanted.
        slack = max(64, min(limit, 4096))
    }

    /// Whether a match of this score may be among the best.
    func mayTake(_ score: Double) -> Bool { score >= least }

    /// Looks at one more.
    mutating func take(_ match: PartitionSearch.Match) {
        matches.append(match)
        guard matches.count - limit >= slack else { return }
        matches = inOrder
        least = matches.last?.score ?? least
    }

    /// The best of those seen, in their order.
    var inOrder: [PartitionSearch.Match] { matches.sorted(by: PartitionSearch.Match.comesFirst).limited(to: limit) }
}

/// Reads the texts that a search looks at.
final class BulletinTexts {
    private let head: SQLStatement
    private let paragraphs: SQLStatement

    init(_ database: Database) throws {
        head = try SQLStatement(
            database,
            "SELECT title, source, published_on, kind, place FROM bulletins WHERE bulletin_key = ?"
        )
        paragraphs = try SQLStatement(
            database,
            "SELECT text FROM paragraphs WHERE bulletin_key = ? ORDER BY paragraph"
        )
    }

    /// The title, if any, and the paragraphs.
    func searched(_ key: Int64) throws -> (title: String?, paragraphs: [String]) {
        var title: String?
        try head.bind(1, key)
        try head.forEachRow { title = $0.textIfAny(0) }
        return (title, try readParagraphs(key))
    }

    /// What is shown of a match.
    func hit(_ match: PartitionSearch.Match, _ snippets: SnippetMaker) throws -> SearchHit? {
        var hit: SearchHit?
        let texts = try readParagraphs(match.key)
        try head.bind(1, match.key)
        try head.forEachRow { row in
            let title = row.textIfAny(0)
            hit = SearchHit(
                id: match.id,
                title: title,
                source: row.textIfAny(1),
                publishedOn: row.textIfAny(2),
                kind: row.text(3),
                place: row.textIfAny(4),
                snippet: snippets.snippet(title: title, paragraphs: texts),
                score: match.score
            )
        }
        return hit
    }

    private func readParagraphs(_ key: Int64) throws -> [String] {
        var texts: [String] = []
        try paragraphs.bind(1, key)
        try paragraphs.forEachRow { texts.append($0.text(0)) }
        return texts
    }
}
