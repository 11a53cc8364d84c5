import BulletinEvents
import Foundation
import Testing

@testable import ReadModel

/// Answers beyond lists: who carries what, what happened when, what changed, what is a reprint.
struct QuestionTests {
    private func bulletin(_ id: String, _ date: String, _ directives: [Directive], _ organizations: [Organization] = [])
        -> Bulletin
    {
        var bulletin = Sample.bulletin(id, ["第\(id)号。"])
        bulletin.publishedOn = BulletinDate(date)
        bulletin.directives = directives
        bulletin.organizations = organizations
        return bulletin
    }

    private func directive(_ sequence: Int, _ responsible: [String], _ text: String, by speaker: String? = nil)
        -> Directive
    {
        Directive(sequence: sequence, speaker: speaker, responsible: responsible, text: text)
    }

    @Test func theMatrixCountsUnderFullNamesOverAllPartitions() throws {
        let folder = try TestFolder()
        try folder.open(0).publish(
            bulletin(
                "a",
                "2023-05-12",
                [directive(0, ["市水利局", "各镇"], "排查隐患，落实责任", by: "张三"), directive(1, ["市水利局"], "登记")],
                [Organization(name: "市水利局", canonicalName: "青岚市水利局")]
            )
        )
        try folder.open(1).publish(
            bulletin("b", "2023-06-01", [directive(0, ["青嵐市水利局"], "宣傳", by: "张三")]),
            bulletin("c", "2022-01-01", [directive(0, ["各鎮"], "值守")])
        )
        let reader = try folder.reader()
        let months = try reader.matrix(by: .month)
        #expect(months.columns == ["2022-01", "2023-05", "2023-06"])
        #expect(months.rows.map(\.total) == [3, 2])
        #expect(months.rows.first?.counts == ["2023-05": 2, "2023-06": 1])
        #expect(try reader.matrix(by: .month, columns: 1).columns == ["2023-06"])
        #expect(try reader.matrix(by: .speaker).columns == ["张三"])
        let measures = try reader.matrix(by: .measure)
        #expect(measures.rows.first?.counts == ["排查检查": 1, "责任落实": 1, "登记报送": 1, "宣传培训": 1])
        let own = try reader.matrix(by: .measure, measures: ["隱患", "没有"])
        #expect(own.columns == ["隱患", "没有"])
        #expect(own.rows.first?.counts == ["隱患": 1])
        #expect(try reader.matrix(by: .year, DirectiveFilter(organization: "各镇")).rows.count == 2)
    }

