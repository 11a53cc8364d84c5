import BulletinEvents
import Testing

@testable import BulletinParser

/// What makes a bulletin, and what only speaks of meetings and notices.
struct KindRuleTests {
    @Test func aSignedRequestIsANotice() throws {
        let bulletin = try Parsed.bulletin(
            "根据气象部门预报，未来两天我县将有暴雨，并伴有短时大风。请广大居民做好防范准备，各乡镇要加强水库防守。\n云岭县防汛抗旱指挥部办公室\n二○二一年五月十一日"
        )
        #expect(bulletin.kind == .notice)
        #expect(bulletin.issuer == "云岭县防汛抗旱指挥部办公室")
        #expect(bulletin.signedOn?.description == "2021-05-11")
    }

    @Test func aNoticeUnderAHeadlineThatReportsIt() throws {
        let bulletin = try Parsed.bulletin(
            "云岭县启动防汛应急响应\n2021-05-12 08:00\n各乡镇人民政府，县防指各成员单位：\n据预报，今夜有暴雨，县防指决定启动防汛应急响应。请各单位做好防范工作。\n特此通知。\n云岭县防汛抗旱指挥部\n2021年5月12日"
        )
        #expect(bulletin.kind == .notice)
    }

    @Test func aStandingCommitteeIsNoMeeting() throws {
        let bulletin = try Parsed.bulletin(
            "市人大常委会来云岭县专题调研\n11月13日，市人大常委会调研组来云岭县调研，县长苏明远陪同。会议室召开座谈会，会上听取了汇报，与会人员作了发言。"
        )
        #expect(bulletin.kind == .other)
    }

    @Test func whoSignsANoticeIsItsIssuer() throws {
        let bulletin = try Parsed.notice("请各单位抓好落实。")
        #expect(bulletin.issuer == "云岭县人民政府办公室")
        #expect(bulletin.signedOn?.description == "2021-05-12")
    }

    @Test func aMeetingByWhateverNameIsOne() throws {
        let text = "7月9日上午，光明社区在二楼会议室，召开了创建工作对接会。社区全体工作人员参加了此次对接会，书记向春山介绍了情况。"
        #expect(try Parsed.bulletin(text).kind == .meeting)
    }

    @Test func aHeadlineRepeatedAboveTheTextHidesNoDay() throws {
        let bulletin = try Parsed.bulletin(
            "云岭县召开疫情防控工作会议\n2020-12-31 23:19\n原标题：云岭县召开疫情防控工作会议暨安全生产工作会议\n12月31日，云岭县召开疫情防控工作会议，县长苏明远出席会议并讲话。"
        )
        #expect(bulletin.eventDate?.description == "2020-12-31")
    }

    @Test func namesOfPicturesAndLabelsWithoutValuesAreNoText() throws {
        let bulletin = try Parsed.meeting("微信图片_20201125180628.jpg", "会议强调，各单位要压实责任，抓好落实。", "体 裁生效日期废止日期")
        #expect(bulletin.paragraphs.allSatisfy { !$0.contains("jpg") && !$0.contains("废止日期") })
    }

    @Test func whoAttendsStandsBehindAColon() throws {
        let bulletin = try Parsed.meeting("参加会议的人员包括：", "县委书记海自秋，副县长骆南星，县医院院长柏仕江。")
        #expect(Set(bulletin.attendees).isSuperset(of: ["海自秋", "骆南星", "柏仕江"]), "\(bulletin.attendees)")
    }
}
