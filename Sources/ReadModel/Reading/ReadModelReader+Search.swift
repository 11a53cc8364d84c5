internal import GRDB

extension ReadModelReader {
    /// The bulletins in which all terms of `text` occur: the best first, then the latest, then by id.
    ///
    /// A term occurs where it is a substring of the title or of a paragraph, both folded. See ``SearchQuery`` for the
    /// grammar; every input is a query. `limit` nil gives all hits. Throws ``ReadModelError``.
    public func search(_ text: String, limit: Int? = 20, includeWithdrawn: Bool = false) throws -> SearchResults {
        // What is copied out of a damaged text is repaired as the text was: 區(qū)衛(wèi)健局. A reading that a writer meant,
        // 單(shàn)縣, stays in the text, and then nothing is found without it.
        let repaired = FoldedText.withoutReadings(text)
        let results = try find(SearchQuery(repaired), limit: limit, includeWithdrawn: includeWithdrawn)
        guard results.count == 0, repaired != text else { return results }
        return try find(SearchQuery(text), limit: limit, includeWithdrawn: includeWithdrawn)
    }

    private func find(_ query: SearchQuery, limit: Int?, includeWithdrawn: Bool) throws -> SearchResults {
        guard !query.terms.isEmpty else { return SearchResults(count: 0, hits: []) }
        var count = 0
        var found: [Found] = []
        for (index, reader) in readers.enumerated() {
            let part = try reader.read { database in
                try PartitionSearch(database, query, includeWithdrawn: includeWithdrawn).run(limit: limit)
            }
            count += part.count
            found += part.best.map { Found(match: $0, reader: index) }
        }
        found.sort { left, right in
            Order.largestFirst(left.match.score, right.match.score)
                ?? Order.latestFirst(left.match.date, right.match.date)
                ?? Order.ascending(left.match.id, right.match.id) ?? (left.reader < right.reader)
        }
        return SearchResults(count: count, hits: try hits(Array(found.limited(to: limit)), query))
    }

    private struct Found {
        var match: PartitionSearch.Match
        var reader: Int
    }

    /// Reads what is shown of the matches, in their order; each file is read once.
    private func hits(_ found: [Found], _ query: SearchQuery) throws -> [SearchHit] {
        let snippets = SnippetMaker(terms: query.terms)
        var hits: [SearchHit?] = Array(repeating: nil, count: found.count)
        for (index, reader) in readers.enumerated() {
            let wanted = found.indices.filter { found[$0].reader == index }
            if wanted.isEmpty { continue }
            try reader.read { database in
                let texts = try BulletinTexts(database)
                for position in wanted {
                    hits[position] = try texts.hit(found[position].match, snippets)
                }
            }
        }
        // A bulletin that went between the two looks, as only a rebuilt file could lose one, is left out.
        return hits.compactMap { $0 }
    }
}

/// A search in one file.
struct PartitionSearch {
    private let database: Database
    private let query: SearchQuery
    private let includeWithdrawn: Bool

    init(_ database: Database, _ query: SearchQuery, includeWithdrawn: Bool) {
        self.database = database
        self.query = query
        self.includeWithdrawn = includeWithdrawn
    }

    struct Match {
        var key: Int64
        var id: String
        var date: String?
        var score: Double
    }

    /// The number of all matches and the best of them.
    func run(limit: Int?) throws -> (count: Int, best: [Match]) {
        guard query.isExact else {
            let all = try checked()
            return (all.count, all.limited(to: limit))
        }
        let best = try candidates(limit: limit)
        if let limit, best.count == max(0, limit) { return (try countCandidates(), best) }
        return (best.count, best)
    }

    /// What the index finds: all, or the best.
    private func candidates(limit: Int?) throws -> [Match] {
        let statement = try SQLStatement(
            database,
            """
            SELECT s.rowid, b.id, \(SQLDates.published) AS date, -bm25(bulletin_search, 4.0, 1.0) AS score
            FROM bulletin_search AS s CROSS JOIN bulletins AS b ON b.bulletin_key = s.rowid
            WHERE bulletin_search MATCH ?1 AND (?2 OR b.withdrawn_offset IS NULL)
            ORDER BY score DESC, date DESC NULLS LAST, b.id
            LIMIT ?3
            """
        )
        try statement.bind(1, query.expression)
        try statement.bind(2, includeWithdrawn)
        try statement.bind(3, sqlLimit(limit))
        return try matches(statement)
    }

    private func countCandidates() throws -> Int {
        let statement = try SQLStatement(
            database,
            """
            SELECT count(*) FROM bulletin_search AS s CROSS JOIN bulletins AS b ON b.bulletin_key = s.rowid
            WHERE bulletin_search MATCH ?1 AND (?2 OR b.withdrawn_offset IS NULL)
            """
        )
        try statement.bind(1, query.expression)
        try statement.bind(2, includeWithdrawn)
        defer { statement.reset() }
        return try statement.step() ? Int(statement.int(0)) : 0
    }

    /// The candidates in which the terms really occur: for terms with punctuation, which the index does not hold. A
    /// query of nothing else reads every text.
    private func checked() throws -> [Match] {
        let texts = try BulletinTexts(database)
        let all = try query.expression == nil ? everything() : candidates(limit: nil)
        return try all.filter { match in
            query.matches(try texts.searched(match.key).map { Array($0.unicodeScalars) })
        }
    }

    private func everything() throws -> [Match] {
        let statement = try SQLStatement(
            database,
            """
            SELECT b.bulletin_key, b.id, \(SQLDates.published) AS date, 0.0 FROM bulletins AS b
            WHERE ?1 OR b.withdrawn_offset IS NULL
            ORDER BY date DESC NULLS LAST, b.id
            """
        )
        try statement.bind(1, includeWithdrawn)
        return try matches(statement)
    }

    private func matches(_ statement: SQLStatement) throws -> [Match] {
        var matches: [Match] = []
        try statement.forEachRow { row in
            matches.append(
                Match(key: row.int(0), id: row.text(1), date: row.textIfAny(2), score: row.double(3))
            )
        }
        return matches
    }
}

/// Reads the texts that a search looks at.
private final class BulletinTexts {
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
    func searched(_ key: Int64) throws -> [String] {
        var texts: [String] = []
        try head.bind(1, key)
        try head.forEachRow { row in
            if let title = row.textIfAny(0) { texts.append(title) }
        }
        return texts + (try readParagraphs(key))
    }

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
