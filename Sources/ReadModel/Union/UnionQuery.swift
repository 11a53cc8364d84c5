internal import GRDB
internal import GRDBSQLite

/// One query in SQL over all files, which can read and nothing else, for so long and so many rows.
struct UnionQuery {
    /// What ends a query that takes too long.
    private final class Deadline {
        let instant: ContinuousClock.Instant
        var isPast = false

        init(_ limit: Duration) { instant = .now + limit }

        /// For SQLite's progress handlers: not 0 ends the statement.
        static let check: @convention(c) (UnsafeMutableRawPointer?) -> Int32 = { pointer in
            guard let pointer else { return 0 }
            let deadline = Unmanaged<Deadline>.fromOpaque(pointer).takeUnretainedValue()
            if ContinuousClock.now >= deadline.instant { deadline.isPast = true }
            return deadline.isPast ? 1 : 0
        }
    }

    /// Instructions of SQLite's machine between two looks at the clock: about a millisecond.
    private static let checkInterval: Int32 = 20_000
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
        let connections = databases.compactMap(\.sqliteConnection)
        var handle: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX
        guard sqlite3_open_v2(":memory:", &handle, flags, nil) == SQLITE_OK, let handle else {
            throw ReadModelError(.sqlite, "SQLite opens no database in memory")
        }
        let deadline = Deadline(timeLimit)
        return try withExtendedLifetime(deadline) {
            try UnionModule.withModule { module in
                defer { sqlite3_close_v2(handle) }
                let pointer = Unmanaged.passUnretained(deadline).toOpaque()
                for connection in connections + [handle] {
                    sqlite3_progress_handler(connection, Self.checkInterval, Deadline.check, pointer)
                }
                defer { for connection in connections { sqlite3_progress_handler(connection, 0, nil, nil) } }
                try SQLFunctions.register(on: handle)
                for table in try Self.tables(databases, connections) {
                    // Declaring its columns creates something, which the authorizer is to forbid: it is done before.
                    let connect = "SELECT 1 FROM \(UnionTable.quoted(table.name))"
                    guard UnionModule.register(table, on: handle, module) == SQLITE_OK,
                        sqlite3_exec(handle, connect + " LIMIT 0", nil, nil, nil) == SQLITE_OK
                    else { throw error(handle, deadline) }
                }
                sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Self.longestValue)
                sqlite3_set_authorizer(handle, Self.authorize, nil)
                return try run(on: handle, deadline, columns: columns, row: row)
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
        _ deadline: Deadline,
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

    private func error(_ handle: OpaquePointer, _ deadline: Deadline) -> ReadModelError {
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
