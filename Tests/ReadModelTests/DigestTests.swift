import BulletinEvents
import Crypto
import Foundation
import GRDB
import Testing

@testable import ReadModel

/// Digests tell contents apart, and nothing else.
struct DigestTests {
    /// A log with revisions, withdrawals, tombstones and rejected records.
    static func log(_ length: Int64 = 60) -> [LogBatch.Entry] {
        (0..<length).map { offset in
            switch offset % 12 {
            case 7: Sample.withdrawn("b\((offset * 5) % 17)", at: offset)
            case 9: Sample.rejected(at: offset)
            case 11: Sample.withdrawn("never\(offset)", at: offset)
            default: Sample.published(Sample.bulletin("b\(offset % 17)", ["第\(offset / 20)版"]), at: offset)
            }
        }
    }

    /// An entry as it would be so much further down the log.
    static func moved(_ entry: LogBatch.Entry, by distance: Int64) -> LogBatch.Entry {
        switch entry {
        case .published(let bulletin, let event, let offset): .published(bulletin, event, offset: offset + distance)
        case .withdrawn(let withdrawal, let event, let offset): .withdrawn(withdrawal, event, offset: offset + distance)
        case .rejected(let record): Sample.rejected(at: record.offset + distance)
        }
    }

    static func fill(_ file: PartitionFile, _ entries: [LogBatch.Entry], batches: Int) throws {
        var position: Int64 = 0
        for start in stride(from: 0, to: entries.count, by: batches) {
            let part = Array(entries[start..<min(entries.count, start + batches)])
            let end = Int64(start + part.count)
            guard case .applied = try file.apply(LogBatch(begin: position, end: end, entries: part)) else {
                throw UnexpectedOutcome(outcome: .conflict(try file.state()))
            }
            position = end
        }
    }

    @Test func batchesDoNotMatter() throws {
        var reports: [ReadModelDigest.Report] = []
        for batches in [1, 7, 60] {
            let folder = try TestFolder()
            try Self.fill(try folder.open(), Self.log(), batches: batches)
            reports.append(try ReadModelDigest.digest(dataDirectories: [folder.path]))
        }
        #expect(Set(reports).count == 1)
        #expect(reports[0].partitions[0].nextOffset == 60)
    }

    @Test func partitionsAndOffsetsDoNotMatterForTheBulletins() throws {
        let (one, three) = (try TestFolder(), try TestFolder())
        try Self.fill(try one.open(), Self.log(), batches: 60)
        // The same events, by id onto three partitions, with other offsets, event ids and times.
        let files = try (0..<3).map { try three.open(Int32($0), cluster: "another") }
        for entry in Self.log() {
            let event = { (offset: Int64) in EventMetadata(id: "other-\(offset)", source: "other", type: "t", time: nil)
            }
            switch entry {
            case .published(let bulletin, _, _):
                try files[bulletin.id.utf8.count % 3].append { .published(bulletin, event($0), offset: $0) }
            case .withdrawn(let withdrawal, _, _):
                try files[withdrawal.id.utf8.count % 3].append { .withdrawn(withdrawal, event($0), offset: $0) }
            case .rejected:
                continue
            }
        }
        let reports = try [one, three].map { try ReadModelDigest.digest(dataDirectories: [$0.path]) }
        #expect(reports[0].bulletins == reports[1].bulletins)
        #expect(reports[0].bulletinCount == 17 && reports[1].bulletinCount == 17)
        #expect(reports[0].partitions.map(\.digest) != reports[1].partitions.map(\.digest))
    }

    @Test(arguments: [
        "UPDATE bulletins SET title = title || '。' WHERE id = 'b3'",
        "UPDATE paragraphs SET text = 'x' WHERE paragraph_key = (SELECT max(paragraph_key) FROM paragraphs)",
        "UPDATE revisions SET bulletin = replace(unpacked(bulletin, NULL), '第0版', '第9版') WHERE revision_key = 1",
        "UPDATE bulletins SET withdrawn_offset = 3, withdrawn_generation = 0 WHERE id = 'b1' AND withdrawn_offset IS NULL",
        "DELETE FROM revisions WHERE revision_key = 1",
    ])
    func aChangeOfContentChangesBoth(sql: String) throws {
        let folder = try TestFolder()
        let file = try folder.open()
        try Self.fill(file, Self.log(), batches: 60)
        let before = try ReadModelDigest.digest(dataDirectories: [folder.path])
        try file.access { database, _ in
            try database.execute(sql: sql)
            #expect(database.changesCount == 1)
        }
        let after = try ReadModelDigest.digest(dataDirectories: [folder.path])
        #expect(after.bulletins != before.bulletins)
        #expect(after.partitions[0].digest != before.partitions[0].digest)
    }

    @Test(arguments: [
        "UPDATE partition_state SET next_offset = 61", "DELETE FROM rejected WHERE offset = 9",
        "UPDATE rejected SET value = NULL WHERE offset = 9",
        "UPDATE unknown_withdrawals SET offset = 1 WHERE offset = 11",
        "UPDATE bulletins SET updated_offset = 1 WHERE id = 'b3'",
    ])
    func aChangeOfTheLogChangesThePartitionOnly(sql: String) throws {
        let folder = try TestFolder()
        let file = try folder.open()
        try Self.fill(file, Self.log(), batches: 60)
        let before = try ReadModelDigest.digest(dataDirectories: [folder.path])
        try file.access { database, _ in
            try database.execute(sql: sql)
            #expect(database.changesCount == 1)
        }
        let after = try ReadModelDigest.digest(dataDirectories: [folder.path])
        #expect(after.bulletins == before.bulletins)
        #expect(after.partitions[0].digest != before.partitions[0].digest)
    }

    @Test func theDigestIsThatOfTheDump() throws {
        let folder = try TestFolder()
        try Self.fill(try folder.open(0), Self.log(), batches: 60)
        try Self.fill(try folder.open(1), Self.log(5), batches: 60)
        let report = try ReadModelDigest.digest(dataDirectories: [folder.path])
        func sha(_ scope: ReadModelDigest.Scope, _ folders: [String]) throws -> String {
            var text = ""
            try ReadModelDigest.dump(dataDirectories: folders, scope: scope) { text += $0 + "\n" }
            return SHA256.hash(data: Data(text.utf8)).map { String(format: "%02x", $0) }.joined()
        }
        #expect(try sha(.bulletins, [folder.path]) == report.bulletins)
        let alone = try TestFolder()
        try Self.fill(try alone.open(0), Self.log(), batches: 60)
        #expect(try sha(.log, [alone.path]) == report.partitions[0].digest)
    }
}
