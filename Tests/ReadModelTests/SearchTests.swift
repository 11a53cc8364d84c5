import BulletinEvents
import BulletinText
import Foundation
import Testing

@testable import ReadModel

/// What a search gives.
struct SearchTests {
    let folder: TestFolder
    let file: PartitionFile

    init() throws {
        folder = try TestFolder()
        file = try folder.open()
    }

    private func ids(_ query: String) throws -> [String] {
        try folder.reader().search(query, limit: nil).hits.map(\.id).sorted()
    }

    @Test func anyLengthIsFound() throws {
        try file.publish(
            Sample.bulletin("a", ["區衛健局負責。"]),
            Sample.bulletin("b", ["教育局COVID-19專班"]),
            Sample.bulletin("c", ["區"])
        )
        #expect(try ids("區衛") == ["a"])
        #expect(try ids("政") == ["a", "b", "c"])
        #expect(try ids("衛健") == ["a"])
        #expect(try ids("局") == ["a", "b"])
        #expect(try ids("局負責。") == ["a"])
        #expect(try ids("ovid") == ["b"])
        #expect(try ids("COVID-19") == ["b"])
        #expect(try ids("VID-1") == ["b"])
        #expect(try ids("9專") == ["b"])
        #expect(try ids("健負") == [])
    }

    @Test func termsAreJoinedAndPhrasesKeptTogether() throws {
        try file.publish(
            Sample.bulletin("a", title: "督查", ["營商環境要改善"]),
            Sample.bulletin("b", title: nil, ["public health matters", "督查"]),
            Sample.bulletin("c", title: nil, ["health public"])
        )
        #expect(try ids("督查 營商環境") == ["a"])
        #expect(try ids("督查　營商環境") == ["a"])
        #expect(try ids("督查營商環境") == [])
        #expect(try ids("health public") == ["b", "c"])
        #expect(try ids("\"public  health\"") == ["b"])
        #expect(try ids("\"public health") == ["b"])
        #expect(try ids("c督查") == [])
        // A phrase does not reach from one paragraph into the next.
        #expect(try ids("matters督查") == [])
        #expect(try ids("\"matters 督查\"") == [])
    }

    @Test(arguments: [
        "", " ", "\"", "\"\"", "\" \"", "C#", "AND", "OR", "NOT", "NEAR(a b)", "a*", "^a", "title:x", "-a", "(",
        "a AND", "a OR", "OR", "-", "-OR b", "org:", "kind:x", "after:2020 before:x", "{a b}:c", "'", "--", ";",
        "\u{0}", "*", "\"*\"", "a\"b\"c", "🎉", "\\", "%",
    ])
    func everyInputIsAQuery(query: String) throws {
        try file.publish(Sample.bulletin("a", ["C# AND a"]))
        _ = try folder.reader().search(query)
    }

    @Test func aQueryOfAThousandWordsIsAQuery() throws {
        let words = (0..<1000).map { "詞\($0)" }
        try file.publish(Sample.bulletin("a", [words.joined(separator: "，")]), Sample.bulletin("b", ["詞1"]))
        #expect(try ids(words.joined(separator: " ")) == ["a"])
        #expect(try ids((words + ["無"]).joined(separator: " ")) == [])
        #expect(try ids(words.joined(separator: "，")) == ["a"])
    }

    @Test func aSnippetShowsTheMatchInItsOwnScript() throws {
        let lead = String(repeating: "前", count: 50)
        let tail = String(repeating: "後", count: 100)
        try file.publish(Sample.bulletin("a", ["無關。", lead + "區衛健局與區衛健局" + tail]))
        let hit = try #require(try folder.reader().search("衛健 衛健局").hits.first)
        let snippet = hit.snippet
        let scalars = Array(snippet.text.unicodeScalars)
        let marked = snippet.ranges.map { range in
            String(String.UnicodeScalarView(scalars[range.start..<range.end]))
        }
        #expect(marked == ["衛健局", "衛健局"])
        #expect(snippet.paragraph == 1)
        #expect(snippet.text.hasPrefix("…前") && snippet.text.hasSuffix("後…"))
        #expect(hit.score > 0)
    }

    @Test func aMatchInTheTitleAloneIsShownThere() throws {
        try file.publish(Sample.bulletin("a", title: "營商環境", ["別的。"]))
        let snippet = try #require(try folder.reader().search("環境").hits.first).snippet
        #expect(snippet == SearchHit.Snippet(text: "營商環境", ranges: [.init(start: 2, end: 4)], paragraph: nil))
    }

