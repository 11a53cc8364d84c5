internal import GRDBSQLite

/// Offers ``UnionTable``s to a connection as eponymous virtual tables (https://sqlite.org/vtab.html, section 2.1.2).
///
/// SQLite attaches ten files at most; this joins any number, and asks each only for the rows and columns that are wanted.
enum UnionModule {
    /// What SQLite hands around as a `sqlite3_vtab`: C's idiom of a struct that begins with the base.
    private struct Table {
        var base = sqlite3_vtab()
        var table: Unmanaged<UnionTable>
    }

    private struct Cursor {
        var base = sqlite3_vtab_cursor()
        var cursor: Unmanaged<UnionCursor>
    }

    /// Registers a table on a connection, which keeps it until it is closed. `module` must outlive the connection.
    static func register(
        _ table: UnionTable,
        on connection: OpaquePointer,
        _ module: UnsafePointer<sqlite3_module>
    ) -> Int32 {
        sqlite3_create_module_v2(connection, table.name, module, Unmanaged.passRetained(table).toOpaque()) { pointer in
            if let pointer { Unmanaged<UnionTable>.fromOpaque(pointer).release() }
        }
    }

    /// The functions of the module, which `body` may use as long as it runs.
    static func withModule<Result>(_ body: (UnsafePointer<sqlite3_module>) throws -> Result) rethrows -> Result {
        var module = sqlite3_module()
        module.iVersion = 1
        // No xCreate: the table is there under its own name, and no CREATE VIRTUAL TABLE makes one.
        module.xConnect = { connection, auxiliary, _, _, result, message in
            guard let connection, let auxiliary else { return SQLITE_ERROR }
            let table = Unmanaged<UnionTable>.fromOpaque(auxiliary)
            let code = table.takeUnretainedValue().declaration.withCString { sqlite3_declare_vtab(connection, $0) }
            guard code == SQLITE_OK else {
                message?.pointee = UnionModule.copy(String(cString: sqlite3_errmsg(connection)))
                return code
            }
            let made = UnsafeMutablePointer<Table>.allocate(capacity: 1)
            made.initialize(to: Table(table: table))
            result?.pointee = UnsafeMutableRawPointer(made).assumingMemoryBound(to: sqlite3_vtab.self)
            return SQLITE_OK
        }
        module.xDisconnect = { table in
            guard let table else { return SQLITE_OK }
            let made = UnsafeMutableRawPointer(table).assumingMemoryBound(to: Table.self)
            made.deinitialize(count: 1)
            made.deallocate()
            return SQLITE_OK
        }
        module.xBestIndex = { table, information in
            guard let table, let information else { return SQLITE_ERROR }
            return UnionModule.plan(UnionModule.table(table), information)
        }
        module.xOpen = { table, result in
            guard let table else { return SQLITE_ERROR }
            let made = UnsafeMutablePointer<Cursor>.allocate(capacity: 1)
            made.initialize(to: Cursor(cursor: Unmanaged.passRetained(UnionCursor(UnionModule.table(table)))))
            result?.pointee = UnsafeMutableRawPointer(made).assumingMemoryBound(to: sqlite3_vtab_cursor.self)
            return SQLITE_OK
        }
        module.xClose = { cursor in
            guard let cursor else { return SQLITE_OK }
            let made = UnsafeMutableRawPointer(cursor).assumingMemoryBound(to: Cursor.self)
            made.pointee.cursor.release()
            made.deinitialize(count: 1)
            made.deallocate()
            return SQLITE_OK
        }
        module.xFilter = { cursor, _, text, _, arguments in
            guard let cursor, let text, let plan = UnionPlan(String(cString: text)) else { return SQLITE_ERROR }
            return UnionModule.finish(cursor, UnionModule.cursor(cursor).start(plan, arguments))
        }
        module.xNext = { cursor in
            guard let cursor else { return SQLITE_ERROR }
            return UnionModule.finish(cursor, UnionModule.cursor(cursor).advance())
        }
        module.xEof = { cursor in
            guard let cursor else { return 1 }
            return UnionModule.cursor(cursor).isAtEnd ? 1 : 0
        }
        module.xColumn = { cursor, context, column in
            guard let cursor else { return SQLITE_ERROR }
            UnionModule.cursor(cursor).give(Int(column), to: context)
            return SQLITE_OK
        }
        module.xRowid = { cursor, result in
            guard let cursor else { return SQLITE_ERROR }
            result?.pointee = UnionModule.cursor(cursor).rowNumber
            return SQLITE_OK
        }
        return try withUnsafePointer(to: module, body)
    }

