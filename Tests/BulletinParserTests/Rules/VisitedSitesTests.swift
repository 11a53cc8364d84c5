import BulletinEvents
import Testing

@testable import BulletinParser

/// Sites that somebody went to, and places that lists tell.
struct VisitedSitesTests {
    private func places(_ sentence: String) throws -> [String] {
        try Parsed.meeting(sentence).places.filter { $0 != "云岭县" }
    }

    @Test(arguments: [
        ("苏明远深入杨庄安置区、丹枫花园、紫桂华府等项目工地，检查进度。", ["杨庄安置区", "丹枫花园", "紫桂华府"]),
        ("苏明远实地察看了上朱镇、绿谷产业园、凤栖王府等项目的建设情况。", ["上朱镇", "绿谷产业园", "凤栖王府"]),
        ("苏明远先后到我县青堰镇罗湾村、三合村调研。", ["青堰镇罗湾村", "三合村"]),
        ("苏明远到曹岗调研道路情况。", ["曹岗"]),
        ("苏明远到石桥镇督导石桥镇敬老院项目建设。", ["石桥镇"]),
        ("苏明远深入企业、社区、学校了解情况。", []),
    ])
    func members(sentence: String, expected: [String]) throws { #expect(try places(sentence) == expected) }

    @Test func whoIsLookedAtDoesNothing() throws {
        let bulletin = try Parsed.meeting("苏明远先后来到青云镇敬老院、和安县博物馆、南山镇福利院，看望老人。")
        #expect(bulletin.organs == [])
        #expect(bulletin.places.contains("青云镇敬老院"))
    }

    @Test(arguments: [
        ("货车从定安、永福、吴集绕行。", ["定安", "永福", "吴集"]),
        ("主会场设在市政府。", ["市政府"]),
        ("全县设置了7个分会场。", []),
        ("要加快推进配套城区建设，转移危险区群众。", []),
        ("会议要求整治城中村。", []),
    ])
    func lists(sentence: String, expected: [String]) throws { #expect(try places(sentence) == expected) }

    @Test func membersOfAListOfSitesAreNoPersons() throws {
        let people = try Parsed.meeting("苏明远深入金域华府、开州路北延等项目工地。胡堂、长岗等乡镇相关负责人作了汇报。").people
        #expect(people.map(\.name) == ["苏明远"])
    }

    @Test func aPlaceInsideATitleIsNone() throws {
        let bulletin = try Parsed.meeting("县委副书记、青河青云段县级河长李建国参加会议。")
        #expect(!bulletin.places.contains { $0.hasPrefix("青云") })
    }
}
