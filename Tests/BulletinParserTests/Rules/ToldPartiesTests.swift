import BulletinEvents
import Testing

@testable import BulletinParser

/// Who is told, in constructions that hide the party, and what tells nobody anything.
struct ToldPartiesTests {
    @Test func attributedInTheMiddleOfASentence() throws {
        let bulletin = try Parsed.meeting("苏明远要求，对防火工作进行部署，强调镇村干部要落实责任。")
        #expect(bulletin.directive("镇村干部")?.responsible == ["镇村干部"])
    }

    @Test func chargedByWhatOneIs() throws {
        let bulletin = try Parsed.notice("1.各乡镇、各相关部门是禁放工作的责任主体，负责组织开展宣传，督促企业落实责任。")
        #expect(bulletin.directive("责任主体")?.responsible == ["各乡镇", "各相关部门"])
    }

    @Test func theLevelsOfOneNounAreOneParty() throws {
        let bulletin = try Parsed.meeting("苏明远强调，县、镇人大代表要认真履行职责。")
        #expect(bulletin.directive("履行职责")?.responsible == ["县、镇人大代表"])
    }

    @Test func aRequestBehindWhatIsHandedOn() throws {
        let bulletin = try Parsed.meeting("苏明远向学校、医院等单位主要负责人提出要求，请大家务必绷紧安全之弦，加强自查。")
        #expect(bulletin.directive("安全之弦")?.speaker == "苏明远")
    }

    @Test func whoSpokeAtTheEnd() throws {
        let bulletin = try Parsed.meeting("会议最后，大队长周建国作总结发言，并就如何做好工作提出明确要求：一要文明执法，提高质量。")
        #expect(bulletin.directive("文明执法")?.speaker == "周建国")
    }

    @Test(arguments: [
        "根据气象部门发布的警报，预计今夜有暴雨。", "经会商研判，县防指决定，16日22时起，启动防汛应急响应。", "停止供水供电的范围：东侧以长江为界。",
    ])
    func tellsNobody(paragraph: String) throws { #expect(try Parsed.notice(paragraph).directives == []) }
}
