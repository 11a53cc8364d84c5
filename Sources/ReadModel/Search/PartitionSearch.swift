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

    /// What a file has.
    struct Result {
        /// The number of all matches.
        var count: Int
        /// How many the index has, withdrawn ones among them; nil where they were not counted.
        var indexed: Int?
        /// The best of the matches.
        var best: [Match]
    }

    func run(limit: Int?) throws -> Result {
        guard plan.isExact else {
            let all = try checked()
            return Result(count: all.count, best: all.limited(to: limit))
        }
        if let limit, limit <= 0 { return Result(count: try countCandidates(), best: []) }
        if let limit, plan.expression != nil { return try ranked(limit) }
        let best = try candidates(limit: limit)
        if let limit, best.count == limit { return Result(count: try countCandidates(), best: best) }
        return Result(count: best.count, best: best)
    }

    /// The number of all that the index finds and the best of it. Ranking looks at every match: it counts them on the way,
    /// where SQL would have to find them all once more. Of most of them it needs no more than the index has; rows of
    /// bulletins are long, and are read of the best alone.
    private func ranked(_ limit: Int) throws -> Result {
        let hidden = plan.isOfIndexAlone && plan.hidesWithdrawn ? try withdrawn() : []
        let ranking = try ranking(hidden: hidden, limit: limit)
        let source = plan.isOfIndexAlone ? Self.index + " WHERE bulletin_search MATCH ?" : source
        let statement = try SQLStatement(database, "SELECT \(Self.rank) FROM \(source)")
        try withExtendedLifetime(ranking) {
            var index: Int32 = 1
            try bind(ranking, statement, &index)
            try bindSource(statement, &index)
            try statement.run()
        }
        return Result(
            count: ranking.count,
            indexed: plan.isOfIndexAlone ? ranking.count + ranking.hiddenCount : nil,
            best: try matches(ranking.best.candidates).sorted(by: Match.comesFirst).limited(to: limit)
        )
    }

    /// The bulletins that were withdrawn, which an index of their own tells; in files before schema 4 every row is read.
    private func withdrawn() throws -> Set<Int64> {
        let statement = try SQLStatement(
            database,
            "SELECT bulletin_key FROM bulletins WHERE withdrawn_offset IS NOT NULL"
        )
        var keys: Set<Int64> = []
        try statement.forEachRow { keys.insert($0.int(0)) }
        return keys
    }

    private func matches(_ candidates: [BestScores.Candidate]) throws -> [Match] {
        let row = try SQLStatement(
            database,
            "SELECT b.id, \(SQLDates.published) FROM bulletins AS b WHERE b.bulletin_key = ?"
        )
        return try candidates.compactMap { candidate in
            try row.bind(1, candidate.key)
            defer { row.reset() }
            guard try row.step() else { return nil }
            return Match(key: candidate.key, id: row.text(0), date: row.textIfAny(1), score: candidate.score)
        }
    }

    /// What the index and SQL find: all, or the best.
    private func candidates(limit: Int?) throws -> [Match] {
        let ranking = plan.expression == nil ? nil : try ranking()
        let statement = try SQLStatement(
            database,
            """
            SELECT b.bulletin_key, b.id, \(SQLDates.published) AS date, \(ranking == nil ? "0.0" : Self.rank) AS score
            FROM \(source)
            ORDER BY score DESC, date DESC NULLS LAST, b.id LIMIT ?
            """
        )
        var matches: [Match] = []
        try withExtendedLifetime(ranking) {
            var index: Int32 = 1
            if let ranking { try bind(ranking, statement, &index) }
            try bindSource(statement, &index)
            try statement.bind(index, sqlLimit(limit))
            try statement.forEachRow { row in
                matches.append(
                    Match(key: row.int(0), id: row.text(1), date: row.textIfAny(2), score: row.double(3))
                )
            }
        }
        return matches
    }

    /// The score of a row of ``source`` or ``index``.
    private static let rank = "search_rank(bulletin_search, ?, sizes.sz)"

    private func ranking(hidden: Set<Int64> = [], limit: Int? = nil) throws -> SearchRanking {
        // Of a single phrase the weight only scales the scores: whoever knows all files does that.
        let weights = statistics.occurrences.isEmpty ? plan.phrases.map { _ in 1 } : statistics.weights
        return SearchRanking(
            titleColumn: try SearchIndexSQL.titleColumn(database),
            averageLength: statistics.averageLength,
            weights: weights + plan.excluded.map { _ in 0 },
            hidden: hidden,
            limit: limit
        )
    }

    private func bind(_ ranking: SearchRanking, _ statement: SQLStatement, _ index: inout Int32) throws {
        try statement.bind(index, pointer: Unmanaged.passUnretained(ranking).toOpaque(), type: SearchRank.pointerType)
        index += 1
    }

    private func countCandidates() throws -> Int {
        let source =
            plan.isOfIndexAlone ? "bulletin_search WHERE bulletin_search MATCH ? AND \(plan.visibleSQL)" : source
        let statement = try SQLStatement(database, "SELECT count(*) FROM \(source)")
        var index: Int32 = 1
        try bindSource(statement, &index)
        defer { statement.reset() }
        return try statement.step() ? Int(statement.int(0)) : 0
    }

    private static let index =
        "bulletin_search CROSS JOIN bulletin_search_docsize AS sizes ON sizes.id = bulletin_search.rowid"

    private var source: String {
        guard plan.expression != nil else { return "bulletins AS b WHERE \(plan.whereSQL)" }
        return """
            \(Self.index) CROSS JOIN bulletins AS b ON b.bulletin_key = bulletin_search.rowid
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
