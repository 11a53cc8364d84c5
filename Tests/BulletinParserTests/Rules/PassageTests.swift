import BulletinEvents
import Testing

@testable import BulletinParser

/// Who speaks, and what belongs to what is said.
struct PassageTests {
    @Test func aCountOfDemandsOpensAPassage() throws {
        let bulletin = try Parsed.meeting("县长苏明远强调三点意见。一要守住底线。各乡镇必须绷紧安全这根弦。科学安排抢收，确保颗粒归仓。")
        #expect(bulletin.directive("守住底线")?.speaker == "苏明远")
        #expect(bulletin.directive("绷紧安全")?.responsible == ["各乡镇"])
        #expect(bulletin.directive("科学安排抢收")?.speaker == "苏明远")
    }

    @Test func theMeetingMaySayWithoutAComma() throws {
        let bulletin = try Parsed.meeting("会议强调县政府班子成员、各单位要严格落实值守制度。")
        #expect(bulletin.directive("值守制度")?.responsible == ["县政府班子成员", "各单位"])
        #expect(bulletin.directive("值守制度")?.text.hasPrefix("县政府班子成员") ?? false)
    }

    @Test func demandsOneByOne() throws {
        let bulletin = try Parsed.meeting("镇党委书记苏明远提出两点要求:要求各社区认真做好疏导工作;要求强化第一责任,严把换届纪律。")
        #expect(bulletin.directive("疏导工作")?.responsible == ["各社区"])
        #expect(bulletin.directive("换届纪律") != nil)
    }

    @Test func whatSomebodyPromisesIsNoOrder() throws {
        let bulletin = try Parsed.meeting("新任镇长苏明远表示,将强化担当、严守纪律,认真贯彻会议部署。")
        #expect(bulletin.directive("严守纪律") == nil)
    }

    @Test func whatAnOrganHasDoneIsNoOrder() throws {
        let bulletin = try Parsed.meeting("苏明远表示,柳河镇高度重视项目工作,全镇上下主动作为,为项目建设提供了坚实基础。")
        #expect(bulletin.directives.allSatisfy { !$0.text.contains("高度重视项目") })
    }

    @Test func whoIsCitedDoesNotSpeak() throws {
        let bulletin = try Parsed.meeting("会议指出,苏明远同志的讲话回顾了县志编修历程,对全县修志工作提出明确要求。各级要认真学习领会。要抓好贯彻落实。")
        #expect(bulletin.directive("学习领会")?.speaker == nil)
        #expect(bulletin.directive("抓好贯彻落实")?.speaker == nil)
    }
}

/// Who is told.
struct AddresseeTests {
    @Test func aListMayEndInNothingButEtc() throws {
        let bulletin = try Parsed.meeting("会议要求,县安委办、县消安办等要加强统筹调度。")
        #expect(bulletin.directive("统筹调度")?.responsible == ["县安委办", "县消安办"])
    }

    @Test func whoTakesTheLeadAndWhoHelps() throws {
        let bulletin = try Parsed.meeting("会议要求,县市场监管局牵头,卫健、教体、民政等行业主管部门密切配合,开展专项整治。")
        #expect(bulletin.directive("牵头")?.responsible == ["县市场监管局"])
        #expect(bulletin.directive("专项整治")?.responsible == ["卫健", "教体", "民政"])
    }

    @Test func aTimeStandsBetweenPartyAndModal() throws {
        let bulletin = try Parsed.meeting("会议要求,各校主要领导近期均要参与一线值守。")
        #expect(bulletin.directive("一线值守")?.responsible == ["各校主要领导"])
    }

    @Test func theLastOfAListNeedNoHeadOfItsOwn() throws {
        let bulletin = try Parsed.meeting("会议要求,县林业局、各林场、青岩森林公园要加大巡护力度。")
        #expect(bulletin.directive("巡护力度")?.responsible == ["县林业局", "各林场", "青岩森林公园"])
    }

    @Test func levelsTogetherAreOneParty() throws {
        let bulletin = try Parsed.meeting("会议要求,乡、村两级要组建抢险队伍。")
        #expect(bulletin.directive("抢险队伍")?.responsible == ["乡、村两级"])
    }

    @Test func aCountOfPeopleIsNobody() throws {
        let bulletin = try Parsed.notice("一、每户每两天由1人外出采购,不得聚集。")
        #expect(bulletin.directives.allSatisfy { !$0.responsible.contains("1人") })
    }

    @Test func bracketsOfBothKindsNameParties() throws {
        let bulletin = try Parsed.notice("（一）推进数据共享。完善共享目录，强化业务协同。〔责任单位：县大数据局、县公安局按职责分工负责。下同。〕")
        #expect(bulletin.directive("完善共享目录")?.responsible == ["县大数据局", "县公安局"])
    }
}
