internal import GRDB

extension ReadModelReader {
    /// Runs one SELECT over all files as if they were one database.
    ///
    /// Every table and view of `docs/read-model.md` is there. `…_key` columns hold the number of the file beside the file's
    /// own key, so that joins hold together.
    /// - Parameters:
    ///   - timeLimit: ends the query after this time, with the code `interrupted`.
    ///   - limit: rows at most; nil for all.
    ///   - columns: called once, with the names.
    ///   - row: called for each row.
    ///
    /// Returns whether rows were left out. Throws ``ReadModelError``, with the code `invalid-argument` for what is no
    /// SELECT or no SQL.
    public func sql(
        _ sql: String,
        timeLimit: Duration = .seconds(30),
        limit: Int? = nil,
        columns: ([String]) throws -> Void,
        row: ([SQLValue]) throws -> Void
    ) throws -> Bool {
        try withAllFiles(asked: sql) { databases in
            try UnionQuery(sql: sql, timeLimit: timeLimit, rowLimit: limit).run(
                databases,
                columns: columns,
                row: row
            )
        }
    }

    /// The tables, views and columns that ``sql(_:timeLimit:limit:columns:row:)`` can read.
    public func schema() throws -> [SchemaColumn] {
        try ask(SchemaQuestion()).first ?? []
    }

    /// Calls `body` within a read transaction of every file at once; a file behind a server is a copy of what `sql` reads.
    private func withAllFiles<Result>(asked sql: String, _ body: ([Database]) throws -> Result) throws -> Result {
        let copies = try remoteTables(of: sql)
        func open(_ index: Int, _ opened: [Database]) throws -> Result {
            guard index < sources.count else { return try body(opened) }
            switch sources[index] {
            case .file(let reader): return try reader.read { try open(index + 1, opened + [$0]) }
            case .remote:
                guard let copy = copies[index] else { return try open(index + 1, opened) }
                return try copy.read { try open(index + 1, opened + [$0]) }
            }
        }
        return try open(0, [])
    }
}

/// The tables, views and columns of a file that SQL can read.
struct SchemaQuestion: PartitionQuestion {
    static let name = "schema"

    func answer(_ database: Database, at _: PartitionLocation) throws -> [SchemaColumn] {
        try UnionTable.offered(database).flatMap { table in
            table.columns.map { SchemaColumn(table: table.name, column: $0.name, type: $0.type) }
        }
    }
}
