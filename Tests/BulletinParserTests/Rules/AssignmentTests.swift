import BulletinEvents
import Testing

@testable import BulletinParser

/// Who is named beside an item instead of in its sentences.
struct AssignmentTests {
    @Test func labelsInParenthesesNameThePartiesOfTheirItem() throws {
        let bulletin = try Parsed.notice(
            "（一）完善巡查制度。建立网格台账，落实专人管护。定期开展回头看。（牵头单位：县水务局；责任单位：县财政局、各乡镇，完成时限：2021年10月底前）",
            "（二）加强值班。实行双人值守。（责任单位：县应急局）"
        )
        let first = try #require(bulletin.directive("建立网格台账"))
        #expect(first.responsible == ["县水务局", "县财政局", "各乡镇"])
        #expect(first.deadline == "2021年10月底前")
        #expect(try #require(bulletin.directive("定期开展回头看")).responsible == ["县水务局", "县财政局", "各乡镇"])
        #expect(try #require(bulletin.directive("实行双人值守")).responsible == ["县应急局"])
    }

    @Test func dutiesAtTheEndNamePartiesWithoutLabels() throws {
        let bulletin = try Parsed.notice("3.规范涉企检查。推行联合检查，减少重复检查。（县司法局牵头，县市场监管局、各乡镇人民政府按职责分工负责）")
        #expect(
            try #require(bulletin.directive("推行联合检查")).responsible == ["县司法局", "县市场监管局", "各乡镇人民政府"]
        )
    }

    @Test func aLineBelowTheItemNamesItsParties() throws {
        let bulletin = try Parsed.notice(
            "请认真组织实施。",
            "（一）清理拖欠民营企业账款，建立还款台账，按月通报进度。",
            "责任单位：县工信局、县财政局（第一责任单位为牵头单位，下同）",
            "时限要求：持续推进"
        )
        #expect(try #require(bulletin.directive("清理拖欠民营企业账款")).responsible == ["县工信局", "县财政局"])
        #expect(try #require(bulletin.directive("认真组织实施")).responsible.isEmpty)
    }

    @Test func aSubjectOfTheSentenceIsKept() throws {
        let bulletin = try Parsed.notice("（一）抓好抢种抢收。各乡镇要备足农机。（责任单位：县农业农村局）")
        #expect(try #require(bulletin.directive("备足农机")).responsible == ["各乡镇"])
    }

    @Test func partiesBehindYou() throws {
        let bulletin = try Parsed.notice("本项工作由县民政局牵头负责，县财政局配合。", "救灾物资应由县粮储局统一保管。")
        #expect(try #require(bulletin.directive("牵头负责")).responsible.contains("县民政局"))
        #expect(try #require(bulletin.directive("统一保管")).responsible == ["县粮储局"])
    }

    @Test func anOrdinaryParenthesisNamesNobody() throws {
        let bulletin = try Parsed.notice("要落实工作责任（含镇、村两级），明确专人（报名截止：6月1日）。")
        #expect(try #require(bulletin.directive("落实工作责任")).responsible.isEmpty)
    }
}
