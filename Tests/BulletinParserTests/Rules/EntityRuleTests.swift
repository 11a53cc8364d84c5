import BulletinEvents
import Testing

@testable import BulletinParser

/// Names that are none, and who attended.
struct EntityRuleTests {
    @Test func documentNumbersNameNobody() throws {
        let bulletin = try Parsed.notice("根据《关于加强管理的通知》（邓政发〔2020〕3号、国办发〔2019〕8号）要求，各乡镇要落实责任。")
        #expect(bulletin.people.isEmpty)
        #expect(!bulletin.organs.contains("国办"))
        #expect(bulletin.documentNumber == nil)
    }

    @Test(arguments: [
        (
            "县委常委、县创建全国文明城市指挥部常务副总指挥骆文山出席会议。",
            ["县委常委", "县创建全国文明城市指挥部常务副总指挥"]
        ),
        ("县委常委统战部长骆文山主持会议。", ["县委常委统战部长"]),
        ("党委书记、第四次党代会筹备工作领导小组组长骆文山讲话。", ["党委书记", "第四次党代会筹备工作领导小组组长"]),
    ])
    func titlesAsAWhole(sentence: String, roles: [String]) throws {
        let person = try #require(try Parsed.meeting(sentence).people.first { $0.name == "骆文山" })
        #expect(person.roles == roles)
    }

    @Test func whoChairsAMeetingSpeaksInIt() throws {
        let bulletin = try Parsed.meeting("县长骆文山主持会议并强调，形势依然严峻，各级管理者要敢于担责。")
        let directive = try #require(bulletin.directive("担责"))
        #expect(directive.speaker == "骆文山")
        #expect(directive.responsible == ["各级管理者"])
    }

    @Test func peopleBeforeEtcAttend() throws {
        let bulletin = try Parsed.meeting("县领导罗文渊、段海棠等参加会议。")
        #expect(bulletin.attendees.contains("罗文渊"))
        #expect(bulletin.attendees.contains("段海棠"))
    }

    @Test func kindsOfAreaAndBrandsAreNoPlaces() throws {
        let bulletin = try Parsed.notice("禁火区内严禁烧荒。", "推广“云州事事通”，请连片林区加强巡护。", "附件：云岭县巡护工作指引")
        #expect(bulletin.places.isEmpty, "\(bulletin.places)")
    }

    @Test func anOrganThatAMeetingWasHeldAtIsAPlace() throws {
        let bulletin = try Parsed.meeting("5月12日上午，在县政务服务中心四楼召开推进会。")
        #expect(bulletin.places.contains("县政务服务中心四楼"))
        #expect(!bulletin.organs.contains("县政务服务中心"))
    }

    @Test func autonomousCountiesKeepTheirNames() throws {
        let bulletin = try Parsed.bulletin(
            """
            石岭土家族自治县人民政府森林防火禁火令
            一、严禁野外用火。
            石岭土家族自治县人民政府
            2021年3月1日
            """
        )
        #expect(bulletin.kind == .notice)
        #expect(bulletin.organs == ["石岭土家族自治县人民政府"])
    }
}
