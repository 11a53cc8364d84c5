import BulletinEvents
import TestSupport
import Testing

@testable import ReadModel

/// A page is found by other ways than all hits are, and has to be the beginning of them.
struct FirstPageTests {
    let reader: ReadModelReader

    init() throws {
        let folder = try TestFolder()
        let files = try (0..<3).map { try folder.open(Int32($0)) }
        var numbers = SeededGenerator(seed: 8)
        let texts = ["防汛抗旱會議", "防汛", "藥品監管", "通知各單位", "督查", "工作部署，工作落實"]
        for number in 0..<240 {
            let paragraphs = (0..<Int.random(in: 1...4, using: &numbers)).map { _ in
                texts.randomElement(using: &numbers) ?? ""
            }
            let bulletin = Sample.bulletin("b\(number)", title: texts.randomElement(using: &numbers), paragraphs)
            try files[number % 3].publish(bulletin)
            guard number % 5 == 0 else { continue }
            let next = try files[number % 3].state().nextOffset
            let entries = [Sample.withdrawn(bulletin.id, at: next)]
            _ = try files[number % 3].apply(LogBatch(begin: next, end: next + 1, entries: entries))
        }
        reader = try folder.reader()
    }

    @Test(arguments: [
        "防汛", "工作", "督", "title:防汛", "防汛 督查", "防汛 OR 督查", "防汛 -督查", "防汛 -督查 -title:藥品監管",
        "-督查", "工作 kind:meeting", "工作，工作", "防汛 after:2000", "從來沒有的詞",
    ])
    func aPageIsTheBeginningOfAll(query: String) throws {
        for withdrawn in [false, true] {
            let all = try reader.search(query, limit: nil, includeWithdrawn: withdrawn)
            #expect(all.count == all.hits.count)
            #expect(try reader.search(query, limit: 0, includeWithdrawn: withdrawn).count == all.count)
            for limit in [1, 7, 60, 500, .max] {
                let page = try reader.search(query, limit: limit, includeWithdrawn: withdrawn)
                #expect(page.count == all.count)
                #expect(page.hits.map(\.id) == all.hits.prefix(limit).map(\.id))
                #expect(zip(page.hits, all.hits).allSatisfy { abs($0.score - $1.score) < 1e-9 })
            }
        }
    }

    @Test func theQueriesFindSomething() throws {
        let some = try reader.search("防汛 -督查", limit: nil)
        let visible = try reader.search("防汛", limit: 0).count
        #expect(some.count > 10 && some.count < visible)
        #expect(try reader.search("防汛", limit: 0, includeWithdrawn: true).count > visible)
        #expect(try reader.search("從來沒有的詞").count == 0)
    }
}
