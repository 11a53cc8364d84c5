internal import Foundation
internal import GRDB

extension ReadModelReader {
    /// The bulletins whose text is nearly that of a bulletin, from whatever source: the most alike first.
    /// - Parameter threshold: the least share of runs of three characters in common, above 0 to 1.
    ///
    /// Throws ``ReadModelError`` as ``show(_:)`` does.
    public func reprints(
        _ idOrPrefix: String,
        threshold: Double = 0.8,
        limit: Int? = 50
    ) throws -> [SimilarBulletin] {
        let bulletin = try show(idOrPrefix).bulletin
        let question = ReprintsQuestion(
            id: bulletin.id,
            contentHash: bulletin.contentHash,
            paragraphs: bulletin.paragraphs,
            threshold: threshold
        )
        return Self.ranked(try ask(question).flatMap(\.self)).limited(to: limit)
    }

    /// The bulletins that speak of the same things: those that share the most telling words with a bulletin.
    ///
    /// Throws ``ReadModelError`` as ``show(_:)`` does.
    public func similar(_ idOrPrefix: String, limit: Int? = 10) throws -> [SimilarBulletin] {
        let bulletin = try show(idOrPrefix).bulletin
        let terms = try tellingTerms(bulletin.paragraphs + [bulletin.title].compactMap { $0 })
        guard !terms.isEmpty else { return [] }
        let clause = terms.compactMap { SearchTerm($0.unicodeScalars) }.map {
            SearchQuery.Literal(condition: .text($0))
        }
        var (_, scale, found) = try matches(
            SearchQuery(clauses: [clause], notes: []),
            limit: limit.map { min($0, .max - 1) + 1 },
            includeWithdrawn: false
        )
        for index in found.indices { found[index].match.score *= scale }
        let others = found.filter { $0.match.id != bulletin.id }
        let rows = try ask(
            each: sources.indices.map { index in
                let matches = others.filter { $0.reader == index }.map(\.match)
                return matches.isEmpty ? nil : SimilarRowsQuestion(matches: matches)
            }
        ).compactMap(\.self).flatMap(\.self)
        return Self.ranked(rows).limited(to: limit)
    }

    /// Pairs of letters that the text uses often and other bulletins seldom: the best by tf·idf, at most 40.
    private func tellingTerms(_ texts: [String]) throws -> [String] {
        var frequencies: [String: Int] = [:]
        for text in texts {
            var tokens: [UInt8] = []
            SearchTokens.append(text, to: &tokens)
            for token in tokens.split(separator: 0x20) {
                let word = String(decoding: token, as: UTF8.self)
                // A single scalar ends a run and tells nothing; digits are dates and numbers.
                guard word.unicodeScalars.count == 2, !word.unicodeScalars.contains(where: { $0.value < 0x2E80 }) else {
                    continue
                }
                frequencies[word, default: 0] += 1
            }
        }
        var documents: [String: Int] = [:]
        var bulletins = 0
        for counts in try ask(TermCountsQuestion(words: frequencies.keys.sorted())) {
            bulletins += counts.bulletins
            documents.merge(counts.documents, uniquingKeysWith: +)
        }
        func weight(_ word: String) -> Double {
            let count = documents[word] ?? 0
            // What only this bulletin says finds no other; what every second one says finds all.
            guard count > 1, count * 2 <= bulletins || bulletins < 10 else { return 0 }
            return Double(frequencies[word] ?? 0).squareRoot() * log(Double(bulletins + 1) / Double(count))
        }
        return frequencies.keys.map { ($0, weight($0)) }.filter { $0.1 > 0 }.sorted { left, right in
            Order.largestFirst(left.1, right.1) ?? Order.ascending(left.0, right.0) ?? false
        }.prefix(40).map(\.0)
    }

