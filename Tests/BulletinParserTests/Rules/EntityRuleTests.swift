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
        #expect(bulletin.places.contains("县政务服务中心"))
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
