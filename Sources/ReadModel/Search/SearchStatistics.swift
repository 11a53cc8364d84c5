internal import Foundation
internal import GRDB

/// What ranking needs to know of all files together, so that a bulletin's rank does not depend on its partition.
struct SearchStatistics: Codable {
    /// Bulletins in the search index.
    var bulletins = 0
    /// Tokens of all of them.
    var tokens = 0
    /// In how many bulletins each phrase of the expression occurs; none where that was not counted.
    var occurrences: [Int] = []

    /// Adds what another file says.
    mutating func add(_ other: SearchStatistics) {
        bulletins += other.bulletins
        tokens += other.tokens
        guard !other.occurrences.isEmpty else { return }
        occurrences = occurrences.isEmpty ? other.occurrences : zip(occurrences, other.occurrences).map { $0 + $1 }
    }

    /// Adds what one file holds.
    mutating func add(_ database: Database, phrases: [String]) throws {
        let totals = try SearchStatistics.totals(database)
        bulletins += totals.rows
        tokens += totals.tokens
        guard !phrases.isEmpty else { return }
        if occurrences.isEmpty { occurrences = Array(repeating: 0, count: phrases.count) }
        let count = try SQLStatement(
            database,
            "SELECT count(*) FROM bulletin_search WHERE bulletin_search MATCH ?"
        )
        for (index, phrase) in phrases.enumerated() {
            try count.bind(1, phrase)
            try count.forEachRow { occurrences[index] += Int($0.int(0)) }
        }
    }

    /// The mean length of a bulletin in tokens.
    var averageLength: Double { bulletins > 0 ? max(1, Double(tokens) / Double(bulletins)) : 1 }

    /// The inverse document frequency of each phrase, as Lucene's BM25Similarity has it, so that it is never negative.
    var weights: [Double] {
        occurrences.map { count in log(1 + (Double(bulletins - count) + 0.5) / (Double(count) + 0.5)) }
    }

    /// The rows and tokens of a file's index, from FTS5's record of averages: a varint of the number of rows, then one
    /// of the tokens of each column (`fts5_storage.c`, "Averages record"). Reading it costs one look-up.
    private static func totals(_ database: Database) throws -> (rows: Int, tokens: Int) {
        let record = try SQLStatement(database, "SELECT block FROM bulletin_search_data WHERE id = 1")
        var numbers: [Int] = []
        try record.forEachRow { numbers = varints($0.blobIfAny(0) ?? []) }
        return (numbers.first ?? 0, numbers.dropFirst().reduce(0, &+))
    }

    /// SQLite's variable-length integers: seven bits a byte, the most significant first; a ninth byte holds eight.
    static func varints(_ bytes: [UInt8]) -> [Int] {
        var numbers: [Int] = []
        var value: UInt64 = 0
        var length = 0
        for byte in bytes {
            length += 1
            value = length == 9 ? value << 8 | UInt64(byte) : value << 7 | UInt64(byte & 0x7F)
            if byte < 0x80 || length == 9 {
                numbers.append(Int(clamping: value))
                (value, length) = (0, 0)
            }
        }
        return numbers
    }
}
