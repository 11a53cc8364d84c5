internal import GRDB

extension ReadModelReader {
    /// The bulletins that satisfy `text`, a query in the grammar of `docs/search.md`: the best first, then the latest,
    /// then by id.
    ///
    /// Every text is a query. `limit` nil gives all hits.
    ///
    /// Throws ``ReadModelError``, with the code `unknown-bulletin` if `after` is none of the hits.
    /// - Parameters:
    ///   - unique: leaves out what is nearly the text of a better hit, and counts it with that.
    ///   - after: the full id of a hit: those that come after it are given.
    public func search(
        _ text: String,
        limit: Int? = 20,
        includeWithdrawn: Bool = false,
        unique: Bool = false,
        after: String? = nil
    ) throws -> SearchResults {
        let options = SearchOptions(limit: limit, includeWithdrawn: includeWithdrawn, unique: unique, after: after)
        // What is copied out of a damaged text is repaired as the text was: 區(qū)衛(wèi)健局. A reading that a writer meant,
        // 單(shàn)縣, stays in the text, and then nothing is found without it.
        let repaired = FoldedText.withoutReadings(text)
        let results = try find(SearchQuery(repaired), options)
        guard results.count == 0, repaired != text else { return results }
        return try find(SearchQuery(text), options)
    }

    private struct SearchOptions {
        var limit: Int?
        var includeWithdrawn: Bool
        var unique: Bool
        var after: String?
    }

    private func find(_ query: SearchQuery, _ options: SearchOptions) throws -> SearchResults {
        var (count, scale, found) = try matches(
            query,
            // What comes after a hit, or repeats one, is known once all are ranked.
            limit: options.after == nil && !options.unique ? options.limit : nil,
            includeWithdrawn: options.includeWithdrawn
        )
        found.sort { left, right in
            Order.largestFirst(left.match.score, right.match.score)
                ?? Order.latestFirst(left.match.date, right.match.date)
                ?? Order.ascending(left.match.id, right.match.id) ?? (left.reader < right.reader)
        }
        if options.unique {
            found = try unique(found, id: \.match.id).map { original, reprints in
                var original = original
                original.reprints = reprints
                return original
            }
            count = found.count
        }
        if let after = options.after {
            guard let position = found.lastIndex(where: { $0.match.id == after }) else {
                throw ReadModelError(
                    .unknownBulletin,
                    "'\(after)' is not among the hits: --after takes the whole id of the last one shown"
                )
            }
            found.removeFirst(position + 1)
        }
        // Sorted before: what differs must not become equal by rounding.
        found = found.limited(to: options.limit)
        for index in found.indices { found[index].match.score *= scale }
        let hits = try hits(found, query)
        return SearchResults(count: count, hits: hits, notes: query.notes)
    }

    /// A match and the file that it is in.
    struct Found {
        var match: PartitionSearch.Match
        var reader: Int
        var reprints: Int?
    }

    /// What matches in each file, in no order over all; of each the best, where there is a limit. Scores are in parts of
    /// `scale`.
    func matches(
        _ query: SearchQuery,
        limit: Int?,
        includeWithdrawn: Bool
    ) throws -> (count: Int, scale: Double, found: [Found]) {
        guard !query.clauses.isEmpty else { return (0, 1, []) }
        var fullNames: [String: Set<String>] = [:]
        for wanted in query.organizations {
            fullNames[wanted] = try self.fullNames(of: wanted)
        }
        let terms = SearchedTerms(query: query, includeWithdrawn: includeWithdrawn, fullNames: fullNames)
        let plan = try terms.plan()
        let wantsHits = limit.map { $0 > 0 } ?? true
        // Of a single phrase the hits themselves are counted, while they are ranked.
        let countsHits = plan.isSinglePhrase && limit != nil
        var statistics = SearchStatistics()
        if plan.expression != nil, wantsHits {
            for part in try ask(SearchStatisticsQuestion(terms: terms, countsPhrases: !countsHits)) {
                statistics.add(part)
            }
        }
        var count = 0
        var indexed = 0
        var found: [Found] = []
        let parts = try ask(
            each: sources.map { _ in SearchMatchesQuestion(terms: terms, statistics: statistics, limit: limit) }
        )
        for (index, part) in parts.enumerated() {
            guard let part else { continue }
            count += part.count
            indexed += part.indexed ?? 0
            found += part.best.map { Found(match: $0, reader: index) }
        }
        guard countsHits, wantsHits else { return (count, 1, found) }
        statistics.occurrences = [indexed]
        return (count, statistics.weights[0], found)
    }