    private static func table(_ pointer: UnsafeMutablePointer<sqlite3_vtab>) -> UnionTable {
        UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: Table.self).pointee.table.takeUnretainedValue()
    }

    private static func cursor(_ pointer: UnsafeMutablePointer<sqlite3_vtab_cursor>) -> UnionCursor {
        UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: Cursor.self).pointee.cursor.takeUnretainedValue()
    }

    /// Passes a failure on with the words of the file's connection.
    private static func finish(_ cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>, _ code: Int32) -> Int32 {
        guard code != SQLITE_OK, let table = cursor.pointee.pVtab else { return code }
        sqlite3_free(table.pointee.zErrMsg)
        table.pointee.zErrMsg = copy(UnionModule.cursor(cursor).message)
        return code
    }

    /// A C string that SQLite frees.
    private static func copy(_ text: String) -> UnsafeMutablePointer<CChar>? {
        let bytes = Array(text.utf8CString)
        let copy = sqlite3_malloc64(UInt64(bytes.count))?.assumingMemoryBound(to: CChar.self)
        copy?.initialize(from: bytes, count: bytes.count)
        return copy
    }

    /// Takes over the comparisons that files can do by themselves. SQLite checks them again, so that a file may give more
    /// than is wanted but never less.
    private static func plan(
        _ table: UnionTable,
        _ information: UnsafeMutablePointer<sqlite3_index_info>
    ) -> Int32 {
        var plan = UnionPlan(usedColumns: information.pointee.colUsed)
        table.usedColumns = (table.usedColumns ?? 0) | plan.usedColumns
        var rows = 1_000_000.0
        for index in 0..<Int(information.pointee.nConstraint) {
            let constraint = information.pointee.aConstraint[index]
            let column = Int(constraint.iColumn)
            guard constraint.usable != 0, table.columns.indices.contains(column),
                let comparison = comparison(Int32(constraint.op))
            else { continue }
            let collation = sqlite3_vtab_collation(information, Int32(index)).map { String(cString: $0) }
            // Only an equal key can be taken apart into file and key.
            guard collation == "BINARY", comparison == .equal || !table.columns[column].isKey else { continue }
            plan.comparisons.append((column, comparison))
            information.pointee.aConstraintUsage[index].argvIndex = Int32(plan.comparisons.count)
            rows /= comparison == .equal ? (table.columns[column].isKey ? 100_000 : 100) : 3
        }
        information.pointee.idxStr = copy(plan.text)
        information.pointee.needToFreeIdxStr = 1
        information.pointee.estimatedRows = Int64(max(1, rows))
        information.pointee.estimatedCost = max(1, rows) * 2
        return SQLITE_OK
    }

    private static func comparison(_ code: Int32) -> UnionPlan.Comparison? {
        switch code {
        case SQLITE_INDEX_CONSTRAINT_EQ: .equal
        case SQLITE_INDEX_CONSTRAINT_LT: .less
        case SQLITE_INDEX_CONSTRAINT_LE: .lessOrEqual
        case SQLITE_INDEX_CONSTRAINT_GT: .greater
        case SQLITE_INDEX_CONSTRAINT_GE: .greaterOrEqual
        default: nil
        }
    }
}
