internal import GRDB

/// Deletes what hangs on a bulletin's row, of which another revision comes.
final class BulletinPartsRemover {
    private let unindex: SQLStatement
    private let deletions: [SQLStatement]
    private let indexed: SQLStatement

    init(_ database: Database) throws {
        unindex = try SQLStatement(
            database,
            "INSERT INTO bulletin_search (bulletin_search, rowid, title, body) VALUES (?,?,?,?)"
        )
        indexed = try SQLStatement(database, SearchIndexSQL.tokens + " WHERE bulletin_key = ?")
        deletions = try [
            "directive_responsibles", "directive_rows", "person_roles", "people", "organizations", "documents",
            "quoted_terms", "attendees", "places", "paragraphs", "raw_texts", "text_sketches",
        ].map { try SQLStatement(database, "DELETE FROM \($0) WHERE bulletin_key = ?") }
    }

    /// Deletes everything that ``BulletinPartsWriter/insert(_:key:)`` inserted.
    func delete(key: Int64) throws {
        // FTS5 takes out of an external-content index what it is told was in it: it must be told the truth.
        try indexed.bind(1, key)
        try indexed.forEachRow { row in
            try unindex.bind(1, "delete")
            try unindex.bind(2, key)
            try unindex.bind(3, row.textIfAny(1))
            try unindex.bind(4, row.textIfAny(2))
        }
        try unindex.run()
        for deletion in deletions {
            try deletion.bind(1, key)
            try deletion.run()
        }
    }
}
