internal import BulletinEvents

/// How a query is answered: what the full-text index finds, what SQL checks of that, what is checked in the texts.
struct SearchPlan {
    /// The full-text expression that all hits satisfy, and the phrases in it, in order; nil if the index is of no help.
    private(set) var expression: String?
    private(set) var phrases: [String] = []
    /// The phrases that the expression excludes, which come after those.
    private(set) var excluded: [String] = []
    /// Whether bulletins that were withdrawn are no hits.
    let hidesWithdrawn: Bool
    /// Other conditions on `bulletins AS b`, all of which must hold, and what their `?` stand for, in order.
    private(set) var conditions: [String] = []
    private(set) var values: [Value] = []
    /// Clauses that are checked in the texts of what the others leave over.
    private(set) var checked: [SearchQuery.Clause] = []

    /// A value that is bound.
    enum Value: Hashable {
        case text(String)
        case flag(Bool)
    }

    /// How many phrases are looked up in the index: FTS5 parses so many with ease. More are checked in the text.
    private static let lookedUp = 64
    /// How many alternatives and exclusions are checked by SQL, whose expressions have a limited depth.
    static let conditionLimit = 200

    /// The plan for a query.
    /// - Parameter fullNames: for each organisation asked for, the folded full names that it stands for elsewhere.
    ///
    /// Throws ``ReadModelError`` with the code `invalid-argument` for a query of more filters than SQL takes.
    init(_ query: SearchQuery, includeWithdrawn: Bool, fullNames: [String: Set<String>]) throws {
        hidesWithdrawn = !includeWithdrawn
        var exclusions: [String] = []
        var expressions: [String] = []
        var used = 0
        for clause in query.clauses {
            let alternatives = clause.compactMap { $0.isNegated ? nil : $0.condition.phrase }
            if alternatives.count == clause.count, phrases.count + alternatives.count <= Self.lookedUp {
                expressions.append("(" + alternatives.joined(separator: " OR ") + ")")
                phrases += alternatives
                if !clause.allSatisfy({ $0.condition.term?.isExact == true }) { checked.append(clause) }
                continue
            }
            if clause.allSatisfy({ $0.condition.term != nil }) {
                // A single exclusion that the index answers for needs no look at the texts.
                if let only = clause.first, clause.count == 1, only.isNegated,
                    only.condition.term?.isExact == true, let phrase = only.condition.phrase,
                    exclusions.count < Self.conditionLimit
                {
                    exclusions.append(phrase)
                } else {
                    checked.append(clause)
                }
                continue
            }
            used += clause.count
            guard used <= Self.conditionLimit else {
                throw ReadModelError(
                    .invalidArgument,
                    "the search has more than \(Self.conditionLimit) filters: ask in several steps"
                )
            }
            let parts = clause.map { literal in
                (literal.isNegated ? "NOT " : "") + "(\(condition(literal.condition, fullNames)))"
            }
            conditions.append("(" + parts.joined(separator: " OR ") + ")")
        }
        if !expressions.isEmpty {
            // FTS5 excludes from what it finds, and cannot do it from everything.
            excluded = Array(exclusions.prefix(max(0, Self.lookedUp - phrases.count)))
            let found = expressions.joined(separator: " AND ")
            expression = excluded.isEmpty ? found : "(\(found)) NOT " + excluded.joined(separator: " NOT ")
        }
        for phrase in exclusions.dropFirst(excluded.count) {
            conditions.append("NOT " + Self.isFound(place(phrase)))
        }
    }

    private static func isFound(_ expression: String) -> String {
        "b.bulletin_key IN (SELECT rowid FROM bulletin_search WHERE bulletin_search MATCH \(expression))"
    }

    /// Whether the index and ``visibleSQL`` tell the hits.
    var isOfIndexAlone: Bool { expression != nil && conditions.isEmpty && checked.isEmpty }

    /// Whether the expression is one phrase: then its hits are the phrase's occurrences, and nothing else needs counting.
    var isSinglePhrase: Bool { isOfIndexAlone && phrases.count == 1 && excluded.isEmpty }

    /// Whether everything that the index and SQL leave over is a hit.
    var isExact: Bool { checked.isEmpty }

    /// Whether what they leave over is a hit.
    func matches(title: [Unicode.Scalar]?, paragraphs: [[Unicode.Scalar]]) -> Bool {
        checked.allSatisfy { clause in
            clause.contains { literal in
                literal.condition.holds(title: title, paragraphs: paragraphs) != literal.isNegated
            }
        }
    }

    /// The conditions as SQL, to stand after WHERE.
    var whereSQL: String {
        let all = (hidesWithdrawn ? ["b.withdrawn_offset IS NULL"] : []) + conditions
        return all.isEmpty ? "1" : all.joined(separator: " AND ")
    }

    /// Whether a row of the index is not hidden, as SQL. The few that are hidden are found by an index of their own, so
    /// that the long rows of the others need not be read.
    var visibleSQL: String {
        hidesWithdrawn
            ? "bulletin_search.rowid NOT IN (SELECT bulletin_key FROM bulletins WHERE withdrawn_offset IS NOT NULL)"
            : "1"
    }

    private mutating func place(_ value: String) -> String {
        values.append(.text(value))
        return "?"
    }

    private mutating func condition(_ condition: SearchQuery.Condition, _ fullNames: [String: Set<String>]) -> String {
        switch condition {
        case .text(let term), .title(let term):
            if term.isExact, let phrase = condition.phrase {
                return Self.isFound(place(phrase))
            }
            func holds(_ text: String) -> String {
                values.append(.text(String(String.UnicodeScalarView(term.scalars))))
                values.append(.flag(term.beginsWord))
                return "holds_term(\(text), ?, ?)"
            }
            let inTitle = "ifnull(\(holds("b.title")), 0)"
            if case .title = condition { return inTitle }
            return inTitle
                + " OR EXISTS (SELECT 1 FROM paragraphs AS p WHERE p.bulletin_key = b.bulletin_key AND \(holds("p.text")))"
        case .source(let key): return "ifnull(contains_folded(b.source, \(place(key))), 0)"
        case .organization(let key):
            var names = "SELECT bulletin_key FROM organizations WHERE instr(name_folded, \(place(key))) > 0"
            names += " OR ifnull(instr(canonical_name_folded, \(place(key))), 0) > 0"
            if let others = fullNames[key], !others.isEmpty {
                let list = OrganizationNames.json(others)
                names += " OR name_folded IN (SELECT value FROM json_each(\(place(list))))"
                names += " OR canonical_name_folded IN (SELECT value FROM json_each(\(place(list))))"
            }
            return "b.bulletin_key IN (\(names))"
        case .person(let key):
            return "b.bulletin_key IN (SELECT bulletin_key FROM people WHERE instr(name_folded, \(place(key))) > 0)"
        case .speaker(let key):
            return """
                b.bulletin_key IN (SELECT bulletin_key FROM directives
                                   WHERE ifnull(instr(speaker_folded, \(place(key))), 0) > 0
                                      OR ifnull(contains_folded(speaker_text, \(place(key))), 0))
                """
        case .document(let key):
            return "b.bulletin_key IN (SELECT bulletin_key FROM documents WHERE instr(title_folded, \(place(key))) > 0)"
        case .after(let day): return "ifnull(\(SQLDates.published) >= \(place(day)), 0)"
        case .before(let day): return "ifnull(\(SQLDates.published) < \(place(day)), 0)"
        case .kind(let kind): return "b.kind = \(place(kind.rawValue))"
        }
    }
}
