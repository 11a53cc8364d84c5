import BulletinEvents
import Foundation
import Testing

@testable import ReadModel

/// Lists, details, directives and names.
struct QueryTests {
    let folder: TestFolder
    let file: PartitionFile

    init() throws {
        folder = try TestFolder()
        file = try folder.open()
    }

    private func dated(_ id: String, published: String?, event: String? = nil, source: String? = nil) -> Bulletin {
        var bulletin = Sample.bulletin(id, [id])
        bulletin.publishedOn = published.flatMap { BulletinDate($0) }
        bulletin.eventDate = event.flatMap { BulletinDate($0) }
        bulletin.source = source
        bulletin.directives = [Directive(sequence: 0, text: id)]
        return bulletin
    }

    // MARK: list and show

    @Test func listsAreLatestFirstAndFiltered() throws {
        var notice = dated("d", published: "2020-05-05", source: "區卫健局")
        notice.kind = .notice
        try file.publish(
            dated("a", published: "2020-01-01"),
            dated("b", published: "2021-01-01"),
            dated("c", published: nil, event: "2020-06-01"),
            notice,
            dated("e", published: "--02-03"),
            dated("f", published: nil)
        )
        let reader = try folder.reader()
        #expect(try reader.list().map(\.id) == ["b", "c", "d", "a", "e", "f"])
        #expect(try reader.list(limit: 2).map(\.id) == ["b", "c"])
        #expect(try reader.list(limit: nil).count == 6)
        #expect(try reader.list(BulletinFilter(since: BulletinDate("2020-05-05"))).map(\.id) == ["b", "c", "d"])
        #expect(try reader.list(BulletinFilter(until: BulletinDate("2020-05-05"))).map(\.id) == ["d", "a"])
        #expect(try reader.list(BulletinFilter(kind: .notice)).map(\.id) == ["d"])
        #expect(try reader.list(BulletinFilter(source: "衛 健")).map(\.id) == ["d"])
        let row = try #require(try reader.list(BulletinFilter(kind: .notice)).first)
        #expect(row.directives == 1 && row.revision == 1 && row.kind == "notice" && !row.withdrawn)
    }

    @Test func aUniquePrefixOfAnIdWillDo() throws {
        try file.publish(
            Sample.bulletin("abc1"),
            Sample.bulletin("abc2"),
            Sample.bulletin("abcd"),
            Sample.bulletin("abc")
        )
        let reader = try folder.reader()
        #expect(try reader.show("abcd").bulletin.id == "abcd")
        #expect(try reader.show("abc").bulletin.id == "abc")
        let ambiguous = readModelError { _ = try reader.show("ab") }
        #expect(ambiguous?.code == .ambiguousBulletin)
        #expect(ambiguous?.candidates == ["abc", "abc1", "abc2", "abcd"])
        for unknown in ["", "x", "abc%", "abc_", "ABC"] {
            #expect(readModelError { _ = try reader.show(unknown) }?.code == .unknownBulletin)
            #expect(readModelError { _ = try reader.revisions(unknown) }?.code == .unknownBulletin)
        }
    }

    // MARK: directives

    @Test(arguments: ["區市場監管局", "区市场监管局", "大洼區市場監管局", "市場監管", "大洼区市场监管局"])
    func directivesOfAnOrganizationUnderAnyOfItsNames(name: String) throws {
        try file.publish(Sample.full("a"))
        let rows = try folder.reader().directives(DirectiveFilter(organization: name))
        #expect(rows.map(\.sequence) == [0, 1])
        #expect(rows[0].responsible == ["區市場監管局"])
        #expect(rows[1].responsible == ["区市场监管局", "各鎮街"])
    }

    @Test func aliasesHoldWithinTheirBulletinOnly() throws {
        var here = Sample.bulletin("here", ["一"])
        here.organizations = [
            Organization(name: "市監局", canonicalName: "甲區市場監督管理局"),
            Organization(name: "甲區市場監督管理局"), Organization(name: "甲局", canonicalName: "甲區市場監督管理局"),
        ]
        here.directives = [Directive(sequence: 0, responsible: ["市監局"], text: "一")]
        var elsewhere = Sample.bulletin("elsewhere", ["二"])
        elsewhere.organizations = [Organization(name: "市監局", canonicalName: "乙區市場監督管理局")]
        elsewhere.directives = [Directive(sequence: 0, responsible: ["市監局"], text: "二")]
        try file.publish(here, elsewhere)
        func ids(_ name: String) throws -> [String] {
            try folder.reader().directives(DirectiveFilter(organization: name)).map(\.bulletinId)
        }
        #expect(try ids("甲區市場監督管理局") == ["here"])
        #expect(try ids("甲局") == ["here"])
        #expect(try ids("乙區市場監督管理局") == ["elsewhere"])
        #expect(try ids("市監局") == ["elsewhere", "here"])
        #expect(try ids("丙局") == [])
    }

