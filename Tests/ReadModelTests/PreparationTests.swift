import BulletinEvents
import Foundation
import TestSupport
import Testing

@testable import ReadModel

/// What is prepared on another thread, or not, writes the same rows.
struct PreparationTests {
    private static func bulletins(_ count: Int) -> [Bulletin] {
        (0..<count).map { number in
            guard number % 7 != 0 else { return Sample.full("b\(number)") }
            // Long enough for the thread to fall behind now and then.
            var bulletin = Sample.bulletin(
                "b\(number)",
                [String(repeating: "防汛抗旱會議\(number)，", count: number % 13 * 40)]
            )
            bulletin.contentHash = "\(number)"
            return bulletin
        }
    }

    @Test func aLargeBatchIsWrittenAsSmallOnesAre() throws {
        let bulletins = Self.bulletins(400)
        let (large, small) = (try TestFolder(), try TestFolder())
        let entries = bulletins.enumerated().map { Sample.published($1, at: Int64($0)) }
        _ = try large.open().apply(LogBatch(begin: 0, end: 400, entries: entries))
        let file = try small.open()
        for (offset, entry) in entries.enumerated() {
            _ = try file.apply(LogBatch(begin: Int64(offset), end: Int64(offset) + 1, entries: [entry]))
        }
        #expect(
            try ReadModelDigest.digest(dataDirectories: [large.path]).bulletins
                == ReadModelDigest.digest(dataDirectories: [small.path]).bulletins
        )
        #expect(try large.open().checkIntegrity() == [])
        let asked = ["防汛抗旱", "會議13", "區政府"]
        #expect(
            try asked.map { try large.reader().search($0, limit: nil).hits.map(\.id) }
                == asked.map { try small.reader().search($0, limit: nil).hits.map(\.id) }
        )
    }

    @Test func whatIsTakenIsOfThatBulletin() throws {
        let bulletins = Self.bulletins(200)
        let entries = bulletins.enumerated().map { Sample.published($1, at: Int64($0)) }
        guard let ahead = PreparationAhead.start(entries) else { return }  // Other tests are writing on all processors.
        let preparation = try BulletinPreparation()
        var taken = 0
        for (index, bulletin) in bulletins.enumerated() {
            let expected = try preparation.prepare(bulletin)
            guard let prepared = ahead.take(index) else { continue }
            taken += 1
            #expect(prepared == expected)
        }
        ahead.stop()
        #expect(ahead.take(5) == nil)
        #expect(taken <= 199, "the first is the writer's own")
    }

    @Test func aShortBatchHasNoThread() {
        #expect(PreparationAhead.start([Sample.published(Sample.bulletin("a"), at: 0)]) == nil)
    }
}