    @Test func theOrderDoesNotDependOnThePartitions() throws {
        let bulletins = SearchOracleTests.corpus(7)
        let scattered = try TestFolder()
        let files = try (0..<5).map { try scattered.open(Int32($0)) }
        for (number, bulletin) in bulletins.enumerated() {
            try file.publish(bulletin)
            // Not evenly: one file holds half of them.
            try files[number % 2 == 0 ? 0 : number % 5].publish(bulletin)
        }
        let (one, many) = (try folder.reader(), try scattered.reader())
        for query in ["市", "会议 督查", "安全 OR 防汛 -通知", "title:会议 工作", "加强", "的"] {
            let expected = try one.search(query, limit: nil)
            let found = try many.search(query, limit: nil)
            #expect(found.hits.map(\.id) == expected.hits.map(\.id), "\(query)")
            #expect(found.hits.map(\.score) == expected.hits.map(\.score), "\(query)")
            #expect(expected.count > 3, "\(query)")
            for limit in [1, 3, 10] {
                #expect(try many.search(query, limit: limit).hits == Array(expected.hits.prefix(limit)))
            }
            let third = expected.hits[2].id
            #expect(try many.search(query, limit: 5, after: third).hits == Array(expected.hits.dropFirst(3).prefix(5)))
        }
        #expect(throws: ReadModelError.self) { try many.search("市", after: "none") }
    }

    @Test func ofEqualScoresTheLatestComesFirst() throws {
        let other = try folder.open(1)
        for (index, date) in ["2020-01-01", "2021-01-01", "2021-01-01"].enumerated() {
            var bulletin = Sample.bulletin("m\(index)", ["督查"])
            bulletin.publishedOn = BulletinDate(date)
            bulletin.contentHash = "\(index)"
            try (index == 1 ? other : file).publish(bulletin)
        }
        try other.publish(Sample.bulletin("m3", ["督查"]))
        let hits = try folder.reader().search("督查").hits
        #expect(hits.map(\.id) == ["m1", "m2", "m0", "m3"])
        #expect(Set(hits.map(\.score)).count == 1)
        #expect(try folder.reader().search("督查", limit: 2).hits.map(\.id) == ["m1", "m2"])
        #expect(try folder.reader().search("督查", limit: 0).hits.isEmpty)
        #expect(try folder.reader().search("督查", limit: 0).count == 4)
    }

    @Test func anOrganizationIsFoundByTheNameThatAnotherBulletinGivesIt() throws {
        var alias = Sample.bulletin("a", ["区防指要值守。"])
        alias.organizations = [Organization(name: "区防指", canonicalName: "大洼区防汛抗旱指挥部")]
        var full = Sample.bulletin("b", ["大洼區防汛抗旱指揮部要值守。"])
        full.organizations = [Organization(name: "大洼區防汛抗旱指揮部")]
        try file.publish(alias, full, Sample.bulletin("c"))
        #expect(try ids("org:区防指") == ["a", "b"])
        #expect(try ids("org:大洼区防汛抗旱指挥部") == ["a", "b"])
        #expect(try ids("-org:区防指") == ["c"])
    }

    @Test func aQueryOfExclusionsOrFiltersAloneFindsTheRest() throws {
        try file.publish(Sample.bulletin("a", ["督查"]), Sample.bulletin("b", ["防汛（一）"]))
        #expect(try ids("-督查") == ["b"])
        #expect(try ids("-（一）") == ["a"])
        #expect(try ids("kind:meeting") == ["a", "b"])
        #expect(try ids("kind:notice OR 督查") == ["a"])
        #expect(try ids("kind:notice OR （一）") == ["b"])
    }

    @Test func aSnippetOfAFilterShowsTheName() throws {
        var bulletin = Sample.bulletin("a", ["无关。", "會上，區衛健局要落實。"])
        bulletin.organizations = [Organization(name: "區衛健局")]
        try file.publish(bulletin)
        let snippet = try #require(try folder.reader().search("org:区卫健局").hits.first).snippet
        #expect(snippet == .init(text: "會上，區衛健局要落實。", ranges: [.init(start: 3, end: 7)], paragraph: 1))
    }

    @Test(arguments: ["區(qū)衛(wèi)健局", "區(qū)卫健局", "衛(wèi)健", "\"區(qū)衛(wèi)健局\" 责任"])
    func aDamagedQueryFindsTheRepairedText(query: String) throws {
        let folder = try TestFolder()
        try folder.open().publish(Sample.bulletin("a", ["區衛健局要落實責任。"]))
        #expect(try folder.reader().search(query).hits.map(\.id) == ["a"])
    }

    @Test func aReadingThatTheWriterMeantIsFound() throws {
        let folder = try TestFolder()
        try folder.open().publish(Sample.bulletin("a", ["單(shàn)縣召開會議。"]))
        #expect(try folder.reader().search("單(shàn)縣").hits.map(\.id) == ["a"])
        #expect(try folder.reader().search("單").count == 1)
    }

    @Test func aDamagedNameIsAskedForAsItReads() throws {
        let folder = try TestFolder()
        var bulletin = Sample.bulletin("a", ["區衛健局要落實責任。"])
        bulletin.organizations = [Organization(name: "區衛健局")]
        bulletin.directives = [Directive(sequence: 0, responsible: ["區衛健局"], text: "落實責任")]
        try folder.open().publish(bulletin)
        let reader = try folder.reader()
        #expect(try reader.organizations("區(qū)衛(wèi)健局").map(\.name) == ["區衛健局"])
        var filter = DirectiveFilter()
        filter.organization = "區(qū)衛(wèi)健局"
        #expect(try reader.directives(filter).count == 1)
    }
}
