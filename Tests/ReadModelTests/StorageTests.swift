import BulletinEvents
import Foundation
import GRDB
import TestSupport
import Testing

@testable import ReadModel

/// What is stored in another form than it came, and comes back as it was.
struct StorageTests {
    private static func unpack(_ bytes: [UInt8], _ dictionary: [UInt8] = []) throws -> String {
        try bytes.withUnsafeBytes { try TextPacker.unpack($0, dictionary: dictionary) }
    }

    @Test func whatIsPackedComesBack() throws {
        var generator = SeededGenerator(seed: 8)
        let packer = try TextPacker()
        for round in 0..<200 {
            let length = Int.random(in: 0...(round % 20 == 0 ? 60_000 : 400), using: &generator)
            let text = String((0..<length).map { _ in "防汛抗旱工作會議強調\n\u{0}a𠮷".randomElement(using: &generator) ?? "a" })
            let dictionary = TextPacker.dictionary([String(text.dropFirst(length / 3)), "別的"])
            for dictionary in [[], dictionary] {
                guard let bytes = try packer.pack(text, dictionary: dictionary) else {
                    #expect(length < 40, "a text of \(length) characters takes less room")
                    continue
                }
                #expect(bytes.count < text.utf8.count)
                #expect(try Self.unpack(bytes, dictionary) == text)
            }
        }
    }

    @Test func aTextThatResemblesTheDictionaryTakesATenth() throws {
        let paragraphs = GovernmentLikeText.paragraphs(seed: 3)
        let raw = "信息來源:大洼宣傳 日期:2020-10-17\r\n" + paragraphs.joined(separator: "\r\n\r\n") + "\r\n責任編輯"
        let bytes = try #require(try TextPacker().pack(raw, dictionary: TextPacker.dictionary(paragraphs)))
        #expect(bytes.count * 10 < raw.utf8.count)
    }

    @Test func whatIsDamagedIsAnErrorOfTheFile() throws {
        let text = String(repeating: "防汛抗旱", count: 100)
        let dictionary = TextPacker.dictionary(["防汛"])
        let bytes = try #require(try TextPacker().pack(text, dictionary: dictionary))
        func code(_ bytes: [UInt8], _ dictionary: [UInt8]) -> ResultCode? {
            #expect(throws: DatabaseError.self) { try Self.unpack(bytes, dictionary) }?.resultCode
        }
        #expect(code(bytes, TextPacker.dictionary(["抗旱"])) == .SQLITE_CORRUPT, "another dictionary")
        #expect(code(bytes, []) == .SQLITE_CORRUPT, "no dictionary")
        #expect(code(Array(bytes.dropLast()), dictionary) == .SQLITE_CORRUPT, "cut off")
        #expect(code([], dictionary) == .SQLITE_CORRUPT, "nothing")
        #expect(code(Array("noise, and no compressed text".utf8), dictionary) == .SQLITE_CORRUPT)
        for index in bytes.indices {
            var damaged = bytes
            damaged[index] ^= 0x10
            // Either it is noticed, or it makes no difference.
            #expect((try? Self.unpack(damaged, dictionary)) ?? text == text)
        }
    }