    /// What satisfies a search, in each partition that has something.
    func keys(matching text: String, includeWithdrawn: Bool) throws -> [Int: Set<Int64>] {
        var keys: [Int: Set<Int64>] = [:]
        let query = SearchQuery(FoldedText.withoutReadings(text))
        for hit in try matches(query, limit: nil, includeWithdrawn: includeWithdrawn).found {
            keys[hit.reader, default: []].insert(hit.match.key)
        }
        return keys
    }

    /// Reads what is shown of the matches, in their order; each file is read once.
    private func hits(_ found: [Found], _ query: SearchQuery) throws -> [SearchHit] {
        let wanted = sources.indices.map { index in found.indices.filter { found[$0].reader == index } }
        let answers = try ask(
            each: wanted.map { positions in
                positions.isEmpty
                    ? nil : SearchHitsQuestion(matches: positions.map { found[$0].match }, terms: query.shownTerms)
            }
        )
        var hits: [SearchHit?] = Array(repeating: nil, count: found.count)
        for (positions, answer) in zip(wanted, answers) {
            for (position, hit) in zip(positions, answer ?? []) {
                hits[position] = hit
                hits[position]?.reprints = found[position].reprints
            }
        }
        // A bulletin that went between the two looks, as only a rebuilt file could lose one, is left out.
        return hits.compactMap { $0 }
    }
}

/// What is looked for, as a file is asked for it.
struct SearchedTerms: Codable {
    var query: SearchQuery
    var includeWithdrawn: Bool
    /// For each organisation asked for, the folded full names that it stands for elsewhere.
    var fullNames: [String: Set<String>]

    func plan() throws -> SearchPlan {
        try SearchPlan(query, includeWithdrawn: includeWithdrawn, fullNames: fullNames)
    }
}

/// What a file has to say to the ranking.
struct SearchStatisticsQuestion: PartitionQuestion {
    static let name = "search-statistics"
    var terms: SearchedTerms
    /// Whether the occurrences of the phrases are counted.
    var countsPhrases: Bool

    func answer(_ database: Database, at _: PartitionLocation) throws -> SearchStatistics {
        var statistics = SearchStatistics()
        try statistics.add(database, phrases: countsPhrases ? try terms.plan().phrases : [])
        return statistics
    }
}

/// What matches in a file: how many, and the best.
struct SearchMatchesQuestion: PartitionQuestion {
    static let name = "search-matches"
    var terms: SearchedTerms
    /// Of all files together. Without occurrences scores are in parts of the only phrase's weight.
    var statistics: SearchStatistics
    var limit: Int?

    struct Answer: Codable {
        var count: Int
        /// How many the index has, withdrawn ones among them; nil where they were not counted.
        var indexed: Int?
        var best: [PartitionSearch.Match]
    }

    func answer(_ database: Database, at _: PartitionLocation) throws -> Answer {
        let plan = try terms.plan()
        let counted = statistics.occurrences.count
        guard
            plan.expression == nil || counted == plan.phrases.count || counted == 0 && plan.isSinglePhrase || limit == 0
        else {
            throw ReadModelError(.invalidArgument, "the statistics are not those of the search")
        }
        let result = try PartitionSearch(database, plan, statistics).run(limit: limit)
        return Answer(count: result.count, indexed: result.indexed, best: result.best)
    }
}

/// What is shown of matches in a file; nil for one that is gone.
struct SearchHitsQuestion: PartitionQuestion {
    static let name = "search-hits"
    var matches: [PartitionSearch.Match]
    var terms: [SearchTerm]

    func answer(_ database: Database, at _: PartitionLocation) throws -> [SearchHit?] {
        let snippets = SnippetMaker(terms: terms)
        let texts = try BulletinTexts(database)
        return try matches.map { try texts.hit($0, snippets) }
    }
}
