import BulletinEvents
import Testing

@testable import BulletinParser

/// Organs in the names of meetings, in lists with towns, and sets by whom they belong to.
struct ActingOrgansTests {
    @Test(arguments: [
        "会议贯彻了市安委会、市减灾委2024年第三次全体（扩大）会议精神。", "会议学习了市安全生产委员会2025年第四次会议精神。",
        "会议学习了市委市政府联席会议精神。", "要强化组织部署。", "县里要利用有线电视、电台、报刊等媒体开展宣传。",
    ])
    func nobodyActs(sentence: String) throws { #expect(try Parsed.meeting(sentence).organs == []) }

    @Test func aTownIsAnOrganAmongOrgans() throws {
        let bulletin = try Parsed.meeting("县安委办牵头，由青湖镇、县科技局、县消防大队参加检查。")
        #expect(bulletin.organs.contains("青湖镇"))
    }

    @Test func setsByWhomTheyBelongTo() throws {
        #expect(try Parsed.meeting("各镇街、辖区重点企业负责人参加会议。").sets == ["各镇街", "辖区重点企业"])
        #expect(try Parsed.meeting("集团各部门及所属公司负责人参加会议。").sets.contains("所属公司"))
        #expect(try Parsed.meeting("会议听取了相关部门和镇、村两级的汇报。").sets == ["相关部门"])
    }

    @Test func titlesWithAnOrdinal() throws {
        let people = try Parsed.meeting("市第四考核组组长欧阳建国主持会议。").people
        #expect(people.last?.roles == ["市第四考核组组长"])
    }

    @Test func theMeetingHasANameInQuotationMarks() throws {
        let bulletin = try Parsed.bulletin("苏明远主持召开“百日攻坚”行动推进会\n5月11日，县委副书记、县长苏明远主持召开重点项目“百日攻坚”行动推进会。")
        #expect(bulletin.attendees.count == 1)
    }
}
