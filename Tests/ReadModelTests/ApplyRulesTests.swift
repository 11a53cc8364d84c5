import BulletinEvents
import Foundation
import GRDB
import Testing

@testable import ReadModel

/// What each event does to a bulletin.
struct ApplyRulesTests {
    let folder: TestFolder
    let file: PartitionFile

    init() throws {
        folder = try TestFolder()
        file = try folder.open()
    }

    @Test func theSameTextAgainIsNoChange() throws {
        try file.publish(Sample.full("a"))
        let before = try folder.reader().show("a")
        var again = Sample.full("a")
        again.url = "https://example.org/reprint"
        let summary = try file.publish(again)
        #expect(summary.unchanged == 1 && summary.revised == 0)
        #expect(try folder.reader().show("a") == before)
    }

    @Test func theSameRawTextAgainIsNoChange() throws {
        try file.publish(Sample.full("a"))
        var again = Sample.full("a")
        again.contentHash = "another"
        #expect(try file.publish(again).unchanged == 1)
        again.raw = "another"
        #expect(try file.publish(again).revised == 1)
    }

    @Test func rawTextsAreComparedByteForByte() throws {
        // Two texts that Swift's == takes for the same character.
        var composed = Sample.bulletin("a", ["caf\u{E9}"])
        composed.raw = "caf\u{E9}"
        var decomposed = Sample.bulletin("a", ["cafe\u{301}"])
        decomposed.raw = "cafe\u{301}"
        decomposed.contentHash = "another"
        try file.publish(composed)
        #expect(try file.publish(decomposed).revised == 1)
    }

    @Test func aChangedTextIsANewRevisionAndTheEarlierOneStaysReadable() throws {
        let first = Sample.full("a")
        var second = Sample.full("a")
        second.paragraphs = ["改過的文本。"]
        second.directives = []
        second.contentHash = "second"
        second.raw = "second"
        try file.publish(first)
        #expect(try file.publish(second).revised == 1)
        let reader = try folder.reader()
        let revisions = try reader.revisions("a")
        #expect(revisions.map(\.bulletin) == [first, second])
        #expect(revisions.map(\.revision) == [1, 2])
        #expect(revisions.map(\.current) == [false, true])
        #expect(revisions.map(\.offset) == [0, 1])
        #expect(try reader.show("a").revisions == 2)
        // Only the current text is found.
        #expect(try reader.search("改過的文本").count == 1)
        #expect(try reader.search("登記制度").count == 0)
        #expect(try reader.directives().isEmpty)
        // Back to the first text: a revision like any other.
        try file.publish(first)
        #expect(try folder.reader().revisions("a").map(\.bulletin) == [first, second, first])
        #expect(try file.checkIntegrity() == [])
    }

    @Test func anotherParserReplacesTheExtractionInPlace() throws {
        try file.publish(Sample.full("a"))
        var better = Sample.full("a")
        better.parser?.version = "1.3"
        better.people.append(Person(name: "王五"))
        better.paragraphs[0] += "又及。"
        better.contentHash = "cleaned in another way"
        #expect(try file.publish(better).reparsed == 1)
        let detail = try folder.reader().show("a")
        #expect(detail.bulletin == better)
        #expect(detail.revision == 1 && detail.revisions == 1)
        #expect(detail.offset == 0 && detail.updatedOffset == 1)
        #expect(detail.eventId == "event-1")
        #expect(try folder.reader().search("又及").count == 1)
        #expect(try file.checkIntegrity() == [])
    }

