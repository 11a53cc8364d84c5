internal import BulletinEvents

/// What a person typed into the search: conditions that must all hold, each of them one or more alternatives.
///
/// ``SearchQueryParser`` reads it; `docs/search.md` explains the grammar to people.
struct SearchQuery: Codable, Hashable {
    /// All must hold. None at all finds nothing.
    var clauses: [Clause] = []
    /// What a person may have meant otherwise than it was read, a line each.
    var notes: [String] = []

    /// One or more alternatives, of which one must hold: `防汛 OR 抗旱`.
    typealias Clause = [Literal]

    /// A condition, or its opposite.
    struct Literal: Codable, Hashable {
        var isNegated = false
        var condition: Condition
    }

    /// What a bulletin may satisfy. Strings are folded keys (``FoldedText/askedKey(_:)``).
    enum Condition: Codable, Hashable {
        /// The title or a paragraph holds a text.
        case text(SearchTerm)
        /// The title holds a text.
        case title(SearchTerm)
        /// The publisher's name holds a text.
        case source(String)
        /// It names an organisation that has such a name.
        case organization(String)
        /// It names a person so.
        case person(String)
        /// Somebody so named gives a directive in it.
        case speaker(String)
        /// It cites a document so titled.
        case document(String)
        /// It was published on this day (`YYYY-MM-DD`) or later.
        case after(String)
        /// It was published before this day.
        case before(String)
        /// It is of this sort.
        case kind(Bulletin.Kind)
    }

    /// The query that some text makes. Never fails: every text is a query.
    init(_ text: String) {
        self = SearchQueryParser(text).parse()
    }

    init(clauses: [Clause], notes: [String]) {
        self.clauses = clauses
        self.notes = notes
    }
}

extension SearchQuery.Condition {
    /// The term that is looked for in the text, if it is one.
    var term: SearchTerm? {
        switch self {
        case .text(let term), .title(let term): term
        case .source, .organization, .person, .speaker, .document, .after, .before, .kind: nil
        }
    }

    /// The condition as an FTS5 expression that all bulletins satisfy which satisfy it; nil if the index cannot tell.
    var phrase: String? {
        switch self {
        case .text(let term): term.phrase
        case .title(let term): term.phrase.map { "(title : \($0))" }
        case .source, .organization, .person, .speaker, .document, .after, .before, .kind: nil
        }
    }

    /// Whether a bulletin of these texts satisfies it; nil for what its texts do not tell.
    func holds(title: [Unicode.Scalar]?, paragraphs: [[Unicode.Scalar]]) -> Bool? {
        switch self {
        case .text(let term):
            (title.map { term.firstMatch(in: $0, from: 0) != nil } ?? false)
                || paragraphs.contains { term.firstMatch(in: $0, from: 0) != nil }
        case .title(let term): title.map { term.firstMatch(in: $0, from: 0) != nil } ?? false
        case .source, .organization, .person, .speaker, .document, .after, .before, .kind: nil
        }
    }
}

extension SearchQuery {
    /// What snippets show: the texts that were asked for, or, where none was, the names.
    var shownTerms: [SearchTerm] {
        let wanted = clauses.joined().filter { !$0.isNegated }.map(\.condition)
        let terms = wanted.compactMap(\.term)
        if !terms.isEmpty { return terms }
        return wanted.compactMap { condition in
            switch condition {
            case .organization(let key), .person(let key), .speaker(let key), .document(let key):
                SearchTerm(key.unicodeScalars)
            case .text, .title, .source, .after, .before, .kind: nil
            }
        }
    }

    /// The folded names of the organisations asked for.
    var organizations: [String] {
        clauses.joined().compactMap { literal in
            if case .organization(let key) = literal.condition { key } else { nil }
        }
    }
}
