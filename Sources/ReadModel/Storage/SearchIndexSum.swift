internal import GRDB

/// A sum over every token of the search index and where it stands, which does not depend on the order of reading.
enum SearchIndexSum {
    /// What the index holds.
    static func ofIndex(_ database: Database) throws -> UInt64 {
        try database.execute(
            sql:
                "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_instances USING fts5vocab(main, bulletin_search, instance)"
        )
        let instances = try SQLStatement(database, "SELECT term, doc, col = 'body', offset FROM temp.search_instances")
        var sum: UInt64 = 0
        try instances.forEachRow { row in
            sum &+= mixed(row.text(0).utf8, row.int(1), row.int(2), row.int(3))
        }
        return sum
    }

    /// What it should hold.
    static func ofTexts(_ database: Database) throws -> UInt64 {
        let tokens = try SQLStatement(database, SearchIndexSQL.tokens)
        var sum: UInt64 = 0
        try tokens.forEachRow { row in
            for column in [Int64(0), 1] {
                guard let text = row.textIfAny(Int32(1 + column)) else { continue }
                for (offset, token) in text.utf8.split(separator: 0x20).enumerated() {
                    sum &+= mixed(token, row.int(0), column, Int64(offset))
                }
            }
        }
        return sum
    }

    /// FNV-1a over the token, then SplitMix64's finaliser over the rest.
    private static func mixed(_ token: some Sequence<UInt8>, _ numbers: Int64...) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in token { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        for number in numbers {
            hash = hash &+ UInt64(bitPattern: number) &+ 0x9E37_79B9_7F4A_7C15
            hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
            hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
            hash ^= hash >> 31
        }
        return hash
    }
}