    @Test func aWithdrawnBulletinIsHiddenUntilItIsPublishedAgain() throws {
        try file.publish(Sample.full("a"))
        try file.append { Sample.withdrawn("a", at: $0, reason: "錯誤") }
        var reader = try folder.reader()
        #expect(try reader.search("登記制度").count == 0)
        #expect(try reader.search("登記制度", includeWithdrawn: true).count == 1)
        #expect(try reader.search("《登記", includeWithdrawn: false).count == 0)
        #expect(try reader.list().isEmpty)
        #expect(try reader.list(BulletinFilter(includeWithdrawn: true)).map(\.withdrawn) == [true])
        #expect(try reader.directives().isEmpty)
        #expect(try reader.people().isEmpty)
        #expect(try reader.organizations().isEmpty)
        #expect(try reader.documents().isEmpty)
        #expect(try reader.stats().bulletins == 0)
        #expect(try reader.stats().withdrawn == 1)
        let state = try reader.show("a").withdrawn
        #expect(state == WithdrawnState(generation: 0, offset: 1, time: "2020-10-17T00:00:01Z", reason: "錯誤"))

        #expect(try file.publish(Sample.full("a")).unchanged == 1)
        reader = try folder.reader()
        #expect(try reader.search("登記制度").count == 1)
        #expect(try reader.show("a").withdrawn == nil)
        #expect(try reader.show("a").revisions == 1)
    }

    @Test(arguments: [false, true])
    func aChangedTextMakesAWithdrawnBulletinVisibleToo(byParser: Bool) throws {
        try file.publish(Sample.bulletin("a"))
        try file.append { Sample.withdrawn("a", at: $0) }
        try file.publish(byParser ? Sample.bulletin("a", parser: "2") : Sample.bulletin("a", ["另一段"]))
        #expect(try folder.reader().show("a").withdrawn == nil)
        #expect(try folder.reader().list().count == 1)
    }

    @Test func theLatestWithdrawalCounts() throws {
        try file.publish(Sample.bulletin("a"))
        try file.append { Sample.withdrawn("a", at: $0, reason: "one") }
        try file.append { Sample.withdrawn("a", at: $0, reason: "two") }
        let state = try folder.reader().show("a").withdrawn
        #expect(state?.offset == 2 && state?.reason == "two")
    }

    @Test func aWithdrawalOfAnUnknownBulletinIsRemembered() throws {
        try file.append { Sample.withdrawn("a", at: $0) }
        #expect(readModelError { _ = try folder.reader().show("a") }?.code == .unknownBulletin)
        let withTombstone = try ReadModelDigest.digest(dataDirectories: [folder.path])
        let empty = try TestFolder()
        _ = try empty.open().apply(LogBatch(begin: 0, end: 1, entries: []))
        #expect(try ReadModelDigest.digest(dataDirectories: [empty.path]).partitions != withTombstone.partitions)
        // Publishing afterwards makes it visible: the log's last word counts.
        try file.publish(Sample.bulletin("a"))
        #expect(try folder.reader().list().map(\.id) == ["a"])
        try file.access { (database, _) throws in
            #expect(try Int.fetchOne(database, sql: "SELECT count(*) FROM unknown_withdrawals") == 0)
        }
    }

    @Test func rejectedRecordsKeepTheirBytes() throws {
        try file.append(
            { Sample.rejected(at: $0, key: nil, value: []) },
            { Sample.rejected(at: $0, key: [0, 0xFF], value: nil) }
        )
        let rows = try folder.reader().rejected()
        #expect(rows.map(\.offset) == [0, 1])
        #expect(rows.map(\.key) == [nil, RejectedRecord.Bytes([0, 0xFF])])
        #expect(rows.map(\.value) == [RejectedRecord.Bytes([]), nil])
        #expect(rows[0].headers.map(\.name) == ["a", "b", "a\u{0}"])
        #expect(rows[0].headers.map(\.value) == [nil, .init([]), .init([0, 255])])
        #expect(rows[0].stage == "decode" && rows[0].reason == "no-json")
        #expect(try folder.reader().rejected(limit: 1).count == 1)
        #expect(try folder.reader().stats().rejected == 2)
    }

    @Test func directivesThatShareASequenceAreBothKept() throws {
        var bulletin = Sample.bulletin("a")
        bulletin.directives = [Directive(sequence: 7, text: "一"), Directive(sequence: 7, text: "二")]
        bulletin.people = [Person(name: "張三"), Person(name: "張三")]
        bulletin.organizations = [Organization(name: "局"), Organization(name: "局")]
        try file.publish(bulletin)
        #expect(try folder.reader().show("a").bulletin == bulletin)
    }
}
