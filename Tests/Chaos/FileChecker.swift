import CZlib
import Foundation
import GRDB
import ReadModel

/// Compares one partition file with the log, by plain SQL.
struct FileChecker {
    /// What is wrong, by kind; kinds are those of Jepsen's checkers for logs.
    private(set) var problems: [String: [String]] = [:]
    /// How many revisions and rejected records were compared.
    private(set) var compared = 0

    private let oracle: LogOracle

    init(oracle: LogOracle) { self.oracle = oracle }

    /// Checks the file at `location`, wherever it stands: it has to be what the log says up to there.
    mutating func check(_ location: PartitionLocation) throws -> Int64 {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { $0.add(function: Self.inflated) }
        let queue = try DatabaseQueue(path: location.path, configuration: configuration)
        defer { try? queue.close() }
        return try queue.read { database in
            // A full disk had no room for its tables: it holds nothing, and says so.
            guard try database.tableExists("partition_state") else { return 0 }
            let nextOffset = try Int64.fetchOne(database, sql: "SELECT next_offset FROM partition_state") ?? -1
            let end = oracle.ends[location.partition] ?? 0
            if nextOffset > end {
                note("offset gap", location, "next_offset \(nextOffset) is behind the log's end \(end)")
            }
            for line in try String.fetchAll(database, sql: "PRAGMA integrity_check") where line != "ok" {
                note("damaged", location, line)
            }
            let expected = oracle.expectation(partition: location.partition, nextOffset: nextOffset)
            try compareRevisions(database, location, expected)
            let rejected = try Int64.fetchAll(database, sql: "SELECT offset FROM rejected ORDER BY offset")
            compared += rejected.count
            for offset in Set(expected.rejected).subtracting(rejected).sorted() {
                note("lost", location, "the rejected record at offset \(offset)")
            }
            for offset in Set(rejected).subtracting(expected.rejected).sorted() {
                note("wrong", location, "a record that can be read was rejected, at offset \(offset)")
            }
            return nextOffset
        }
    }

    /// The text of a column that is compressed by zlib where that makes it shorter.
    private static let inflated = DatabaseFunction("inflated", argumentCount: 1, pure: true) { values in
        guard case .blob(let data)? = values.first?.storage else { return values.first }
        var text = [UInt8](repeating: 0, count: 1 << 16)
        var size = uLongf(text.count)
        let code = data.withUnsafeBytes {
            uncompress(&text, &size, $0.bindMemory(to: UInt8.self).baseAddress, uLong(data.count))
        }
        guard code == Z_OK else { throw ChaosError("a revision cannot be read (zlib code \(code))") }
        return String(decoding: text.prefix(Int(size)), as: UTF8.self)
    }

    private mutating func compareRevisions(
        _ database: Database,
        _ location: PartitionLocation,
        _ expected: LogOracle.Expectation
    ) throws {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT b.id, r.revision, r.offset, json_extract(inflated(r.bulletin), '$.paragraphs[0]') AS text
                FROM revisions AS r JOIN bulletins AS b USING (bulletin_key)
                UNION ALL
                SELECT b.id, b.revision, b.offset, p.text FROM bulletins AS b JOIN paragraphs AS p USING (bulletin_key)
                ORDER BY 1, 2
                """
        )
        var found: [String: [(revision: Int, offset: Int64, text: String)]] = [:]
        for row in rows { found[row["id"], default: []].append((row["revision"], row["offset"], row["text"])) }
        for (id, revisions) in expected.revisions {
            let stored = found.removeValue(forKey: id) ?? []
            compared += revisions.count
            let offsets = Set(stored.map(\.offset))
            for revision in revisions where !offsets.contains(revision.offset) {
                note("lost", location, "\(revision.value.text), offset \(revision.offset)")
            }
            if stored.count > revisions.count || Set(stored.map(\.text)).count < Set(revisions.map(\.value)).count {
                note("duplicated", location, "\(id) has \(stored.count) revisions and the log \(revisions.count)")
            }
            if stored.map(\.offset) != stored.map(\.offset).sorted() {
                note("reordered", location, "\(id): revisions come from offsets \(stored.map(\.offset))")
            }
            for (index, (one, other)) in zip(stored, revisions).enumerated()
            where one.revision != index + 1 || one.text != other.value.text || one.offset != other.offset {
                note("wrong revision", location, "\(id) revision \(one.revision): \(one.text), not \(other.value.text)")
            }
        }
        for id in found.keys.sorted() { note("wrong", location, "\(id) is not in the log below next_offset") }
    }

    mutating func note(_ kind: String, _ location: PartitionLocation, _ text: String) {
        problems[kind, default: []].append("\(location.path): \(text)")
    }

    mutating func note(_ kind: String, _ text: String) { problems[kind, default: []].append(text) }
}
