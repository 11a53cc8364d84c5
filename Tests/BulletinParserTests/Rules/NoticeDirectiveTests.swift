import BulletinEvents
import Testing

@testable import BulletinParser

/// What a notice tells somebody to do, and what it only states.
struct NoticeDirectiveTests {
    @Test func reasonsBeforeTheAnnouncementAreNoOrders() throws {
        let bulletin = try Parsed.notice(
            "近期云岭县持续高温少雨，火险形势异常严峻。为杜绝火灾，全力保护群众安全，根据《森林防火条例》规定，结合我县实际，现将有关事项通知如下：",
            "一、各乡镇要加强巡护。"
        )
        #expect(bulletin.directives.map(\.text) == ["一、各乡镇要加强巡护"])
        #expect(bulletin.directives.first?.speakerText == "通知")
    }

    @Test func praiseIsNoOrderButHopeIs() throws {
        let bulletin = try Parsed.bulletin(
            """
            云岭县人民政府关于表彰防汛先进集体和先进个人的决定
            各乡镇人民政府：
            在今年的防汛工作中，各乡镇、各部门发扬连续作战精神，涌现出了一批先进典型。为表彰先进，县政府决定，授予县水务局等5个单位“防汛先进集体”称号，并颁发奖牌。
            希望受表彰的先进集体和先进个人珍惜荣誉，再立新功。
            """
        )
        #expect(bulletin.directives.count == 1)
        #expect(bulletin.directives.first?.responsible == ["受表彰的先进集体", "先进个人"])
    }

    @Test func theTitleOfAnAttachedPaperIsNoOrder() throws {
        let bulletin = try Parsed.notice("请认真组织实施。", "加强小型水库安全管理", "工作方案", "一、各乡镇要落实巡查责任。")
        #expect(bulletin.directives.map(\.text) == ["请认真组织实施", "一、各乡镇要落实巡查责任"])
        #expect(bulletin.directives.first?.responsible == [])
    }

    @Test func aProhibitionWithItsPenaltyIsAnOrder() throws {
        let bulletin = try Parsed.notice("（一）任何单位和个人不得阻挠检查，情节严重的依法追究刑事责任。", "违反本规定的，依法追究刑事责任。")
        #expect(bulletin.directives.count == 1)
        #expect(bulletin.directives.first?.responsible == ["任何单位", "个人"])
    }

    @Test func yaoInsideAWordThatCrossesQiyeIsNoOrder() throws {
        let bulletin = try Parsed.meeting("各乡镇、县属国有企业主要负责同志参加会议。")
        #expect(bulletin.directives.isEmpty)
    }
}
