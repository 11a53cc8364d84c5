import BulletinEvents
import Foundation
import GRDB
import Testing

@testable import ReadModel

/// SQL over all partitions: the same answers as one file gives, and nothing but answers.
struct UnionTests {
    let folder: TestFolder
    let reader: ReadModelReader

    init() throws {
        folder = try TestFolder()
        for partition in 0..<12 {
            let file = try folder.open(Int32(partition))
            for number in 0..<3 {
                var bulletin = Sample.full("b\(partition)-\(number)")
                bulletin.kind = number == 0 ? .meeting : .notice
                bulletin.title = "第\(partition * 3 + number)号\u{0}x"
                try file.publish(bulletin)
            }
        }
        reader = try folder.reader()
    }

    private func rows(_ sql: String, limit: Int? = nil, timeLimit: Duration = .seconds(30)) throws -> [[SQLValue]] {
        var rows: [[SQLValue]] = []
        _ = try reader.sql(sql, timeLimit: timeLimit, limit: limit, columns: { _ in }, row: { rows.append($0) })
        return rows
    }

    @Test func moreFilesThanSQLiteAttaches() throws {
        #expect(
            try rows("SELECT count(*), count(DISTINCT bulletin_key) FROM bulletins") == [[.integer(36), .integer(36)]]
        )
        #expect(
            try rows("SELECT kind, count(*) FROM v_bulletins GROUP BY kind ORDER BY kind") == [
                [.text("meeting"), .integer(12)], [.text("notice"), .integer(24)],
            ]
        )
    }

    @Test func keysJoinWithinTheirFileAlone() throws {
        let joined = try rows(
            """
            SELECT b.id, p.paragraph, r.name FROM bulletins AS b JOIN paragraphs AS p USING (bulletin_key)
            JOIN directives AS d ON d.bulletin_key = b.bulletin_key
            JOIN directive_responsibles AS r ON r.bulletin_key = d.bulletin_key AND r.directive = d.directive
            """
        )
        // Three paragraphs, and one and two responsible for two directives.
        #expect(joined.count == 36 * 3 * 3)
        let key = try #require(try rows("SELECT bulletin_key FROM bulletins WHERE id = 'b7-1'").first?.first)
        guard case .integer(let number) = key else {
            Issue.record("\(key) is no number")
            return
        }
        #expect(try rows("SELECT id FROM bulletins WHERE bulletin_key = \(number)") == [[.text("b7-1")]])
        let byReal = try rows("SELECT id FROM bulletins WHERE bulletin_key = \(number).0")
        #expect(byReal == [[.text("b7-1")]])
        #expect(try rows("SELECT id FROM bulletins WHERE bulletin_key = 'x'").isEmpty)
        #expect(try rows("SELECT id FROM bulletins WHERE bulletin_key IS NULL OR bulletin_key < 0").isEmpty)
        #expect(try rows("SELECT id FROM bulletins WHERE bulletin_key >= \(number) AND id = 'b7-1'").count == 1)
    }

    @Test func comparisonsAreThoseOfSQLite() throws {
        #expect(try rows("SELECT id FROM bulletins WHERE id > 'b9' AND id <= 'b9-1' ORDER BY id").count == 2)
        #expect(try rows("SELECT count(*) FROM bulletins WHERE id = 'B1-1' COLLATE NOCASE") == [[.integer(1)]])
        #expect(try rows("SELECT count(*) FROM bulletins WHERE revision = '1'") == [[.integer(36)]])
        #expect(try rows("SELECT title FROM bulletins WHERE id = 'b0-0'") == [[.text("第0号\u{0}x")]])
        #expect(
            try rows("SELECT count(*) FROM bulletins WHERE contains_folded(source, fold('大洼区'))") == [[.integer(36)]]
        )
    }

    @Test(arguments: [
        "DELETE FROM bulletins", "CREATE TABLE x (y)", "ATTACH '/tmp/x' AS y", "PRAGMA user_version", "VACUUM",
        "INSERT INTO bulletins DEFAULT VALUES", "SELECT load_extension('x')", "BEGIN", "DROP TABLE bulletins",
        "SELECT 1; SELECT 2", "", "   ", "SELEC 1", "SELECT * FROM nowhere", "UPDATE bulletins SET id = 1",
        "CREATE VIRTUAL TABLE x USING fts5(y)", "EXPLAIN QUERY PLAN SELECT 1; DELETE FROM bulletins",
    ])
    func nothingButOneSelect(sql: String) throws {
        let before = try ReadModelDigest.digest(dataDirectories: [folder.path])
        let error = #expect(throws: ReadModelError.self) { try rows(sql) }
        #expect(error?.code == .invalidArgument)
        #expect(try ReadModelDigest.digest(dataDirectories: [folder.path]) == before)
    }

    @Test func aQueryWithoutEndIsEnded() throws {
        let endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        let error = #expect(throws: ReadModelError.self) { try rows(endless, timeLimit: .milliseconds(200)) }
        #expect(error?.code == .interrupted)
        // The files can be asked again.
        #expect(try rows("SELECT count(*) FROM bulletins") == [[.integer(36)]])
        #expect(try reader.list(limit: nil).count == 36)
        #expect(throws: ReadModelError.self) { try rows("SELECT zeroblob(1000000000)") }
    }

    @Test func rowsBeyondTheLimitAreToldOf() throws {
        var names: [String] = []
        var seen = 0
        let isCut = try reader.sql(
            "SELECT id FROM bulletins",
            limit: 5,
            columns: { names = $0 },
            row: { _ in seen += 1 }
        )
        #expect(isCut)
        #expect(names == ["id"])
        #expect(seen == 5)
        let isWhole = try reader.sql("SELECT id FROM bulletins", limit: 36, columns: { _ in }, row: { _ in })
        #expect(!isWhole)
    }

    @Test func theSchemaNamesWhatCanBeRead() throws {
        let schema = try reader.schema()
        for table in Set(schema.map(\.table)) {
            #expect(throws: Never.self) { try rows("SELECT * FROM \"\(table)\" LIMIT 1") }
        }
        #expect(schema.contains(SchemaColumn(table: "v_people", column: "role", type: "TEXT")))
        #expect(!schema.contains { $0.table.hasPrefix("bulletin_search") })
    }
}
