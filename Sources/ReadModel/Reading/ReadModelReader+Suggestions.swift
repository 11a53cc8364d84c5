internal import GRDB

/// Sorts of names that people ask for.
public enum NameKind: String, Codable, CaseIterable, Sendable {
    /// Organisations, by any of their names.
    case organization
    /// People.
    case person
    /// Publishers.
    case source
    /// Cited documents.
    case document

    fileprivate var sql: String {
        switch self {
        case .organization:
            """
            SELECT name, name_folded FROM organizations UNION
            SELECT canonical_name, canonical_name_folded FROM organizations WHERE canonical_name IS NOT NULL
            """
        case .person: "SELECT DISTINCT name, name_folded FROM people"
        case .source: "SELECT DISTINCT source, fold(source) FROM bulletins WHERE source IS NOT NULL"
        case .document: "SELECT DISTINCT title, title_folded FROM documents"
        }
    }
}

extension ReadModelReader {
    /// Names as written and folded, in byte order; those that begin with `prefix`, folded, where it is not empty.
    ///
    /// Throws ``ReadModelError``.
    public func names(_ kind: NameKind, beginningWith prefix: String = "") throws -> [(name: String, folded: String)] {
        let wanted = FoldedText.askedKey(prefix)
        var found: [String: String] = [:]
        for names in try ask(NamesQuestion(kind: kind, prefix: wanted)) { found.merge(names) { $1 } }
        return found.map { (name: $0.key, folded: $0.value) }.sorted { left, right in
            Order.ascending(left.name, right.name) ?? false
        }
    }

    /// A text as names are compared by: folded, without white space.
    public static func folded(_ text: String) -> String { FoldedText.askedKey(text) }
}

/// Names of a file as written, and folded: those that begin so, folded.
struct NamesQuestion: PartitionQuestion {
    static let name = "names"
    var kind: NameKind
    var prefix: String

    func answer(_ database: Database, at _: PartitionLocation) throws -> [String: String] {
        var found: [String: String] = [:]
        let query = try SQLStatement(
            database,
            """
            WITH n (name, folded) AS (\(kind.sql)) SELECT name, folded FROM n
            WHERE substr(folded, 1, length(?1)) = ?1
            """
        )
        try query.bind(1, prefix)
        try query.forEachRow { found[$0.text(0)] = $0.text(1) }
        return found
    }
}
