internal import GRDB

/// The tables of a partition file and their history. `docs/read-model.md` explains them to people.
enum Schema {
    /// The version that this program writes: `PRAGMA user_version` of the file.
    static let version = 4

    /// "BLTN": marks the file as one of ours (`PRAGMA application_id`).
    static let applicationID = 0x424C_544E

    /// What turns version n into version n + 1, at index n.
    static let steps: [String] = [SchemaV1.sql, SchemaV2.sql, SchemaV3.sql, SchemaV4.sql]

    /// Brings the file at `path` up to ``version`` in one transaction, or as a part of the one that is open.
    ///
    /// A newer file is refused: what its newer columns mean is not known here, and writing without them would lose
    /// it.
    static func migrate(_ database: Database, path: String) throws {
        if try check(database, path: path) == version { return }
        try database.inSavepoint {
            // Read again: another process may have migrated it while this one waited for the lock.
            let found = try check(database, path: path)
            for step in steps.dropFirst(found) {
                try database.execute(sql: step)
            }
            try database.execute(sql: "PRAGMA application_id = \(applicationID)")
            try database.execute(sql: "PRAGMA user_version = \(version)")
            return .commit
        }
    }

    /// The file's version, 0 for an empty one; throws for a newer one and for other programs' databases.
    @discardableResult
    static func check(_ database: Database, path: String) throws -> Int {
        let found = try SQLStatement.number(database, "PRAGMA user_version")
        let owner = try SQLStatement.number(database, "PRAGMA application_id")
        let isEmpty = try SQLStatement.number(database, "SELECT count(*) FROM sqlite_schema") == 0
        guard owner == applicationID || (isEmpty && owner == 0) else {
            throw ReadModelError(
                .notADatabase,
                "\(path) is a database of another program: move it away, or give another data folder",
                path: path
            )
        }
        guard found <= version else {
            throw ReadModelError(
                .newerSchema,
                "\(path) has schema version \(found) and this program knows versions up to \(version):"
                    + " use the newer program that wrote it, or move the file away to have it filled again",
                path: path
            )
        }
        return found
    }
}

extension SQLStatement {
    /// The number in the first column of the first row; 0 if there is none.
    static func number(_ database: Database, _ sql: String) throws -> Int {
        let statement = try SQLStatement(database, sql)
        defer { statement.reset() }
        return try statement.step() ? Int(statement.int(0)) : 0
    }
}
