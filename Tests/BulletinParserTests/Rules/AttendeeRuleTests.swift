import BulletinEvents
import Testing

@testable import BulletinParser

/// Who attended, whoever they are counted with.
struct AttendeeRuleTests {
    @Test(arguments: [
        ("县委常委向春山、县政府党组成员骆南星、柏仕江、程明江等县领导参会，县委常委海自秋主持。", ["向春山", "骆南星", "柏仕江", "程明江", "海自秋"]),
        ("县人大常委会主任易云舟、县政协主席锁文武等县四套班子领导参加会议。", ["易云舟", "锁文武"]),
        ("机关干部、社区党支部书记共计80人参加了会议。", ["机关干部", "社区党支部书记"]),
        ("参加会议的有院长、护理部主任以及多名医护人员。", ["院长", "护理部主任", "多名医护人员"]),
        ("该镇全体班子成员，全体机关干部，各村支部书记参加会议。", ["全体班子成员", "全体机关干部", "各村支部书记"]),
        ("街道全体机关干部及社区书记60余人参加会议。", ["街道全体机关干部", "社区书记"]),
    ])
    func subjects(sentence: String, expected: [String]) throws {
        let attendees = try Parsed.meeting(sentence).attendees
        #expect(attendees.filter { $0 != "苏明远" } == expected)
    }

    @Test func whatIsToComeAndWhatWasSaidElsewhereAreNoAttendance() throws {
        #expect(try Parsed.notice("请各部门派一名业务骨干参加培训。").attendees == [])
        let bulletin = try Parsed.meeting("会议传达了省委书记高一鸣在参加代表团审议时的讲话精神。")
        #expect(!bulletin.attendees.contains("高一鸣"))
    }
}
