import BulletinEvents
import Testing

@testable import BulletinParser

/// Whom a sentence makes responsible, and how the phrase is split.
struct PartyTests {
    private func responsible(_ sentence: String, _ words: String) throws -> [String] {
        let bulletin = try Parsed.meeting("会议要求，\(sentence)")
        return try #require(bulletin.directive(words), "\(bulletin.directives.map(\.text))").responsible
    }

    @Test(arguments: [
        ("县教育局会同县公安局、县司法局要开展护校行动。", "护校", ["县教育局", "县公安局", "县司法局"]),
        ("县应急局、县文化和旅游局要做好景区限流。", "限流", ["县应急局", "县文化和旅游局"]),
        ("各级教育行政部门要查清底数。", "底数", ["各级教育行政部门"]),
        ("县委督查室要逐件销号。", "销号", ["县委督查室"]),
        ("各镇（街）、各部门主要负责同志要带头值班。", "带头值班", ["各镇（街）", "各部门主要负责同志"]),
        ("春节期间县级领导要下沉一线。", "下沉", ["县级领导"]),
        ("沿湖各乡镇、县水务局要加密监测。", "加密", ["沿湖各乡镇", "县水务局"]),
        ("过往车辆、行人要服从指挥。", "服从", ["过往车辆", "行人"]),
    ])
    func subjects(sentence: String, words: String, expected: [String]) throws {
        #expect(try responsible(sentence, words) == expected)
    }

    @Test func aLaterClauseMayHaveItsOwn() throws {
        #expect(try responsible("要完善会商制度，各乡镇加强调度。", "会商制度") == ["各乡镇"])
        #expect(try responsible("要健全机制，配合公安部门加强巡逻。", "健全机制") == [])
    }

    @Test func aPartyKeepsItsDescription() throws {
        #expect(try responsible("从事冷链运输的企业要落实消杀。", "消杀") == ["从事冷链运输的企业"])
        #expect(try responsible("凡进入林区的人员要接受检查。", "接受检查") == ["进入林区的人员"])
        #expect(try responsible("凡阻挠检查的单位，有关部门要依法处置。", "依法处置") == ["有关部门"])
    }

    @Test func prohibitionsAndRequestsAddressTheirParty() throws {
        let bulletin = try Parsed.notice("严禁任何单位和个人携带火种进山。", "请认真组织实施。", "请广大市民注意防范。")
        #expect(try #require(bulletin.directive("火种")).responsible == ["任何单位", "个人"])
        #expect(try #require(bulletin.directive("组织实施")).responsible == [])
        #expect(try #require(bulletin.directive("防范")).responsible == ["广大市民"])
    }

    @Test func speakersBeforeAdverbials() throws {
        let bulletin = try Parsed.meeting("苏明远在会上强调，要落实责任。", "二、强化督促检查。按照《方案》规定抓好落实。")
        #expect(try #require(bulletin.directive("落实责任")).speaker == "苏明远")
        #expect(!bulletin.directives.contains { $0.speaker == "强化" })
    }
}

/// Parties that stand apart from their modal, and words that only look like one.
struct DistantPartyTests {
    @Test(arguments: [
        ("各部门放假前要认真自查。", "自查", ["各部门"]),
        ("任何单位和个人发现火情，要立即报告。", "报告", ["任何单位", "个人"]),
        ("请县电视台、县广播电台派记者参加。", "记者", ["县电视台", "县广播电台"]),
        ("管制路段严禁机动车、非机动车、行人通行。", "通行", ["机动车", "非机动车", "行人"]),
        ("与防汛无关人员严禁进入大堤。", "大堤", ["与防汛无关人员"]),
        ("各战线领导及相关部门负责人要认真核对。", "核对", ["各战线领导", "相关部门负责人"]),
        ("各部门提出了很好的意见，县政府办公室要认真梳理。", "梳理", ["县政府办公室"]),
        ("各学校校（园）长近期要参与值守。", "值守", ["各学校校（园）长"]),
        ("请广大交通参与者提前绕行，敬请谅解。", "绕行", ["广大交通参与者"]),
        ("要加强部门协作，激发企业活力。", "协作", []),
        ("要强化组织领导，压实责任。", "领导", []),
    ])
    func parties(sentence: String, words: String, expected: [String]) throws {
        #expect(try #require(Parsed.notice(sentence).directive(words)).responsible == expected)
    }

    @Test func whatParticipantsAndPersonsDidIsNoOrder() throws {
        let bulletin = try Parsed.meeting("会上，社区书记提出三点要求，参会人员一致同意并签订责任书。", "苏明远强调，要落实责任。苏明远认真听取委员发言。")
        #expect(bulletin.directives.map(\.text) == ["要落实责任"])
    }

    @Test func aParagraphWithAnotherSubjectEndsThePassage() throws {
        let bulletin = try Parsed.meeting("苏明远强调，要统一思想。", "镇执法队坚持夜查暗访，严厉打击非法采砂。", "在柳河村，苏明远走访企业，鼓励企业创新。")
        #expect(bulletin.directives.map(\.text) == ["要统一思想"])
    }

    @Test func aNamedSpeakerNeedsNoComma() throws {
        let bulletin = try Parsed.meeting("镇长黄爱强调环境整治是长期工程，广大干部要起到带头作用。")
        #expect(bulletin.directives.map(\.speaker) == ["黄爱"])
    }

    @Test func whatIsHandedOnIsNotSaid() throws {
        let bulletin = try Parsed.meeting("检查组提出整改意见，同时叮嘱企业负责人要落实责任。")
        #expect(bulletin.directives.map(\.responsible) == [["企业负责人"]])
    }

    @Test func toRemindSomebodyIsAnOrderInANotice() throws {
        let bulletin = try Parsed.notice("三、各学校要排查隐患，提醒学生注意交通安全。")
        #expect(bulletin.directives.map(\.responsible) == [["各学校"]])
    }

    @Test func whatTheIssuerWillDoItselfIsLeftOut() throws {
        let bulletin = try Parsed.notice("县应急局将于9月29日进行检查，请各乡镇派人参加。")
        #expect(bulletin.directives.map(\.text) == ["请各乡镇派人参加"])
    }
}