    @Test func directivesByTextSpeakerAndPeriod() throws {
        try file.publish(Sample.full("a"), dated("later", published: "2021-01-01", event: "2020-12-31"))
        let reader = try folder.reader()
        func texts(_ filter: DirectiveFilter) throws -> [String] { try reader.directives(filter).map(\.text) }
        // White space does not matter, on either side.
        #expect(try texts(DirectiveFilter(text: "購買登记制度")).count == 1)
        #expect(try texts(DirectiveFilter(text: "購買 登記 制度")).count == 1)
        #expect(try texts(DirectiveFilter(text: "《登记")).count == 1)
        #expect(try texts(DirectiveFilter(text: "購買制度")) == [])
        #expect(try texts(DirectiveFilter(speaker: "林学玮")).count == 1)
        #expect(try texts(DirectiveFilter(speaker: "通知")).count == 1)
        #expect(try texts(DirectiveFilter(since: BulletinDate("2020-12-31"))) == ["later"])
        #expect(try texts(DirectiveFilter(since: BulletinDate("2021-01-01"))) == [])
        // An event date without a year does not count; the publication date does.
        #expect(try texts(DirectiveFilter(until: BulletinDate("2020-10-17"))).count == 2)
        #expect(try texts(DirectiveFilter(organization: "區市場監管局", speaker: "林學瑋", text: "登记制度")).count == 1)
        #expect(try texts(DirectiveFilter(organization: "各鎮街", speaker: "林學瑋")) == [])
        let first = try #require(try reader.directives(DirectiveFilter(speaker: "林學瑋")).first)
        #expect(first.title == "關於藥品登記的通知" && first.publishedOn == "2020-10-17" && first.deadline == "月底前")
        #expect(first.span == Span(paragraph: 0, start: 6, end: 23))
        #expect(try reader.directives(limit: 1).map(\.bulletinId) == ["later"])
    }

    // MARK: names

    @Test func peopleWithTheirRolesOverAllBulletins() throws {
        let other = try folder.open(1)
        var second = dated("b", published: "2021-03-01")
        second.people = [Person(name: "林学玮", roles: ["區長"]), Person(name: "林學瑋瑋")]
        second.directives = [Directive(sequence: 0, speaker: "林学玮", text: "一")]
        try file.publish(Sample.full("a"))
        try other.publish(second)
        let reader = try folder.reader()
        let rows = try reader.people("林學瑋")
        #expect(rows.count == 2)
        #expect(
            rows.first
                == PersonRow(
                    name: "林学玮",
                    roles: ["區長", "區委副書記"],
                    bulletins: 2,
                    directives: 2,
                    firstDate: "2020-10-17",
                    lastDate: "2021-03-01"
                )
        )
        #expect(try reader.people().count == 3)
        #expect(try reader.people(limit: 1).map(\.bulletins) == [2])
        #expect(try reader.people("無").isEmpty)
    }

    @Test func organizationsWithAllTheirNames() throws {
        try file.publish(Sample.full("a"))
        let reader = try folder.reader()
        for name in ["区市场监管局", "大洼區市場監管局"] {
            let rows = try reader.organizations(name)
            #expect(
                rows == [
                    OrganizationRow(
                        name: "区市场监管局",
                        canonicalName: "大洼區市場監管局",
                        aliases: ["區市場監管局"],
                        collective: false,
                        bulletins: 2,
                        directives: 2,
                        firstDate: "2020-10-17",
                        lastDate: "2020-10-17"
                    )
                ]
            )
        }
        #expect(try reader.organizations("鎮街").map(\.collective) == [true])
        #expect(try reader.organizations().count == 2)
    }

    /// They stand as their full names do, not as a hash table happens to have them.
    @Test func organizationsOfOneNameHaveAnOrder() throws {
        let counties = ["安", "北", "東", "河", "江", "南", "山", "西"]
        var bulletin = Sample.bulletin("a")
        bulletin.organizations = counties.reversed().map {
            Organization(name: "縣委宣傳部", canonicalName: "\($0)縣委宣傳部")
        }
        try file.publish(bulletin)
        let names = try folder.reader().organizations().map(\.canonicalName)
        #expect(names.count == counties.count)
        #expect(try folder.reader().organizations("縣委宣傳部").map(\.canonicalName) == names)
        #expect(names == counties.map { "\($0)縣委宣傳部" }.sorted { FoldedText.key($0) < FoldedText.key($1) })
    }

    @Test func documentsWithWhoCitesThem() throws {
        let other = try folder.open(1)
        var second = dated("b", published: "2021-03-01")
        second.documents = [CitedDocument(title: "登记办法"), CitedDocument(title: "別的")]
        try file.publish(Sample.full("a"))
        try other.publish(second)
        let rows = try folder.reader().documents("登記")
        #expect(rows.map(\.citations) == [2])
        #expect(rows[0].bulletins.map(\.id) == ["b", "a"])
        #expect(try folder.reader().documents().count == 2)
    }

    @Test func statistics() throws {
        let other = try folder.open(1)
        try file.publish(Sample.full("a"), dated("b", published: "2021-01-01", source: "甲"))
        try other.publish(
            Sample.full("c"),
            dated("d", published: "2019-01-01", source: "甲"),
            dated("e", published: nil)
        )
        try other.append({ Sample.withdrawn("e", at: $0) }, { Sample.rejected(at: $0) })
        try other.publish(dated("d", published: "2019-02-01", source: "甲"), Sample.bulletin("d", ["改"]))
        let stats = try folder.reader().stats(topSources: 1)
        #expect(stats.bulletins == 4 && stats.revisions == 5 && stats.withdrawn == 1 && stats.rejected == 1)
        #expect(stats.directives == 5 && stats.people == 2 && stats.organizations == 2 && stats.documents == 1)
        #expect(stats.firstDate == "2020-10-17" && stats.lastDate == "2021-01-01")
        #expect(stats.kinds == ["meeting": 2, "notice": 2])
        #expect(stats.sources == [.init(source: "大洼區人民政府", bulletins: 2)])
        #expect(stats.partitions.map(\.nextOffset) == [2, 7])
        #expect(stats.fileBytes > 0)
    }
}
