internal import GRDB
internal import GRDBSQLite

/// `search_rank(bulletin_search, title, average, weight, …)`: BM25 with statistics that the caller gives, one weight for
/// each phrase of the MATCH expression. `title` is the number of the column of titles.
///
/// FTS5's own `bm25()` takes the statistics of its file, which would rank a bulletin by the company it happens to have.
/// The formula is that of `fts5_aux.c` (k1 = 1.2, b = 0.75); a phrase in the title counts four times.
enum SearchRank {
    static func register(on connection: OpaquePointer) throws {
        guard let api = api(connection) else {
            throw DatabaseError(resultCode: .SQLITE_ERROR, message: "SQLite was built without FTS5")
        }
        let code = api.pointee.xCreateFunction(api, "search_rank", nil, rank, nil)
        guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }

    /// FTS5's extension interface, as its documentation says to ask for it (section 7, "Extending FTS5").
    private static func api(_ connection: OpaquePointer) -> UnsafeMutablePointer<fts5_api>? {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(connection, "SELECT fts5(?1)", -1, &statement, nil) == SQLITE_OK else { return nil }
        defer { sqlite3_finalize(statement) }
        var api: UnsafeMutablePointer<fts5_api>?
        withUnsafeMutablePointer(to: &api) { place in
            _ = sqlite3_bind_pointer(statement, 1, place, "fts5_api_ptr", nil)
            _ = sqlite3_step(statement)
        }
        return api
    }

    private static let titleWeight = 4.0
    private static let k1 = 1.2
    private static let b = 0.75

    private static let rank: fts5_extension_function = { extensions, cursor, context, count, arguments in
        guard let extensions = extensions?.pointee, let arguments, count > 1 else { return }
        let phrases = Int(extensions.xPhraseCount(cursor))
        guard phrases == Int(count) - 2 else {
            sqlite3_result_error(
                context,
                "search_rank() takes the column of titles, an average length and a weight for each phrase",
                -1
            )
            return
        }
        let titles = sqlite3_value_int(arguments[0])
        var frequencies = Array(repeating: 0.0, count: phrases)
        var instances: Int32 = 0
        var length: Int32 = 0
        var code = extensions.xInstCount(cursor, &instances)
        if code == SQLITE_OK { code = extensions.xColumnSize(cursor, -1, &length) }
        for index in 0..<max(0, instances) where code == SQLITE_OK {
            var phrase: Int32 = 0
            var column: Int32 = 0
            var offset: Int32 = 0
            code = extensions.xInst(cursor, index, &phrase, &column, &offset)
            if code == SQLITE_OK, frequencies.indices.contains(Int(phrase)) {
                frequencies[Int(phrase)] += column == titles ? SearchRank.titleWeight : 1
            }
        }
        guard code == SQLITE_OK else {
            sqlite3_result_error_code(context, code)
            return
        }
        let relative = Double(length) / max(1, sqlite3_value_double(arguments[1]))
        var score = 0.0
        for (index, frequency) in frequencies.enumerated() where frequency > 0 {
            let weight = sqlite3_value_double(arguments[index + 2])
            let dampened = SearchRank.k1 * (1 - SearchRank.b + SearchRank.b * relative)
            score += weight * frequency * (SearchRank.k1 + 1) / (frequency + dampened)
        }
        sqlite3_result_double(context, score)
    }
}
