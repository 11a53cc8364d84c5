import BulletinEvents
import Testing

@testable import BulletinParser

/// Counties without their level, waters and streets by what they end with, and words that only look like places.
struct KnownPlacesTests {
    private func places(_ sentence: String) throws -> [String] {
        try Parsed.meeting(sentence).places.filter { $0 != "云岭县" }
    }

    @Test(arguments: [
        ("推动大会精神在阜城落地落实。", ["阜城"]), ("为建设美丽祁阳提供支撑。", ["祁阳"]), ("该河源于浏阳、醴陵。", ["浏阳", "醴陵"]),
        ("大家为兴化教育发展出力。", ["兴化"]),
        ("要复兴化工产业。", []),
    ])
    func counties(sentence: String, expected: [String]) throws { #expect(try places(sentence) == expected) }

    @Test func aCountyIsNobody() throws {
        #expect(try Parsed.meeting("该河源于蓝山、宁远。").people.map(\.name) == ["苏明远"])
        #expect(try Parsed.meeting("会议由副县长江华主持。").people.map(\.name).contains("江华"))
    }

    @Test(arguments: [
        ("在白溪河，苏明远查看了水质。", ["白溪河"]), ("会议部署变更大连路部分路段。", ["大连路"]), ("要巡查湘江石滩段及柳溪河杏塘段。", ["湘江石滩段", "柳溪河杏塘段"]),
        ("要建成样板河。", []), ("储油区、加油区要重点检查。", []), ("清理了柏溪河、柳塘河、彭河。", ["柏溪河", "柳塘河", "彭河"]),
        ("车辆可沿洪溪路、龙桥路绕行。", ["洪溪路", "龙桥路"]),
        ("会议在市政府行政中心8号楼1号会议室召开。", ["市政府行政中心8号楼1号会议室"]),
    ])
    func watersAndStreets(sentence: String, expected: [String]) throws { #expect(try places(sentence) == expected) }

    @Test(arguments: [
        ("苏明远深入到云山首府项目建设施工工地，了解情况。", ["云山首府项目建设施工工地"]),
        ("代表先后对杏溪镇中心卫生院、王寮小学、柳塘小学进行了实地视察。", ["杏溪镇中心卫生院", "王寮小学", "柳塘小学"]),
        ("苏明远对镇卫生院、灵溪中学等开展调研。", ["镇卫生院", "灵溪中学"]),
        ("在灵溪中学，苏明远了解了情况。", ["灵溪中学"]),
        ("苏明远到格日朝鲁苏木、阿日昆都楞镇调研。", ["格日朝鲁苏木", "阿日昆都楞镇"]),
        ("苏明远深入吉仁高勒镇扎嘎斯台嘎查调研。", ["吉仁高勒镇扎嘎斯台嘎查"]),
    ])
    func visited(sentence: String, expected: [String]) throws { #expect(try places(sentence) == expected) }

    @Test func townsBeforeACountArePlacesAndActOnlyWhereTheyAreToldOrSpeak() throws {
        let visited = try Parsed.meeting("苏明远先后到荣桥、荣湾等5个镇调研。")
        #expect(visited.places.filter { $0.hasPrefix("荣") } == ["荣桥", "荣湾"])
        #expect(visited.organs == [])
        #expect(try Parsed.meeting("荣桥、荣湾等5个镇要抓好落实。").organs == ["荣桥", "荣湾"])
        #expect(try Parsed.meeting("荣桥、荣湾等5个镇作了交流发言。").organs == ["荣桥", "荣湾"])
        #expect(try Parsed.meeting("降雨集中在荣桥、荣湾等5个镇。").organs == [])
    }

    @Test func streetsAreNobody() throws {
        #expect(try Parsed.meeting("车辆可沿海港路→龙虹路→洪口路绕行。").people.map(\.name) == ["苏明远"])
    }

    @Test func aShortNameThatIsCutFromOthersIsNone() throws {
        #expect(try places("凌江河源于群山之间。").contains("河源") == false)
        #expect(try places("会议研究黄龙山南麓的开发。").contains("山南") == false)
    }

    @Test func whoWentWithThem() throws {
        let bulletin = try Parsed.meeting("苏明远在县水务局局长赵海峰的陪同下查看了大坝。")
        #expect(bulletin.attendees.contains("赵海峰"))
    }

    @Test func partOfAnOrganIsNoPlace() throws {
        #expect(try places("苏明远来到王家庄村党支部了解情况。") == ["王家庄村党支部"])
    }
}
