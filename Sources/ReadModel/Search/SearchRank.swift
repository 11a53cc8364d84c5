internal import GRDB
internal import GRDBSQLite

/// `search_rank(bulletin_search, ranking, sizes)`: BM25 with the statistics of a ``SearchRanking``, which is bound as a
/// pointer. `sizes` is the bulletin's row of `bulletin_search_docsize`: a join finds it in a seventh of the time that FTS5
/// takes for it.
///
/// FTS5's own `bm25()` takes the statistics of its file, which would rank a bulletin by the company it happens to have.
/// The formula is that of `fts5_aux.c` (k1 = 1.2, b = 0.75); a phrase in the title counts four times.
enum SearchRank {
    /// SQLite gives a pointer to who knows its type by this name alone.
    static let pointerType: StaticString = "bulletins.SearchRanking"

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
        guard let extensions, let arguments, count == 2,
            let pointer = sqlite3_value_pointer(arguments[0], SQLStatement.name(SearchRank.pointerType))
        else {
            sqlite3_result_error(context, "search_rank() takes a ranking and the sizes of a bulletin", -1)
            return
        }
        Unmanaged<SearchRanking>.fromOpaque(pointer)._withUnsafeGuaranteedRef { ranking in
            let phrases = extensions.pointee.xPhraseCount(cursor)
            guard Int(phrases) == ranking.weights.count else {
                sqlite3_result_error(context, "search_rank() takes a weight for each phrase", -1)
                return
            }
            let relative = Double(SearchRank.length(arguments[1])) / ranking.averageLength
            let dampened = SearchRank.k1 * (1 - SearchRank.b + SearchRank.b * relative)
            var score = 0.0
            for phrase in 0..<phrases {
                let weight = ranking.weights[Int(phrase)]
                guard weight != 0 else { continue }
                var places = Fts5PhraseIter()
                var column: Int32 = 0
                var offset: Int32 = 0
                var frequency = 0.0
                let code = extensions.pointee.xPhraseFirst(cursor, phrase, &places, &column, &offset)
                guard code == SQLITE_OK else {
                    sqlite3_result_error_code(context, code)
                    return
                }
                while column >= 0 {
                    frequency += column == ranking.titleColumn ? SearchRank.titleWeight : 1
                    extensions.pointee.xPhraseNext(cursor, &places, &column, &offset)
                }
                if frequency > 0 { score += weight * (frequency * (SearchRank.k1 + 1) / (frequency + dampened)) }
            }
            if ranking.collects {
                ranking.take(key: extensions.pointee.xRowid(cursor), score: score)
            } else {
                sqlite3_result_double(context, score)
            }
        }
    }

    /// The tokens of all columns: a varint for each (`fts5_storage.c`).
    private static func length(_ sizes: OpaquePointer?) -> UInt64 {
        guard let bytes = sqlite3_value_blob(sizes) else { return 0 }
        var sum: UInt64 = 0
        var value: UInt64 = 0
        for byte in UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_value_bytes(sizes))) {
            value = value << 7 | UInt64(byte & 0x7F)
            if byte < 0x80 {
                sum &+= value
                value = 0
            }
        }
        return sum
    }
}
