internal import GRDB
internal import GRDBSQLite

/// One query in SQL over all files, which can read and nothing else, for so long and so many rows.
struct UnionQuery {
    /// A value that is longer ends the query.
    private static let longestValue: Int32 = 64 << 20

    let sql: String
    let timeLimit: Duration
    let rowLimit: Int?

    /// Runs over the files' connections. Calls `columns` once and `row` for each row; returns whether rows were left out.
    func run(
        _ databases: [Database],
        columns: ([String]) throws -> Void,
        row: ([SQLValue]) throws -> Void
    ) throws -> Bool {
        try withTables(databases) { handle, deadline, _ in try run(on: handle, deadline, columns: columns, row: row) }
    }

    /// Which columns of which tables it reads, without running it; none for what is no statement.
    func columnsRead(_ databases: [Database]) throws -> [(table: String, columns: [String?])] {
        try withTables(databases) { handle, _, tables in
            for table in tables { table.usedColumns = nil }
            var statement: OpaquePointer?
            // What is wrong with it is told when it is run.
            _ = sqlite3_prepare_v2(handle, sql, -1, &statement, nil)
            sqlite3_finalize(statement)
            return tables.compactMap { table in
                table.usedColumns.map { used in
                    let plan = UnionPlan(usedColumns: used)
                    return (table.name, table.columns.enumerated().map { plan.uses($0) ? $1.name : nil })
                }
            }
        }
    }

    /// Calls `body` with a connection that has the tables of all files and may do nothing but read.
    private func withTables<Result>(
        _ databases: [Database],
        _ body: (OpaquePointer, QueryDeadline, [UnionTable]) throws -> Result
    ) throws -> Result {
        let connections = databases.compactMap(\.sqliteConnection)
        var handle: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX
        guard sqlite3_open_v2(":memory:", &handle, flags, nil) == SQLITE_OK, let handle else {
            throw ReadModelError(.sqlite, "SQLite opens no database in memory")
        }
        let deadline = QueryDeadline(timeLimit)
        return try withExtendedLifetime(deadline) {
            try UnionModule.withModule { module in
                defer { sqlite3_close_v2(handle) }
                for connection in connections + [handle] { deadline.watch(connection) }
                defer { for connection in connections { QueryDeadline.unwatch(connection) } }
                try SQLFunctions.register(on: handle)
                let tables = try Self.tables(databases, connections)
                for table in tables {
                    // Declaring its columns creates something, which the authorizer is to forbid: it is done before.
                    let connect = "SELECT 1 FROM \(UnionTable.quoted(table.name))"
                    guard UnionModule.register(table, on: handle, module) == SQLITE_OK,
                        sqlite3_exec(handle, connect + " LIMIT 0", nil, nil, nil) == SQLITE_OK
                    else { throw error(handle, deadline) }
                }
                sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Self.longestValue)
                sqlite3_set_authorizer(handle, Self.authorize, nil)
                return try body(handle, deadline, tables)
            }
        }
    }

    private static func tables(_ databases: [Database], _ connections: [OpaquePointer]) throws -> [UnionTable] {
        let offered = try databases.map { try UnionTable.offered($0) }
        // The newest schema has the most tables.
        guard let widest = offered.max(by: { $0.count < $1.count }) else { return [] }
        return widest.map { name, columns in
            UnionTable(
                name: name,
                columns: columns,
                files: zip(connections, offered).map { connection, tables in
                    UnionTable.File(
                        connection: connection,
                        columns: Set(tables.first { $0.name == name }?.columns.map(\.name) ?? [])
                    )
                }
            )
        }
    }

    /// Reading, and functions that touch nothing outside.
    private static let authorize:
        @convention(c) (
            UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafePointer<CChar>?,
            UnsafePointer<CChar>?
        ) -> Int32 = { _, action, _, second, _, _ in
            switch action {
            case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: return SQLITE_OK
            case SQLITE_FUNCTION:
                let name = second.map { String(cString: $0).lowercased() }
                return name == "load_extension" ? SQLITE_DENY : SQLITE_OK
            default: return SQLITE_DENY
            }
        }

    private func run(
        on handle: OpaquePointer,
        _ deadline: QueryDeadline,
        columns: ([String]) throws -> Void,
        row: ([SQLValue]) throws -> Void
    ) throws -> Bool {
        var statement: OpaquePointer?
        let rest: String = try sql.withCString { text in
            var tail: UnsafePointer<CChar>?
            let code = sqlite3_prepare_v2(handle, text, -1, &statement, &tail)
            guard code == SQLITE_OK else { throw error(handle, deadline) }
            return tail.map { String(cString: $0) } ?? ""
        }
        defer { sqlite3_finalize(statement) }
        guard let statement else { throw ReadModelError(.invalidArgument, "there is no SQL in it") }
        guard rest.allSatisfy({ $0.isWhitespace || $0 == ";" }) else {
            throw ReadModelError(.invalidArgument, "SQL: one statement at a time")
        }
        let count = sqlite3_column_count(statement)
        try columns((0..<count).map { String(cString: sqlite3_column_name(statement, $0)) })
        var rows = 0
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                if let rowLimit, rows >= rowLimit { return true }
                rows += 1
                try row((0..<count).map { SQLValue(statement, $0) })
            case SQLITE_DONE: return false
            default: throw error(handle, deadline)
            }
        }
    }

    private func error(_ handle: OpaquePointer, _ deadline: QueryDeadline) -> ReadModelError {
        if deadline.isPast {
            let seconds = timeLimit.components.seconds
            return ReadModelError(.interrupted, "SQL: took longer than \(seconds) s: give it more by --timeout")
        }
        let message = String(cString: sqlite3_errmsg(handle))
        if sqlite3_errcode(handle) == SQLITE_AUTH || message.hasPrefix("not authorized") {
            return ReadModelError(.invalidArgument, "SQL: only SELECT is allowed here (\(message))")
        }
        return ReadModelError(.invalidArgument, "SQL: \(message)", sqliteCode: sqlite3_extended_errcode(handle))
    }
}
