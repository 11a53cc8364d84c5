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
    /// - `holds_term(text, term, begins_word)`: whether the text holds a term of a search (``SearchTerm``).
    /// - `packed(text, dictionary)`, `unpacked(value, dictionary)`: see ``TextPacker``; what is no blob is not packed.
    /// - `text_sketch(text)`: see ``TextSketch``; NULL for a text that is too short.
    /// - `search_rank(bulletin_search, ranking, sizes)`: see ``SearchRank``.
    static func register(on database: Database) throws {
        guard let connection = database.sqliteConnection else {
            throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "the connection is closed")
        }
        try register(on: connection)
        try SearchRank.register(on: connection)
    }

    /// Registers all but the functions of the search index.
    static func register(on database: OpaquePointer) throws {
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
        try add(database, "holds_term", 3) { context, _, arguments in
            sqlite3_result_int(context, 0)
            let beginsWord = sqlite3_value_int(arguments?[2]) != 0
            SQLFunctions.withText(arguments?[0]) { text in
                SQLFunctions.withText(arguments?[1]) { term in
                    guard let term = SearchTerm(term.unicodeScalars, beginsWord: beginsWord) else { return }
                    let found = term.firstMatch(in: Array(text.unicodeScalars), from: 0) != nil
                    sqlite3_result_int(context, found ? 1 : 0)
                }
            }
        }
        try add(database, "packed", 2) { context, _, arguments in
            SQLFunctions.withText(arguments?[0]) { text in
                do {
                    guard let bytes = try TextPacker().pack(text, dictionary: SQLFunctions.bytes(arguments?[1])) else {
                        return SQLFunctions.result(context, Array(text.utf8))
                    }
                    SQLFunctions.result(context, blob: bytes)
                } catch {
                    sqlite3_result_error_nomem(context)
                }
            }
        }
        try add(database, "unpacked", 2) { context, _, arguments in
            guard sqlite3_value_type(arguments?[0]) == SQLITE_BLOB else {
                return SQLFunctions.withText(arguments?[0]) { SQLFunctions.result(context, Array($0.utf8)) }
            }
            let packed = SQLFunctions.bytes(arguments?[0])
            let text = packed.withUnsafeBytes { packed in
                try? TextPacker.unpack(packed, dictionary: SQLFunctions.bytes(arguments?[1]))
            }
            if let text {
                SQLFunctions.result(context, Array(text.utf8))
            } else {
                sqlite3_result_error(context, "unpacked(): this is no compressed text, or of another dictionary", -1)
            }
        }
        try add(database, "text_sketch", 1) { context, _, arguments in
            SQLFunctions.withText(arguments?[0]) { text in
                guard let sketch = TextSketch.sketch(of: CollectionOfOne(text)) else { return }
                SQLFunctions.result(context, blob: sketch)
            }
        }
    }

    private typealias Function =
        @convention(c) (OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?) -> Void

    private static func add(_ connection: OpaquePointer, _ name: String, _ count: Int32, _ function: Function) throws {
        // Innocuous and deterministic, so that views may call them whatever the connection trusts.
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS
        let code = sqlite3_create_function_v2(
            connection,
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

    /// The bytes of a text or a blob; none for NULL.
    private static func bytes(_ value: OpaquePointer?) -> [UInt8] {
        guard let value, let start = sqlite3_value_blob(value) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value))))
    }

    private static func result(_ context: OpaquePointer?, blob bytes: [UInt8]) {
        // SQLite's "copy it" marker is the pointer -1, which C writes as a cast.
        let copy = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        sqlite3_result_blob64(context, bytes, UInt64(bytes.count), copy)
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
