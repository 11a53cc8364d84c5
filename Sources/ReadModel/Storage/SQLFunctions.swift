internal import BulletinText
internal import GRDB
internal import GRDBSQLite

/// The functions that this program adds to SQL. They take and give text of any content; see ``SQLStatement`` for why
/// GRDB's own functions are not used.
enum SQLFunctions {
    /// Registers the functions on a connection.
    ///
    /// - `search_tokens(text)`: the text as the search index sees it.
    /// - `fold(text)`: the text folded for comparison, without white space.
    /// - `contains_folded(text, folded)`: whether the folded text holds `folded`, which must be folded already.
    static func register(on database: Database) throws {
        try add(database, "search_tokens", 1) { context, _, arguments in
            SQLFunctions.withText(arguments?[0]) { text in
                var output: [UInt8] = []
                output.reserveCapacity(text.utf8.count * 3)
                SearchTokens.append(text, to: &output)
                SQLFunctions.result(context, output)
            }
        }
        try add(database, "fold", 1) { context, _, arguments in
            SQLFunctions.withText(arguments?[0]) { text in
                SQLFunctions.result(context, Array(FoldedText.key(text).utf8))
            }
        }
        try add(database, "contains_folded", 2) { context, _, arguments in
            sqlite3_result_int(context, 0)
            SQLFunctions.withText(arguments?[0]) { text in
                SQLFunctions.withText(arguments?[1]) { needle in
                    let found = FoldedText.contains(Array(FoldedText.key(text).utf8), Array(needle.utf8))
                    sqlite3_result_int(context, found ? 1 : 0)
                }
            }
        }
    }

    private typealias Function =
        @convention(c) (OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?) -> Void

    private static func add(_ database: Database, _ name: String, _ count: Int32, _ function: Function) throws {
        // Innocuous and deterministic, so that views may call them whatever the connection trusts.
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS
        let code = sqlite3_create_function_v2(
            database.sqliteConnection,
            name,
            count,
            flags,
            nil,
            function,
            nil,
            nil,
            nil
        )
        guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }

    /// Calls `body` unless the value is NULL; a function that sets no result returns NULL.
    private static func withText(_ value: OpaquePointer?, _ body: (String) -> Void) {
        guard let value, let start = sqlite3_value_text(value) else { return }
        let count = Int(sqlite3_value_bytes(value))
        body(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
    }

    private static func result(_ context: OpaquePointer?, _ bytes: [UInt8]) {
        // SQLite's "copy it" marker is the pointer -1, which C writes as a cast.
        let copy = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        bytes.withUnsafeBytes { buffer in
            let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            if let start, !buffer.isEmpty {
                sqlite3_result_text64(context, start, UInt64(buffer.count), copy, UInt8(SQLITE_UTF8))
            } else {
                sqlite3_result_text64(context, "", 0, copy, UInt8(SQLITE_UTF8))
            }
        }
    }
}
