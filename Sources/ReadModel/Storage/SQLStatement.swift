internal import GRDB
internal import GRDBSQLite

/// A prepared statement that is used again and again.
///
/// Not GRDB's own, for two reasons: GRDB passes text as C strings, so that a text ends at its first U+0000, and a
/// bulletin may contain any scalar; and the writer's loop is short enough for the wrapping to be felt. The statement
/// is confined to the thread that has the connection, and must be gone before the connection is closed.
final class SQLStatement {
    private let handle: OpaquePointer
    private let connection: OpaquePointer

    private let room: BindingRoom?

    /// Compiles `sql`, which must be one statement.
    ///
    /// - Parameter room: where texts stay until it has run; nil has SQLite copy them.
    init(_ database: Database, _ sql: String, room: BindingRoom? = nil) throws {
        guard let connection = database.sqliteConnection else {
            throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "the connection is closed")
        }
        var handle: OpaquePointer?
        let code = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
        guard code == SQLITE_OK, let handle else {
            throw SQLStatement.error(code, connection)
        }
        self.handle = handle
        self.connection = connection
        self.room = room
    }

    deinit {
        sqlite3_finalize(handle)
    }

    /// What SQLite says of the last failure on `connection`. The statement's text and its values stay out of it.
    private static func error(_ code: Int32, _ connection: OpaquePointer) -> DatabaseError {
        DatabaseError(resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(connection)))
    }

    // MARK: Binding, from 1

    // SQLite's "copy it" marker is the pointer -1, which C writes as a cast.
    private static let copy = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    private func check(_ code: Int32) throws {
        guard code == SQLITE_OK else { throw SQLStatement.error(code, connection) }
    }

    func bind(_ index: Int32, _ value: Int64) throws {
        try check(sqlite3_bind_int64(handle, index, value))
    }

    func bind(_ index: Int32, _ value: Int64?) throws {
        guard let value else { return try check(sqlite3_bind_null(handle, index)) }
        try bind(index, value)
    }

    func bind(_ index: Int32, _ value: Int) throws {
        try bind(index, Int64(value))
    }

    func bind(_ index: Int32, _ value: Int?) throws {
        try bind(index, value.map(Int64.init))
    }

    func bind(_ index: Int32, _ value: Bool) throws {
        try bind(index, Int64(value ? 1 : 0))
    }

    func bind(_ index: Int32, _ value: Double) throws {
        try check(sqlite3_bind_double(handle, index, value))
    }

    func bind(_ index: Int32, _ value: String?) throws {
        guard var value else { return try check(sqlite3_bind_null(handle, index)) }
        try value.withUTF8 { try bind(index, utf8: $0) }
    }

    func bind(_ index: Int32, utf8 bytes: UnsafeBufferPointer<UInt8>) throws {
        // A nil pointer would be taken for NULL.
        guard let start = bytes.baseAddress, !bytes.isEmpty else {
            return try check(sqlite3_bind_text64(handle, index, "", 0, SQLStatement.copy, UInt8(SQLITE_UTF8)))
        }
        if let kept = room?.keep(bytes) {
            return try check(
                sqlite3_bind_text64(handle, index, kept, UInt64(bytes.count), nil, UInt8(SQLITE_UTF8))
            )
        }
        try start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
            try check(
                sqlite3_bind_text64(handle, index, $0, UInt64(bytes.count), SQLStatement.copy, UInt8(SQLITE_UTF8))
            )
        }
    }

    /// Binds text in UTF-8, or NULL.
    func bind(_ index: Int32, utf8 bytes: [UInt8]?) throws {
        guard let bytes else { return try check(sqlite3_bind_null(handle, index)) }
        try bytes.withUnsafeBufferPointer { try bind(index, utf8: $0) }
    }

    func bind(_ index: Int32, blob: [UInt8]?) throws {
        guard let blob else { return try check(sqlite3_bind_null(handle, index)) }
        guard !blob.isEmpty else { return try check(sqlite3_bind_zeroblob(handle, index, 0)) }
        try check(sqlite3_bind_blob64(handle, index, blob, UInt64(blob.count), SQLStatement.copy))
    }

    /// Binds what a function of this program reads as `type`; it must live until the statement has run.
    func bind(_ index: Int32, pointer: UnsafeMutableRawPointer, type: StaticString) throws {
        try check(sqlite3_bind_pointer(handle, index, pointer, Self.name(type), nil))
    }

    /// The name of a type of pointers as C has it.
    static func name(_ type: StaticString) -> UnsafePointer<CChar> {
        UnsafeRawPointer(type.utf8Start).assumingMemoryBound(to: CChar.self)
    }

    // MARK: Running

    /// The next row, if there is one; at the end, or on an error, the statement is ready for its next use.
    func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW:
            return true
        case SQLITE_DONE:
            sqlite3_reset(handle)
            return false
        case let code:
            let error = SQLStatement.error(code, connection)
            sqlite3_reset(handle)
            throw error
        }
    }

    /// Runs a statement that returns no rows.
    func run() throws {
        while try step() {}
    }

    /// Ends a query before its last row.
    func reset() {
        sqlite3_reset(handle)
    }

    /// Calls `body` for each row; the statement is ready for its next use afterwards, also if `body` throws.
    func forEachRow(_ body: (SQLStatement) throws -> Void) throws {
        defer { reset() }
        while try step() { try body(self) }
    }

    // MARK: Reading, from 0

    func int(_ column: Int32) -> Int64 {
        sqlite3_column_int64(handle, column)
    }

    func intIfAny(_ column: Int32) -> Int64? {
        isNull(column) ? nil : int(column)
    }

    func double(_ column: Int32) -> Double {
        sqlite3_column_double(handle, column)
    }

    func isNull(_ column: Int32) -> Bool {
        sqlite3_column_type(handle, column) == SQLITE_NULL
    }

    func text(_ column: Int32) -> String {
        guard let start = sqlite3_column_text(handle, column) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    func textIfAny(_ column: Int32) -> String? {
        isNull(column) ? nil : text(column)
    }

    func value(_ column: Int32) -> SQLValue { SQLValue(handle, column) }

    func isBlob(_ column: Int32) -> Bool {
        sqlite3_column_type(handle, column) == SQLITE_BLOB
    }

    func blobIfAny(_ column: Int32) -> [UInt8]? {
        isNull(column) ? nil : withBlob(column) { Array($0) }
    }

    /// Calls `body` with a column's bytes, which are valid as long as it runs.
    func withBlob<Result>(_ column: Int32, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        let start = sqlite3_column_blob(handle, column)
        return try body(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }
}

@available(*, unavailable, message: "confined to the thread that has the connection")
extension SQLStatement: Sendable {}