    @Test func directivesAreFoundByEveryNameAndPageByCursor() throws {
        let folder = try TestFolder()
        try folder.open(0).publish(
            bulletin(
                "a",
                "2023-05-12",
                [directive(0, ["区防指"], "值守")],
                [Organization(name: "区防指", canonicalName: "大洼区防汛抗旱指挥部")]
            )
        )
        try folder.open(1).publish(
            bulletin(
                "b",
                "2023-05-12",
                [directive(0, ["大窪區防汛抗旱指揮部"], "巡查"), directive(1, ["大洼区防汛抗旱指挥部"], "报告")],
                [Organization(name: "大洼区防汛抗旱指挥部")]
            ),
            bulletin("c", "2021-05-12", [directive(0, ["别人"], "其他")])
        )
        let reader = try folder.reader()
        #expect(try reader.directives(DirectiveFilter(organization: "区防指")).map(\.bulletinId) == ["a", "b", "b"])
        #expect(try reader.directives(DirectiveFilter(organization: "大洼区防汛抗旱指挥部")).count == 3)
        let all = try reader.directives(limit: nil)
        #expect(all.count == 4)
        #expect(all.first?.fullNames == ["大洼区防汛抗旱指挥部"])
        for (index, row) in all.enumerated() {
            let rest = try reader.directives(
                limit: nil,
                after: DirectivePosition(bulletinId: row.bulletinId, sequence: row.sequence)
            )
            #expect(rest == Array(all.dropFirst(index + 1)))
        }
        var filter = DirectiveFilter()
        filter.withDeadline = true
        #expect(try reader.directives(filter).isEmpty)
        filter = DirectiveFilter()
        filter.kind = .notice
        #expect(try reader.directives(filter).isEmpty)
        #expect(throws: ReadModelError.self) {
            try reader.directives(after: DirectivePosition(bulletinId: "x", sequence: 0))
        }
    }

    @Test func listsPageByCursorWhateverTheDates() throws {
        let folder = try TestFolder()
        let files = try [folder.open(0), folder.open(1)]
        for (index, date) in ["2023-01-01", nil, "2022-01-01", "2023-01-01", "--05-01", nil].enumerated() {
            var bulletin = Sample.bulletin("b\(index)", ["第\(index)号"])
            bulletin.publishedOn = date.flatMap(BulletinDate.init)
            try files[index % 2].publish(bulletin)
        }
        let reader = try folder.reader()
        let all = try reader.list(limit: nil)
        #expect(all.map(\.id) == ["b0", "b3", "b2", "b1", "b4", "b5"])
        for index in all.indices {
            #expect(try reader.list(limit: 2, after: all[index].id) == Array(all.dropFirst(index + 1).prefix(2)))
        }
    }

    @Test func theTimelineGivesEachDayOnce() throws {
        let folder = try TestFolder()
        var meeting = Sample.bulletin("a", ["防汛会议。"])
        meeting.eventDate = BulletinDate("2023-05-11")
        meeting.publishedOn = BulletinDate("2023-05-12")
        var notice = Sample.bulletin("b", ["通知。"])
        notice.signedOn = BulletinDate("2023-05-01")
        notice.publishedOn = BulletinDate("2023-05-01")
        try folder.open().publish(meeting, notice)
        let reader = try folder.reader()
        let rows = try reader.timeline()
        #expect(rows.map(\.date) == ["2023-05-01", "2023-05-11", "2023-05-12"])
        #expect(rows.map(\.happening) == [.signed, .held, .published])
        #expect(try reader.timeline("防汛").map(\.bulletinId) == ["a", "a"])
        #expect(try reader.timeline(since: BulletinDate("2023-05-12")).count == 1)
        #expect(try reader.timeline("\"").isEmpty)
    }

    @Test func historyTellsWhatEachRevisionChanged() throws {
        let folder = try TestFolder()
        let file = try folder.open()
        try file.publish(Sample.bulletin("a", title: "通知", ["第一段。", "三月底前完成。", "尾"]))
        try file.publish(Sample.bulletin("a", title: "通知", ["第一段。", "四月底前完成。", "新的一段。", "尾"]))
        try file.publish(Sample.bulletin("a", title: "新通知", ["第一段。", "四月底前完成。", "新的一段。"]))
        let rows = try folder.reader().history("a")
        #expect(rows.map(\.revision) == [1, 2, 3])
        #expect(rows.map(\.current) == [false, false, true])
        #expect(rows[0].changes.isEmpty)
        #expect(rows[1].changes.map(\.before) == ["三月底前完成。", nil])
        #expect(rows[1].changes.map(\.after) == ["四月底前完成。", "新的一段。"])
        #expect(rows[1].changes[0].removed == [.init(start: 0, end: 1)])
        #expect(rows[1].changes[0].added == [.init(start: 0, end: 1)])
        #expect(rows[2].changes.map(\.field) == ["title", "text"])
        #expect(rows[2].changes[1] == RevisionChange(field: "text", before: "尾", after: nil, removed: [], added: []))
    }

    @Test func reprintsAreFoundWhateverTheirScriptAndLayout() throws {
        let folder = try TestFolder()
        let text = SearchOracleTests.corpus(11)[0].paragraphs
        let other = SearchOracleTests.corpus(11)[1].paragraphs
        var original = Sample.bulletin("a", text)
        original.publishedOn = BulletinDate("2023-01-02")
        let reprint = Sample.bulletin("b", [text.joined(separator: " ") + "（来源：某网）"])
        try folder.open(0).publish(original, Sample.bulletin("c", other))
        try folder.open(1).publish(reprint, Sample.bulletin("d", ["短。"]), Sample.bulletin("e", title: "同", ["短。"]))
        let reader = try folder.reader()
        let found = try reader.reprints("a")
        #expect(found.map(\.id) == ["b"])
        #expect(try #require(found.first).similarity > 0.8)
        #expect(try reader.reprints("c").isEmpty)
        #expect(try reader.list(limit: nil).count == 5)
        #expect(try reader.list(limit: nil, unique: true).map(\.id).contains("b") == false)
        let hits = try reader.search("\(text.joined().prefix(2)) OR 短", limit: nil, unique: true)
        #expect(Set(hits.hits.map(\.id)).isDisjoint(with: ["b"]) || Set(hits.hits.map(\.id)).isDisjoint(with: ["a"]))
        #expect(hits.hits.contains { $0.reprints == 1 })
        #expect(hits.count == hits.hits.count)
    }

    @Test func aSketchEstimatesHowMuchTextsHaveInCommon() throws {
        let texts = SearchOracleTests.corpus(13).map(\.paragraphs).filter { $0.joined().unicodeScalars.count > 300 }
        for text in texts.prefix(12) {
            let scalars = Array(text.joined().unicodeScalars)
            let shorter = [String(String.UnicodeScalarView(scalars.dropLast(scalars.count / 5)))]
            let (left, right) = (
                try #require(TextSketch.sketch(of: text)), try #require(TextSketch.sketch(of: shorter))
            )
            let exact = TextSketch.exactSimilarity(text, shorter)
            // Four standard errors.
            #expect(abs(TextSketch.similarity(left, right) - exact) < 0.25)
            #expect(TextSketch.similarity(left, left) == 1)
        }
        #expect(TextSketch.sketch(of: ["太短"]) == nil)
        // Another result needs another version, or stored sketches are compared with ones of another kind.
        #expect(TextSketch.version == "1")
        let pinned = try #require(
            TextSketch.sketch(of: [String(repeating: "青岚市水利局加强防汛值守排查隐患落实责任", count: 3) + "一二三四五六七八九十甲乙丙丁"])
        )
        #expect(
            pinned == TextSketch.sketch(of: [String(repeating: "青嵐市水利局加強防汛值守，排查隱患落實責任", count: 3) + "一二三四五六七八九十甲乙丙丁"])
        )
    }

    @Test func similarBulletinsShareTellingWords() throws {
        let folder = try TestFolder()
        let file = try folder.open()
        let filler = "会议强调要落实责任。"
        try file.publish(
            Sample.bulletin("a", title: nil, [filler + "城区供水管网检修停水。"]),
            Sample.bulletin("b", title: nil, [filler + "供水管网检修公告。"]),
            Sample.bulletin("c", title: nil, [filler + "森林防火巡护。"]),
            Sample.bulletin("d", title: nil, [filler + "教育督导。"])
        )
        #expect(try folder.reader().similar("a").first?.id == "b")
        #expect(try folder.reader().similar("a", limit: 1).count == 1)
    }

    @Test func peopleAndOrganizationsInDetail() throws {
        let folder = try TestFolder()
        func named(_ id: String, _ date: String, _ role: String) -> Bulletin {
            var bulletin = bulletin(id, date, [directive(0, ["区卫健局"], "排查\(id)")], [Organization(name: "区卫健局")])
            bulletin.people = [Person(name: "林学玮", roles: [role])]
            return bulletin
        }
        try folder.open(0).publish(named("a", "2020-01-01", "区长"), named("b", "2022-01-01", "区委书记"))
        try folder.open(1).publish(named("c", "2021-01-01", "區長"))
        let reader = try folder.reader()
        let person = try #require(try reader.peopleInDetail("林学玮").first)
        #expect(person.history?.map(\.firstDate) == ["2020-01-01", "2022-01-01"])
        #expect(person.history?.map(\.lastDate) == ["2021-01-01", "2022-01-01"])
        #expect(person.seen?.map(\.id) == ["b", "c", "a"])
        let organization = try #require(try reader.organizationsInDetail("區衛健局", asked: 2).first)
        #expect(organization.asked?.map(\.text) == ["排查b", "排查c"])
        #expect(try reader.names(.organization, beginningWith: "區衛").map(\.name) == ["区卫健局"])
        #expect(try reader.names(.person).count == 1)
    }
}
