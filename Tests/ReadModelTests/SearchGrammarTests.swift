import BulletinEvents
import BulletinText
import TestSupport
import Testing

@testable import ReadModel

/// How a query is read.
struct SearchGrammarTests {
    private func text(_ text: String, beginsWord: Bool = false, not: Bool = false) throws -> SearchQuery.Literal {
        let term = try #require(SearchTerm(text.unicodeScalars, beginsWord: beginsWord))
        return SearchQuery.Literal(isNegated: not, condition: .text(term))
    }

    private func filter(_ condition: SearchQuery.Condition, not: Bool = false) -> SearchQuery.Literal {
        SearchQuery.Literal(isNegated: not, condition: condition)
    }

    @Test func wordsPhrasesAndExclusions() throws {
        #expect(SearchQuery("督查　營商環境").clauses == [[try text("督查")], [try text("营商环境")]])
        #expect(
            SearchQuery("\"public  health\" -督查").clauses == [[try text("public health")], [try text("督查", not: true)]]
        )
        #expect(SearchQuery("a\"b c\"d").clauses == [[try text("a")], [try text("b c")], [try text("d")]])
        #expect(SearchQuery("\"b c").clauses == [[try text("b c")]])
        #expect(SearchQuery("-\"b c\"").clauses == [[try text("b c", not: true)]])
        #expect(SearchQuery("“督查 工作” x").clauses == [[try text("督查 工作")], [try text("x")]])
        #expect(SearchQuery("“双随机”监管").clauses == [[try text("“双随机”监管")]])
        #expect(SearchQuery("落实“双随机”").clauses == [[try text("落实“双随机”")]])
        #expect(
            SearchQuery("- -- --a a-b").clauses == [
                [try text("-")], [try text("--")], [try text("--a")], [try text("a-b")],
            ]
        )
        #expect(SearchQuery("\"\" \" \"").clauses.isEmpty)
        #expect(SearchQuery("a a A").clauses == [[try text("a")]])
    }

    @Test func alternatives() throws {
        #expect(
            SearchQuery("a b OR c d").clauses == [[try text("a")], [try text("b"), try text("c")], [try text("d")]]
        )
        #expect(SearchQuery("a OR -b OR c").clauses == [[try text("a"), try text("b", not: true), try text("c")]])
        #expect(SearchQuery("a AND b").clauses == [[try text("a")], [try text("b")]])
        #expect(SearchQuery("OR a OR").clauses == [[try text("or")], [try text("a")], [try text("OR")]].uniqued())
        #expect(SearchQuery("OR OR x").clauses == [[try text("or"), try text("x")]])
        #expect(SearchQuery("a or b").clauses.count == 3)
        #expect(SearchQuery("\"OR\" a \"OR\" b").clauses.count == 3)
        #expect(SearchQuery("a -OR b").clauses == [[try text("a")], [try text("or", not: true)], [try text("b")]])
    }

    @Test func prefixes() throws {
        #expect(SearchQuery("covid* x").clauses == [[try text("covid", beginsWord: true)], [try text("x")]])
        #expect(SearchQuery("\"covid 19\"*").clauses == [[try text("covid 19", beginsWord: true)]])
        #expect(SearchQuery("\"covid*\"").clauses == [[try text("covid*")]])
        #expect(SearchQuery("* a*b").clauses == [[try text("*")], [try text("a*b")]])
        #expect(try #require(SearchTerm("防汛".unicodeScalars, beginsWord: true)).beginsWord == false)
    }

    @Test func filters() throws {
        #expect(SearchQuery("org:市水利局").clauses == [[filter(.organization("市水利局"))]])
        #expect(
            SearchQuery("ORG：區衛健局 -person:林學瑋").clauses == [
                [filter(.organization("区卫健局"))], [filter(.person("林学玮"), not: true)],
            ]
        )
        #expect(SearchQuery("source:\"青岚 发布\"").clauses == [[filter(.source("青岚发布"))]])
        #expect(
            SearchQuery("kind:meeting OR kind:notice").clauses == [[filter(.kind(.meeting)), filter(.kind(.notice))]]
        )
        #expect(
            SearchQuery("after:2023 before:2023-05 after:2023-05-07").clauses == [
                [filter(.after("2023-01-01"))], [filter(.before("2023-05-01"))], [filter(.after("2023-05-07"))],
            ]
        )
        let title = try #require(SearchTerm("营商".unicodeScalars))
        #expect(SearchQuery("title:營商").clauses == [[filter(.title(title))]])
        #expect(SearchQuery("speaker:张三 document:预案").clauses == [[filter(.speaker("张三"))], [filter(.document("预案"))]])
        #expect(SearchQuery("org:區(qū)衛(wèi)健局").clauses == [[filter(.organization("区卫健局"))]])
    }

    @Test(arguments: ["kind:foo", "after:x", "before:2023-13", "after:2023-02-30"])
    func aFilterThatDoesNotFitIsText(query: String) throws {
        let read = SearchQuery(query)
        #expect(read.clauses == [[try text(query)]])
        #expect(read.notes.count == 1)
    }

    @Test(arguments: [
        "foo:bar", "title:", "org: x", "http://a.b", "来源：青岚发布", "kind", ":", "a:b:c", "orgs:x", "org:\"\"",
    ])
    func whatIsNoFilterIsText(query: String) {
        let filters = SearchQuery(query).clauses.joined().filter { $0.condition.term == nil }
        #expect(filters.isEmpty)
        #expect(SearchQuery(query).notes.isEmpty)
    }

    /// Whatever is typed is a query, and finds what its conditions say, computed without the index and without SQL.
    @Test(arguments: 1...4)
    func everyTextIsAQueryAndFindsWhatItSays(seed: UInt64) throws {
        var numbers = SeededGenerator(seed: seed)
        let folder = try TestFolder()
        let files = try (0..<2).map { try folder.open(Int32($0)) }
        let bulletins = Self.bulletins(&numbers)
        for (number, bulletin) in bulletins.enumerated() { try files[number % 2].publish(bulletin) }
        let reader = try folder.reader()
        var found = 0
        for _ in 0..<400 {
            let text = Self.text(&numbers)
            let query = SearchQuery(text)
            let expected = bulletins.filter { bulletin in
                !query.clauses.isEmpty
                    && query.clauses.allSatisfy { clause in
                        clause.contains { Self.holds($0.condition, bulletin, among: bulletins) != $0.isNegated }
                    }
            }.map(\.id).sorted()
            let (count, _, matches) = try reader.matches(query, limit: nil, includeWithdrawn: false)
            #expect(matches.map(\.match.id).sorted() == expected, "\(text.debugDescription) read as \(query.clauses)")
            #expect(count == expected.count)
            #expect(try reader.matches(query, limit: 3, includeWithdrawn: false).count == count)
            _ = try reader.search(text)
            found += expected.count
        }
        #expect(found > 200)
    }

    private static let names = ["市水利局", "市應急局", "防汛辦", "張三", "李四", "預案"]

    private static func bulletins(_ numbers: inout SeededGenerator) -> [Bulletin] {
        (0..<40).map { number in
            var bulletin = Sample.bulletin(
                "b\(number)",
                title: number % 4 == 0 ? nil : SearchOracleTests.text(0...6, &numbers),
                (0..<2).map { _ in SearchOracleTests.text(0...20, &numbers) }
            )
            bulletin.contentHash = "\(number)"
            bulletin.kind = Bulletin.Kind.allCases[number % 4]
            bulletin.source = number % 3 == 0 ? nil : ["青嵐發布", "市水利局"][number % 2]
            bulletin.publishedOn =
                number % 5 == 0 ? nil : BulletinDate(year: 2020 + number % 4, month: 1 + number % 12, day: 1)
            func name() -> String { names.randomElement(using: &numbers) ?? "" }
            bulletin.organizations = [Organization(name: name(), canonicalName: number % 2 == 0 ? "青嵐" + name() : nil)]
            bulletin.people = [Person(name: name())]
            bulletin.directives = [
                Directive(
                    sequence: 0,
                    speaker: number % 2 == 0 ? name() : nil,
                    speakerText: number % 2 == 0 ? nil : name(),
                    text: "辦"
                )
            ]
            bulletin.documents = [CitedDocument(title: name())]
            return bulletin
        }
    }

    private static let pieces = [
        "\"", "“", "”", "-", "*", ":", "：", "OR", "AND", " OR ", " ", "　", "(", ")", "title:", "source:", "org:",
        "person:",
        "speaker:", "document:", "after:", "before:", "kind:", "meeting", "notice", "2022", "2021-03", "市水利局", "張三",
        "预案",
        "青岚", "NEAR(", "^", "{", "'", ";", "\\", "\u{0}", "\u{202E}", "😀", "é", "区", "衛健", "a", "B1",
    ]

    private static func text(_ numbers: inout SeededGenerator) -> String {
        (0..<Int.random(in: 1...6, using: &numbers)).map { _ in pieces.randomElement(using: &numbers) ?? "" }.joined()
    }

    private static func holds(_ condition: SearchQuery.Condition, _ bulletin: Bulletin, among all: [Bulletin]) -> Bool {
        func holds(_ text: String?, _ key: String) -> Bool {
            text.map { FoldedText.contains(Array(FoldedText.key($0).utf8), Array(key.utf8)) } ?? false
        }
        let date = (bulletin.publishedOn ?? bulletin.eventDate)?.description
        switch condition {
        case .text, .title:
            return condition.holds(
                title: bulletin.title.map { Array($0.unicodeScalars) },
                paragraphs: bulletin.paragraphs.map { Array($0.unicodeScalars) }
            ) ?? false
        case .source(let key): return holds(bulletin.source, key)
        case .organization(let key):
            // What holds the text, and the full names that such names stand for anywhere.
            let fullNames = Set(
                all.flatMap(\.organizations).filter { holds($0.name, key) }.compactMap {
                    $0.canonicalName.map(FoldedText.key)
                }
            )
            return bulletin.organizations.contains { organization in
                [organization.name, organization.canonicalName].compactMap { $0 }.contains {
                    holds($0, key) || fullNames.contains(FoldedText.key($0))
                }
            }
        case .person(let key): return bulletin.people.contains { holds($0.name, key) }
        case .speaker(let key):
            return bulletin.directives.contains { holds($0.speaker, key) || holds($0.speakerText, key) }
        case .document(let key): return bulletin.documents.contains { holds($0.title, key) }
        case .after(let day): return date.map { $0 >= day } ?? false
        case .before(let day): return date.map { $0 < day } ?? false
        case .kind(let kind): return bulletin.kind == kind
        }
    }
}

extension Array where Element: Hashable {
    fileprivate func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
