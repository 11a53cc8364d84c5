import BulletinEvents
import Foundation
import GRDB
import Testing

@testable import ReadModel

/// Files of earlier schemas: read as they are, brought up to date in place by the writer.
struct MigrationTests {
    let folder: TestFolder

    init() throws {
        folder = try TestFolder()
    }

    /// A log with revisions, withdrawals, rejected records, and texts of which little is where it should be.
    private static func fill(_ file: PartitionFile) throws {
        try file.publish(Sample.full("a"), Sample.bulletin("b"))
        var hostile = Sample.full("h")
        hostile.paragraphs = ["", "\u{0}後", "長長的一段文字，𠮷野家。", "\n"]
        hostile.raw = hostile.paragraphs.joined(separator: "\n") + String(repeating: "長長的一段文字", count: 50)
        hostile.directives = [
            Directive(sequence: 0, text: "一段文字", span: Span(paragraph: 2, start: 3, end: 7)),
            Directive(sequence: 1, text: "一段文字", span: Span(paragraph: 2, start: 2, end: 6)),
            Directive(sequence: 2, text: "後", span: Span(paragraph: 1, start: 1, end: 2)),
            Directive(sequence: 3, text: "", span: Span(paragraph: 9, start: 0, end: 0)),
            Directive(sequence: 4, text: "題", span: Span(paragraph: nil, start: 0, end: 1)),
            Directive(sequence: 5, text: "字", span: Span(paragraph: 2, start: -6, end: -5)),
            Directive(sequence: 6, speaker: "ＡＢ", text: "𠮷野家", span: Span(paragraph: 2, start: 8, end: 11)),
        ]
        try file.publish(hostile)
        let begin = try file.state().nextOffset
        let log = DigestTests.log()
        let entries = log.map { DigestTests.moved($0, by: begin) }
        let end = begin + Int64(entries.count)
        let mark = LogMark(offset: end - 1, timestamp: 5, digest: "ab")
        _ = try file.apply(LogBatch(begin: begin, end: end, entries: entries, mark: mark))
    }

    private func make(_ version: Int) throws {
        let file = try folder.open()
        try Self.fill(file)
        try file.close()
        try EarlierSchema.rewrite(folder.location(), as: version)
    }

    /// What a reader says of a folder.
    private struct Answers: Equatable {
        var digest: ReadModelDigest.Report
        var search: [SearchHit]
        var directives: [DirectiveRow]
        var people: [PersonRow]
        var union: [[SQLValue]]

        init(_ folder: TestFolder) throws {
            let reader = try folder.reader()
            digest = try ReadModelDigest.digest(dataDirectories: [folder.path])
            search = try reader.search("區政府 OR 藥品 OR title:通知").hits
            directives = try reader.directives(DirectiveFilter(organization: "区市场监管局"), limit: nil)
            people = try reader.people("杨栋", limit: nil)
            var rows: [[SQLValue]] = []
            _ = try reader.sql(
                """
                SELECT id, d.text, speaker_folded, o.name_folded, canonical_name_folded
                FROM bulletins JOIN directives AS d USING (bulletin_key) JOIN organizations AS o USING (bulletin_key)
                ORDER BY id, d.directive, organization
                """,
                columns: { _ in },
                row: { rows.append($0) }
            )
            union = rows
        }
    }

    private func version() throws -> Int? {
        try DatabaseQueue(path: folder.location().path).read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
    }

    @Test(arguments: [1, 2, 3]) func anEarlierSchemaIsReadAsItIs(version earlier: Int) throws {
        let file = try folder.open()
        try Self.fill(file)
        let expected = try Answers(folder)
        #expect(expected.search.count > 3 && expected.directives.count == 2 && expected.union.count > 20)
        try file.close()
        try EarlierSchema.rewrite(folder.location(), as: earlier)
        #expect(try Answers(folder) == expected)
        #expect(try version() == earlier, "reading changes nothing")
    }

    @Test(arguments: [1, 2, 3]) func theWriterBringsItUpToDateAndGoesOn(version earlier: Int) throws {
        try make(earlier)
        let before = try Answers(folder)
        let file = try folder.open()
        #expect(try version() == Schema.version)
        #expect(try Answers(folder) == before)
        #expect(try file.checkIntegrity() == [])
        #expect(try file.mark()?.timestamp == (earlier == 1 ? nil : 5))
        let next = try file.state().nextOffset
        let mark = LogMark(offset: next, timestamp: 99, digest: "ab")
        _ = try file.apply(
            LogBatch(
                begin: next,
                end: next + 2,
                entries: [Sample.published(Sample.bulletin("h", ["新的一版"]), at: next)],
                mark: mark
            )
        )
        #expect(try file.mark() == mark)
        #expect(try file.checkIntegrity() == [])
        #expect(try folder.reader().revisions("h").first?.bulletin.raw?.hasPrefix("\n\u{0}後\n長長的") == true)
    }

