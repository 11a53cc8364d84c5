import BulletinEvents
import Foundation
import GRDB
import TestSupport
import Testing

@testable import ReadModel

/// What a stranger can do with a file in `sqlite3` or Datasette, without any function of this program.
struct PlainSQLiteTests {
    let folder: TestFolder
    let file: PartitionFile
    let plain: DatabaseQueue

    init() throws {
        folder = try TestFolder()
        file = try folder.open()
        plain = try DatabaseQueue(path: folder.location().path)
    }

    private func command(_ name: String, rank: Int? = nil) throws {
        try plain.write { database in
            if let rank {
                try database.execute(
                    sql: "INSERT INTO bulletin_search (bulletin_search, rank) VALUES (?, ?)",
                    arguments: [name, rank]
                )
            } else {
                try database.execute(sql: "INSERT INTO bulletin_search (bulletin_search) VALUES (?)", arguments: [name])
            }
        }
    }

    @Test func theIndexCanBeCheckedAndRebuilt() throws {
        try file.publish(
            Sample.full("a"),
            Sample.bulletin("b", title: nil, []),
            Sample.bulletin("c", title: "", ["", "。"])
        )
        try command("integrity-check")
        try command("integrity-check", rank: 1)
        let before = try folder.reader().search("区市场监管局").hits
        #expect(before.map(\.id) == ["a"])
        try command("rebuild")
        try command("integrity-check", rank: 1)
        #expect(try folder.reader().search("区市场监管局").hits == before)
        #expect(try file.checkIntegrity() == [])
    }

    @Test func itMakesTheSameTokensOfAnyText() throws {
        var generator = SeededGenerator(seed: 20)
        let blocks: [ClosedRange<UInt32>] = [
            0x20...0x7E, 0xA0...0x24F, 0x370...0x4FF, 0x2000...0x206F, 0x2160...0x2188, 0x3000...0x33FF,
            0x4E00...0x9FFF,
            0xE000...0xE00F, 0xF900...0xFAFF, 0xFE00...0xFFEF, 0x1F300...0x1F64F, 0x20000...0x2A6DF, 0x2F800...0x2FA1D,
        ]
        for number in 0..<60 {
            let paragraphs = (0..<3).map { _ in
                String(
                    String.UnicodeScalarView(
                        (0..<Int.random(in: 0...40, using: &generator)).compactMap { _ in
                            Unicode.Scalar(
                                UInt32.random(in: blocks.randomElement(using: &generator)!, using: &generator)
                            )
                        }
                    )
                )
            }
            try file.publish(Sample.bulletin("b\(number)", title: paragraphs[0], paragraphs))
        }
        // Rank 1 compares every token and place with what plain SQL makes of the texts.
        try command("integrity-check", rank: 1)
        try command("rebuild")
        #expect(try file.checkIntegrity() == [], "rebuilt by plain SQL, checked by this program")
        try file.rebuildSearchIndex()
        try command("integrity-check", rank: 1)
    }

    @Test func bothChecksSeeATextThatWasChangedBehindTheIndex() throws {
        try file.publish(Sample.bulletin("a", ["水利局要落實責任。"]))
        try plain.write { try $0.execute(sql: "UPDATE paragraphs SET text = '林業局要落實責任。'") }
        #expect(throws: DatabaseError.self) { try command("integrity-check", rank: 1) }
        #expect(try file.checkIntegrity().count == 1)
        try command("rebuild")
        #expect(try file.checkIntegrity() == [])
    }

    @Test func everyViewAnswersAndKeysHold() throws {
        try file.publish(Sample.full("a"))
        try plain.read { database in
            for view in try String.fetchAll(database, sql: "SELECT name FROM sqlite_schema WHERE type = 'view'") {
                #expect(try Row.fetchAll(database, sql: "SELECT * FROM \(view)").isEmpty == false, "\(view)")
            }
            #expect(try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").isEmpty)
            let answer = try Row.fetchAll(
                database,
                sql: "SELECT text FROM v_responsible_organizations WHERE canonical_name = '大洼區市場監管局'"
            )
            #expect(answer.count == 2)
        }
    }
}
