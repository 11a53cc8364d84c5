internal import GRDBSQLite

/// Reads the rows of a ``UnionTable``, one file after the other.
final class UnionCursor {
    private let table: UnionTable
    private var statement: OpaquePointer?
    private var file = 0
    private var remaining: Range<Int> = 0..<0
    private var plan = UnionPlan(usedColumns: 0)
    private var values: [OpaquePointer?] = []
    private(set) var rowNumber: Int64 = 0
    private(set) var isAtEnd = true

    init(_ table: UnionTable) {
        self.table = table
    }

    deinit {
        sqlite3_finalize(statement)
        for value in values { sqlite3_value_free(value) }
    }

    /// Begins with the first row that `plan` wants. Returns SQLite's code.
    func start(_ plan: UnionPlan, _ arguments: UnsafeMutablePointer<OpaquePointer?>?) -> Int32 {
        for value in values { sqlite3_value_free(value) }
        // The values are the caller's for the time of the call only.
        values = plan.comparisons.indices.map { sqlite3_value_dup(arguments?[$0]) }
        self.plan = plan
        rowNumber = 0
        remaining = files(for: plan)
        return openNext()
    }

    /// A key says which file it is of.
    private func files(for plan: UnionPlan) -> Range<Int> {
        for (index, item) in plan.comparisons.enumerated()
        where table.columns[item.column].isKey && item.comparison == .equal {
            guard let key = Self.key(values[index]) else { return 0..<0 }
            let wanted = key >> UnionTable.keyBits
            guard wanted >= 0, wanted < table.files.count else { return 0..<0 }
            return Int(wanted)..<(Int(wanted) + 1)
        }
        return 0..<table.files.count
    }

    /// A value as a key: a whole number, however it is written.
    private static func key(_ value: OpaquePointer?) -> Int64? {
        switch sqlite3_value_numeric_type(value) {
        case SQLITE_INTEGER: sqlite3_value_int64(value)
        case SQLITE_FLOAT: Int64(exactly: sqlite3_value_double(value))
        default: nil
        }
    }

    private func openNext() -> Int32 {
        sqlite3_finalize(statement)
        statement = nil
        while let next = remaining.first {
            remaining = remaining.dropFirst()
            guard !table.files[next].columns.isEmpty else { continue }
            file = next
            let sql = plan.sql(table, table.files[next])
            let code = sqlite3_prepare_v2(table.files[next].connection, sql, -1, &statement, nil)
            guard code == SQLITE_OK else { return code }
            for (index, item) in plan.comparisons.enumerated() {
                let place = Int32(index + 1)
                if table.columns[item.column].isKey {
                    let own = sqlite3_value_int64(values[index]) & (1 << UnionTable.keyBits - 1)
                    sqlite3_bind_int64(statement, place, own)
                } else {
                    sqlite3_bind_value(statement, place, values[index])
                }
            }
            return advance()
        }
        isAtEnd = true
        return SQLITE_OK
    }

    /// Goes to the next row. Returns SQLite's code.
    func advance() -> Int32 {
        switch sqlite3_step(statement) {
        case SQLITE_ROW:
            rowNumber += 1
            isAtEnd = false
            return SQLITE_OK
        case SQLITE_DONE: return openNext()
        case let code: return code
        }
    }

    /// Gives a column of the row.
    func give(_ column: Int, to context: OpaquePointer?) {
        let index = Int32(column)
        // SQLite's "copy it" marker is the pointer -1, which C writes as a cast.
        let copy = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        switch sqlite3_column_type(statement, index) {
        case SQLITE_INTEGER:
            let value = sqlite3_column_int64(statement, index)
            sqlite3_result_int64(context, table.columns[column].isKey ? UnionTable.key(value, file: file) : value)
        case SQLITE_FLOAT: sqlite3_result_double(context, sqlite3_column_double(statement, index))
        case SQLITE_TEXT:
            let text = sqlite3_column_text(statement, index)
            sqlite3_result_text64(
                context,
                UnsafeRawPointer(text)?.assumingMemoryBound(to: CChar.self),
                UInt64(sqlite3_column_bytes(statement, index)),
                copy,
                UInt8(SQLITE_UTF8)
            )
        case SQLITE_BLOB:
            let bytes = sqlite3_column_blob(statement, index)
            sqlite3_result_blob64(context, bytes, UInt64(sqlite3_column_bytes(statement, index)), copy)
        default: sqlite3_result_null(context)
        }
    }

    /// What the file says of the last failure.
    var message: String { String(cString: sqlite3_errmsg(table.files[file].connection)) }
}

@available(*, unavailable, message: "confined to one query")
extension UnionCursor: Sendable {}