    private static func ranked(_ rows: [SimilarBulletin]) -> [SimilarBulletin] {
        rows.sorted { left, right in
            Order.largestFirst(left.similarity, right.similarity)
                ?? Order.latestFirst(SQLDates.comparable(left.publishedOn), SQLDates.comparable(right.publishedOn))
                ?? Order.ascending(left.id, right.id) ?? false
        }
    }
}

/// The bulletins of a file whose text is nearly a given one.
struct ReprintsQuestion: PartitionQuestion {
    static let name = "reprints"
    var id: String
    var contentHash: String
    var paragraphs: [String]
    var threshold: Double

    func answer(_ database: Database, at _: PartitionLocation) throws -> [SimilarBulletin] {
        let texts = try BulletinTexts(database)
        var found: [SimilarBulletin] = []
        for candidate in try candidates(database) {
            guard var row = try SimilarRowsQuestion.row(candidate, database), row.id != id else { continue }
            // The sketch estimates; the texts decide.
            row.similarity = TextSketch.exactSimilarity(paragraphs, try texts.searched(candidate).paragraphs)
            if row.similarity >= threshold { found.append(row) }
        }
        return found
    }

    /// Bulletins of a file whose sketch is near, or whose text is the same; a little below the threshold, for it is an
    /// estimate.
    private func candidates(_ database: Database) throws -> [Int64] {
        var keys: [Int64] = []
        let same = try SQLStatement(database, "SELECT bulletin_key FROM bulletins WHERE content_hash = ?")
        try same.bind(1, contentHash)
        try same.forEachRow { keys.append($0.int(0)) }
        guard let sketch = TextSketch.sketch(of: paragraphs) else { return keys }
        let all = try SQLStatement(
            database,
            "SELECT bulletin_key, sketch FROM \(try TextSketchTable.source(database))"
        )
        let known = Set(keys)
        try all.forEachRow { row in
            let key = row.int(0)
            guard !known.contains(key), let other = row.blobIfAny(1) else { return }
            if TextSketch.similarity(sketch, other) >= threshold - 0.2 { keys.append(key) }
        }
        return keys
    }
}

/// In how many bulletins of a file words of the search index occur.
struct TermCountsQuestion: PartitionQuestion {
    static let name = "term-counts"
    var words: [String]

    struct Answer: Codable {
        var bulletins = 0
        var documents: [String: Int] = [:]
    }

    func answer(_ database: Database, at _: PartitionLocation) throws -> Answer {
        try database.execute(
            sql: """
                CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_terms USING fts5vocab(main, bulletin_search, row)
                """
        )
        var answer = Answer(bulletins: try SQLStatement.number(database, "SELECT count(*) FROM bulletins"))
        let query = try SQLStatement(database, "SELECT doc FROM temp.search_terms WHERE term = ?")
        for word in words {
            try query.bind(1, word)
            try query.forEachRow { answer.documents[word, default: 0] += Int($0.int(0)) }
        }
        return answer
    }
}

/// What is shown of matches in a file that are like another bulletin.
struct SimilarRowsQuestion: PartitionQuestion {
    static let name = "similar-rows"
    var matches: [PartitionSearch.Match]

    func answer(_ database: Database, at _: PartitionLocation) throws -> [SimilarBulletin] {
        try matches.compactMap { match in
            var row = try Self.row(match.key, database)
            row?.similarity = match.score
            return row
        }
    }

    static func row(_ key: Int64, _ database: Database) throws -> SimilarBulletin? {
        let query = try SQLStatement(
            database,
            """
            SELECT id, title, source, published_on, url FROM bulletins
            WHERE bulletin_key = ? AND withdrawn_offset IS NULL
            """
        )
        try query.bind(1, key)
        var found: SimilarBulletin?
        try query.forEachRow { row in
            found = SimilarBulletin(
                id: row.text(0),
                title: row.textIfAny(1),
                source: row.textIfAny(2),
                publishedOn: row.textIfAny(3),
                url: row.textIfAny(4),
                similarity: 1
            )
        }
        return found
    }
}
