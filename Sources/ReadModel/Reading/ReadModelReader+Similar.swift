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
        let sketch = TextSketch.sketch(of: bulletin.paragraphs)
        var found: [SimilarBulletin] = []
        for reader in readers {
            try reader.read { database in
                let texts = try BulletinTexts(database)
                for candidate in try Self.candidates(sketch, bulletin.contentHash, threshold, database) {
                    guard var row = try Self.similar(candidate, database), row.id != bulletin.id else { continue }
                    // The sketch estimates; the texts decide.
                    row.similarity = TextSketch.exactSimilarity(
                        bulletin.paragraphs,
                        try texts.searched(candidate).paragraphs
                    )
                    if row.similarity >= threshold { found.append(row) }
                }
            }
        }
        return Self.ranked(found).limited(to: limit)
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
        let (_, found) = try matches(
            SearchQuery(clauses: [clause], notes: []),
            limit: limit.map { min($0, .max - 1) + 1 },
            includeWithdrawn: false
        )
        var rows: [SimilarBulletin] = []
        for (index, reader) in readers.enumerated() {
            try reader.read { database in
                for hit in found where hit.reader == index && hit.match.id != bulletin.id {
                    guard var row = try Self.similar(hit.match.key, database) else { continue }
                    row.similarity = hit.match.score
                    rows.append(row)
                }
            }
        }
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
        try forEachReader { database in
            try database.execute(
                sql: """
                    CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_terms USING fts5vocab(main, bulletin_search, row)
                    """
            )
            bulletins += try SQLStatement.number(database, "SELECT count(*) FROM bulletins")
            let query = try SQLStatement(database, "SELECT doc FROM temp.search_terms WHERE term = ?")
            for word in frequencies.keys {
                try query.bind(1, word)
                try query.forEachRow { documents[word, default: 0] += Int($0.int(0)) }
            }
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

    /// Bulletins of a file whose sketch is near, or whose text is the same; a little below the threshold, for it is an
    /// estimate.
    private static func candidates(
        _ sketch: [UInt8]?,
        _ contentHash: String,
        _ threshold: Double,
        _ database: Database
    ) throws -> [Int64] {
        var keys: [Int64] = []
        let same = try SQLStatement(database, "SELECT bulletin_key FROM bulletins WHERE content_hash = ?")
        try same.bind(1, contentHash)
        try same.forEachRow { keys.append($0.int(0)) }
        guard let sketch else { return keys }
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

    private static func similar(_ key: Int64, _ database: Database) throws -> SimilarBulletin? {
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

    private static func ranked(_ rows: [SimilarBulletin]) -> [SimilarBulletin] {
        rows.sorted { left, right in
            Order.largestFirst(left.similarity, right.similarity)
                ?? Order.latestFirst(SQLDates.comparable(left.publishedOn), SQLDates.comparable(right.publishedOn))
                ?? Order.ascending(left.id, right.id) ?? false
        }
    }
}
