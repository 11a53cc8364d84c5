import BulletinEvents
import Testing

@testable import BulletinParser

/// Unnamed sets: what belongs to one, and whose it is.
struct SetRuleTests {
    @Test(arguments: [
        ("各街道各部门要高度重视。", ["各街道各部门"]),
        ("环保、城建等职能部门要聚焦重点。", []),
        ("各个条线要抓好落实。", ["各个条线"]),
        ("一镇两街道要加强排查。", ["一镇两街道"]),
        ("部分学校和领导小组成员单位作了表态。", ["部分学校", "领导小组成员单位"]),
        ("教育系统所有学校参加会议。", ["教育系统所有学校"]),
        ("相关部门和施工单位要配合。", ["相关部门", "施工单位"]),
        ("党政办作为学校的中枢部门，必须提高站位。", []),
    ])
    func sets(sentence: String, expected: [String]) throws {
        let found = try Parsed.meeting(sentence).sets
        #expect(found == expected)
    }

    @Test(arguments: [
        ("各地各部门及社会各界要提高认识。", ["各地各部门", "社会各界"]),
        ("各镇街、部门一把手必须亲自部署。", ["各镇街、部门一把手"]),
        ("各位常委要认真履职。", ["各位常委"]),
        ("报告起草组要认真梳理意见。", ["报告起草组"]),
        ("各公司要履行第一责任人责任，领导班子成员各负其责。", ["各公司", "领导班子成员"]),
        ("建设人员要提高认识。", ["建设人员"]),
        ("县环境整治推进工作领导小组要加强督导。", ["县环境整治推进工作领导小组"]),
        ("大家严格按照“政府主导”的原则，要抓好落实。", []),
        ("要加强沟通，严密组织，细化方案。", []),
        ("要坚持学习，始终坚持党的领导，指导所属企业落实责任。", []),
    ])
    func parties(sentence: String, expected: [String]) throws {
        let found = try Parsed.meeting("会议强调，" + sentence).directives.flatMap(\.responsible)
        #expect(found == expected)
    }

    @Test func whoPromisesIsNotTold() throws {
        let bulletin = try Parsed.meeting("各成员单位作了发言，并表示将积极参与、切实做好整治工作，确保取得实效。")
        #expect(bulletin.directives == [])
    }

    @Test func aGivenNameSpeaks() throws {
        let bulletin = try Parsed.meeting("县委常委向春山主持会议。春山同志强调，各单位要压实责任。")
        #expect(bulletin.directive("压实责任")?.speaker == "向春山")
    }

    @Test func theOrganThatASentenceBeginsWithSpeaks() throws {
        let bulletin = try Parsed.meeting("县长苏明远强调，要加强检查。", "检查组对学校工作给予肯定，并对存在的问题提出意见，要求立即整改。")
        #expect(bulletin.directive("立即整改")?.speaker == nil)
        #expect(bulletin.directive("加强检查")?.speaker == "苏明远")
    }

    @Test func dutiesInANoticeAreOrdersAndLabelsAreNone() throws {
        let bulletin = try Parsed.notice(
            "一、禁止区域：全县行政区域范围内。",
            "二、公安机关负责公共安全管理。应急、交通等部门按照各自职责，做好安全管理相关工作。"
        )
        #expect(bulletin.directive("禁止区域") == nil)
        #expect(bulletin.directive("按照各自职责") != nil)
    }
}
