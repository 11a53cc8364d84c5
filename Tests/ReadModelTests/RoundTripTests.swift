import BulletinEvents
import Foundation
import GRDB
import Testing

@testable import ReadModel

/// What goes in comes out again, whatever it is.
struct RoundTripTests {
    let folder: TestFolder
    let file: PartitionFile

    init() throws {
        folder = try TestFolder()
        file = try folder.open()
    }

    @Test func everyFieldComesBack() throws {
        let bulletin = Sample.full("a")
        try file.publish(bulletin)
        #expect(try folder.reader().show("a").bulletin == bulletin)
    }

    @Test func nothingComesBackAsNothing() throws {
        var empty = Bulletin(id: "", kind: .other, paragraphs: [], contentHash: "")
        try file.publish(empty)
        #expect(try folder.reader().show("").bulletin == empty)
        // Empty and absent are not the same.
        empty.title = ""
        empty.raw = ""
        empty.paragraphs = [""]
        empty.contentHash = "1"
        try file.publish(empty)
        #expect(try folder.reader().show("").bulletin == empty)
        #expect(try folder.reader().revisions("").first?.bulletin.title == nil)
        #expect(try file.checkIntegrity() == [])
    }

    static let hostile: [String] = [
        "before\u{0}after", "\u{0}", "\u{1}\u{8}\u{1B}[31m\u{7F}\u{9F}", "'; DROP TABLE bulletins; --",
        "\" OR 1=1 --", "%_\\?:@$", "\u{FEFF}\u{200B}\u{202E}", "\u{FFFD}\u{FFFF}\u{10FFFF}", "👨‍👩‍👧 🇨🇳", "e\u{301}é",
        "a\r\nb\tc", "𠮷野家 𪚥", "]]>&amp;<script>", "{\"a\":[1,null]}", String(repeating: "長", count: 300),
    ]

    @Test(arguments: hostile)
    func hostileTextIsOnlyText(text: String) throws {
        var bulletin = Sample.bulletin("id" + text, title: text, [text, "前" + text + "後", text])
        bulletin.source = text
        bulletin.byline = [text]
        bulletin.url = text
        bulletin.people = [Person(name: text, roles: [text, text])]
        bulletin.organizations = [Organization(name: text, canonicalName: text)]
        bulletin.directives = [
            Directive(sequence: 0, speaker: text, speakerText: text, responsible: [text], text: text, deadline: text)
        ]
        bulletin.documents = [CitedDocument(title: text)]
        bulletin.quotedTerms = [text]
        bulletin.attendees = [text]
        bulletin.places = [text]
        bulletin.text.repairs = [.init(kind: text, count: 1)]
        bulletin.raw = text
        bulletin.contentHash = text
        try file.publish(bulletin)
        var changed = bulletin
        changed.contentHash = "changed"
        changed.raw = nil
        try file.publish(changed)
        let reader = try folder.reader()
        #expect(try reader.show("id" + text).bulletin.utf8Equal(to: changed))
        #expect(try reader.revisions("id" + text).first?.bulletin.utf8Equal(to: bulletin) == true)
        _ = try reader.search(text)
        _ = try reader.list(BulletinFilter(source: text))
        #expect(try reader.directives(DirectiveFilter(organization: text, speaker: text, text: text)).count == 1)
        #expect(try reader.people(text).count == 1)
        #expect(try reader.organizations(text).count == 1)
        #expect(try reader.documents(text).count == 1)
        #expect(try file.checkIntegrity() == [])
        try file.rebuildSearchIndex()
        #expect(try file.checkIntegrity() == [])
    }

    @Test func aHugeParagraphIsFoundAtItsEnd() throws {
        let text = String(repeating: "防控工作，", count: 400_000) + "最後一句。"
        try file.publish(Sample.bulletin("a", [text]))
        let hits = try folder.reader().search("最後一句").hits
        #expect(hits.count == 1)
        #expect(hits[0].snippet.text.hasSuffix("最後一句。"))
        #expect(hits[0].snippet.text.unicodeScalars.count < 100)
        #expect(try folder.reader().show("a").bulletin.paragraphs == [text])
    }

    @Test func plainSQLAnswersCommonQuestions() throws {
        try file.publish(Sample.full("a"))
        try file.access { (database, _) throws in
            func rows(_ sql: String) throws -> [String] {
                try Row.fetchAll(database, sql: sql).map { row in
                    row.databaseValues.map { String.fromDatabaseValue($0) ?? "-" }.joined(separator: "|")
                }
            }
            #expect(
                try rows("SELECT speaker, responsible, deadline FROM v_directives WHERE sequence = 0")
                    == ["林學瑋|區市場監管局|月底前"]
            )
            #expect(
                try rows("SELECT name, canonical_name FROM v_responsible_organizations ORDER BY name")
                    == ["區市場監管局|大洼區市場監管局", "区市场监管局|大洼區市場監管局", "各鎮街|各鎮街"].sorted()
            )
            #expect(try rows("SELECT name, role FROM v_people ORDER BY name, role").count == 3)
            #expect(try rows("SELECT title, id FROM v_documents") == ["登記辦法|a"])
            #expect(try rows("SELECT id, place FROM v_bulletins") == ["a|大洼區"])
            #expect(try rows("PRAGMA foreign_key_check").isEmpty)
        }
    }
}

extension Bulletin {
    /// Whether both are the same byte for byte; Swift's == takes canonically equivalent texts for the same.
    func utf8Equal(to other: Bulletin) throws -> Bool {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try encoder.encode(self) == encoder.encode(other)
    }
}