    @Test func anyClauseComesBackWhateverItsSpanSays() throws {
        let folder = try TestFolder()
        let file = try folder.open()
        var generator = SeededGenerator(seed: 9)
        let paragraphs = ["水利局要落實責任，𠮷野家。", "", "前\u{0}後面的話", "e\u{301}é👨‍👩‍👧"]
        for number in 0..<60 {
            var bulletin = Sample.bulletin("b\(number)", paragraphs)
            bulletin.directives = (0..<8).map { sequence in
                let paragraph = Int.random(in: -1...4, using: &generator)
                let scalars = paragraphs.indices.contains(paragraph) ? Array(paragraphs[paragraph].unicodeScalars) : []
                let start = Int.random(in: -2...(scalars.count + 1), using: &generator)
                let end = Int.random(in: -2...(scalars.count + 3), using: &generator)
                let range = max(0, min(start, scalars.count))..<max(0, min(max(start, end), scalars.count))
                let exact = range.lowerBound <= range.upperBound ? String(String.UnicodeScalarView(scalars[range])) : ""
                let text = [exact, exact, exact + "。", ""].randomElement(using: &generator) ?? ""
                let span = Span(paragraph: paragraph < 0 ? nil : paragraph, start: start, end: end)
                return Directive(sequence: sequence, text: text, span: span)
            }
            try file.publish(bulletin)
            #expect(try folder.reader().show("b\(number)").bulletin.utf8Equal(to: bulletin))
        }
        let stored = try file.access { database, _ in
            try Int.fetchOne(database, sql: "SELECT count(*) FROM directive_rows WHERE clause IS NOT NULL") ?? 0
        }
        #expect(stored > 100 && stored < 470, "some are spans alone, and some are not: \(stored) of 480")
        #expect(try file.checkIntegrity() == [])
    }

    @Test func aClauseThatIsAPieceOfItsParagraphIsNotStored() throws {
        let folder = try TestFolder()
        let file = try folder.open()
        var bulletin = Sample.bulletin("a", ["水利局要落實責任。"])
        bulletin.directives = [Directive(sequence: 0, text: "要落實責任", span: Span(paragraph: 0, start: 3, end: 8))]
        try file.publish(bulletin)
        let plain = try DatabaseQueue(path: folder.location().path)
        try plain.read { (database) throws in
            #expect(try Int.fetchOne(database, sql: "SELECT count(clause) FROM directive_rows") == 0)
            #expect(try String.fetchOne(database, sql: "SELECT text FROM directives") == "要落實責任")
            #expect(try String.fetchOne(database, sql: "SELECT text FROM v_directives") == "要落實責任")
        }
    }

    @Test func namesAreFoldedInPlainSQL() throws {
        let folder = try TestFolder()
        let file = try folder.open()
        var bulletin = Sample.bulletin("a")
        bulletin.people = [Person(name: "楊棟"), Person(name: "贺知远")]
        try file.publish(bulletin)
        let plain = try DatabaseQueue(path: folder.location().path)
        try plain.read { (database) throws in
            #expect(try String.fetchAll(database, sql: "SELECT name_folded FROM people") == ["杨栋", "贺知远"])
            #expect(try String?.fetchAll(database, sql: "SELECT folded FROM people") == ["杨栋", nil])
        }
    }

    @Test func theIntegrityCheckReadsRawTextsAndClauses() throws {
        let folder = try TestFolder()
        let file = try folder.open()
        var bulletin = Sample.bulletin("a", GovernmentLikeText.paragraphs(seed: 1))
        bulletin.raw = bulletin.paragraphs.joined(separator: "\n")
        bulletin.directives = [Directive(sequence: 0, text: bulletin.paragraphs[0], span: nil)]
        bulletin.directives[0].span = Span(paragraph: 0, start: 0, end: bulletin.paragraphs[0].unicodeScalars.count)
        try file.publish(bulletin)
        #expect(try file.checkIntegrity() == [])
        try file.access { database, _ in try database.execute(sql: "DELETE FROM paragraphs WHERE paragraph = 0") }
        let problems = try file.checkIntegrity()
        #expect(problems.contains { $0.contains("the raw text of bulletin_key 1") })
        #expect(problems.contains { $0.contains("1 directives stand") })
        #expect(readModelError { _ = try folder.reader().show("a") }?.code == .corrupt)
    }
}

/// Text that resembles a bulletin's as to length and variety.
enum GovernmentLikeText {
    static func paragraphs(seed: UInt64) -> [String] {
        var generator = SeededGenerator(seed: seed)
        return (0..<8).map { _ in
            String(
                (0..<150).map { _ in
                    Unicode.Scalar(UInt32.random(in: 0x4E00...0x5FFF, using: &generator)).map(Character.init) ?? "一"
                }
            )
        }
    }
}
