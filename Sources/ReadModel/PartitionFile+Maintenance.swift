internal import GRDB

extension PartitionFile {
    /// Ends, from any thread, the statement that the file's own thread is executing; its transaction is rolled back and
    /// the call throws the code `interrupted`. A commit that has begun to write is not ended.
    public struct Interrupter: Sendable {
        let queue: DatabaseQueue

        /// Interrupts once; what begins later is not affected.
        public func interrupt() { queue.interrupt() }
    }

    /// What ends a transaction from another thread.
    public var interrupter: Interrupter { Interrupter(queue: queue) }

    /// Checks the file's pages, its foreign keys, and the search index against the texts; empty if all is well.
    ///
    /// Reads the whole file. Throws ``ReadModelError``.
    public func checkIntegrity() throws -> [String] {
        try access { database, _ in
            var problems = try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
            for row in try Row.fetchAll(database, sql: "PRAGMA foreign_key_check") {
                problems.append("a row of \(row[0] as String? ?? "?") belongs to no row of \(row[2] as String? ?? "?")")
            }
            problems += try textProblems(database)
            do {
                try database.execute(sql: "INSERT INTO bulletin_search (bulletin_search) VALUES ('integrity-check')")
                // FTS5 itself would compare with the view `search_content`, at thirty times the cost.
                if try SearchIndexSum.ofIndex(database) != SearchIndexSum.ofTexts(database) {
                    problems.append("the search index does not agree with the texts: rebuild it")
                }
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
                problems.append("the search index is damaged: rebuild it")
            }
            return problems
        }
    }

    /// What is kept apart from the paragraphs that it is read with, and does not fit them.
    private func textProblems(_ database: Database) throws -> [String] {
        var problems: [String] = []
        let raws = try SQLStatement(
            database,
            "SELECT bulletin_key, raw, \(SearchIndexSQL.body("raw_texts")) FROM raw_texts WHERE typeof(raw) = 'blob'"
        )
        try raws.forEachRow { row in
            do {
                _ = try row.unpacked(1) { Array(row.text(2).utf8) }
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
                problems.append("the raw text of bulletin_key \(row.int(0)) does not fit its paragraphs")
            }
        }
        let lost = try SQLStatement.number(database, "SELECT count(*) FROM directives WHERE text IS NULL")
        if lost > 0 { problems.append("\(lost) directives stand in paragraphs that are not there") }
        return problems
    }

    /// Makes the search index again from the texts. Throws ``ReadModelError``.
    public func rebuildSearchIndex() throws {
        try access { database, _ in
            try database.inTransaction(.immediate) {
                try PartitionFile.rebuildSearchIndex(database)
                return .commit
            }
        }
    }

    static func rebuildSearchIndex(_ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO bulletin_search (bulletin_search) VALUES ('delete-all');
                INSERT INTO bulletin_search (rowid, title, body) \(SearchIndexSQL.tokens);
                """
        )
    }

    /// Copies the write-ahead log into the file as far as readers allow. Throws ``ReadModelError``.
    public func checkpoint() throws {
        try access { database, _ in
            _ = try database.checkpoint(.passive)
        }
    }
}