    @Test(arguments: [1, 2, 3]) func aMigratedFileIsAsOneMadeAnew(version earlier: Int) throws {
        try make(earlier)
        let migrated = try folder.open()
        let other = try TestFolder()
        let new = try other.open()
        try Self.fill(new)
        func contents(_ file: PartitionFile) throws -> [Row] {
            try file.access { database, _ in
                var rows = try Row.fetchAll(
                    database,
                    sql: "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"
                )
                for table in ["people", "organizations", "directive_rows", "directive_responsibles", "documents"] {
                    rows += try Row.fetchAll(database, sql: "SELECT * FROM \(table) ORDER BY 1, 2, 3")
                }
                rows += try Row.fetchAll(database, sql: "SELECT * FROM raw_texts ORDER BY 1")
                return rows + (try Row.fetchAll(database, sql: "SELECT * FROM revisions ORDER BY 1"))
            }
        }
        #expect(try contents(migrated) == contents(new))
    }

    @Test func filesOfSeveralSchemasAreOneUnion() throws {
        try make(2)
        let file = try folder.open(1)
        try file.publish(Sample.full("z"))
        var names: [[SQLValue]] = []
        _ = try folder.reader().sql(
            "SELECT id, name_folded, folded FROM people JOIN bulletins USING (bulletin_key) ORDER BY id, person",
            columns: { _ in },
            row: { names.append($0) }
        )
        #expect(names.map { $0[0] } == ["a", "a", "h", "h", "z", "z"].map { .text($0) })
        #expect(names.map { $0[1] }.prefix(2) == names.map { $0[1] }.suffix(2))
        #expect(
            names.map { $0[2] == .null } == [true, true, true, true, false, false],
            "an earlier file has no such column"
        )
    }

    @Test func theMarkMovesWithTheRowsOrNotAtAll() throws {
        let file = try folder.open()
        let entries = [Sample.published(Sample.bulletin("a"), at: 0)]
        let mark = LogMark(offset: 0, timestamp: nil, digest: "00")
        let batch = LogBatch(begin: 0, end: 1, entries: entries, mark: mark)
        #expect(try file.apply(batch, mayCommit: { false }) == .abandoned)
        #expect(try file.mark() == nil)
        _ = try file.apply(batch)
        #expect(try file.mark() == mark)
        #expect(try file.apply(LogBatch(begin: 0, end: 1, entries: [], mark: nil)) == .conflict(try file.state()))
        // Only control records followed: the last record is still that one.
        _ = try file.apply(LogBatch(begin: 1, end: 3, entries: []))
        #expect(try file.mark() == mark)
        try file.adoptNewLog(clusterID: "another")
        #expect(try file.mark() == nil, "a new log has another last record")
    }

    @Test func aMarkOutsideTheBatchIsRefused() throws {
        let file = try folder.open()
        for offset in [-1, 2] as [Int64] {
            let mark = LogMark(offset: offset, timestamp: nil, digest: "")
            let error = readModelError { _ = try file.apply(LogBatch(begin: 0, end: 2, entries: [], mark: mark)) }
            #expect(error?.code == .invalidArgument)
        }
    }

    @Test func replaysAreNotedAndPartOfTheDigest() throws {
        let file = try folder.open()
        let before = try ReadModelDigest.digest(dataDirectories: [folder.path])
        let replay = LogBatch.Replay(offset: 0, rejectedTopic: "bulletins", rejectedPartition: 0, rejectedOffset: 0)
        _ = try file.apply(LogBatch(begin: 0, end: 1, entries: [Sample.rejected(at: 0)], replays: [replay]))
        let noted = try file.access { database, _ in
            try Row.fetchAll(database, sql: "SELECT offset, rejected_offset FROM replays")
        }
        #expect(noted.count == 1)
        let after = try ReadModelDigest.digest(dataDirectories: [folder.path])
        #expect(after.partitions != before.partitions)
        #expect(after.bulletins == before.bulletins)
    }

    @Test func theFolderIsCheckedWithoutWritingToIt() throws {
        let file = try PartitionFile(folder.location())
        _ = try file.verifyLog(clusterID: "one", partitionCount: 3)
        #expect(
            readModelError { _ = try file.verifyLog(clusterID: "one", partitionCount: 4) }?.code == .otherPartitions
        )
        func check(_ cluster: String, _ count: Int?, topic: String = "bulletins") -> ReadModelError.Code? {
            readModelError {
                try PartitionFile.checkFolder(folder.path, topic: topic, clusterID: cluster, partitionCount: count)
            }?.code
        }
        #expect(check("one", 3) == nil)
        #expect(check("one", nil) == nil)
        #expect(check("two", 3) == .otherLog)
        #expect(check("one", 4) == .otherPartitions)
        #expect(check("two", 4, topic: "others") == nil, "another topic's files are no concern")
        try file.close()
        try EarlierSchema.rewrite(folder.location(), as: 1)
        #expect(check("one", 4) == nil, "the first schema does not say")
    }
}
