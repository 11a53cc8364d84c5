import BulletinEvents
import Testing

@testable import BulletinParser

/// Names that are places where they stand.
struct PlaceRuleTests {
    private func places(_ sentence: String) throws -> [String] {
        try Parsed.meeting(sentence).places.filter { $0 != "云岭县" }
    }

    @Test func aListOfSitesIsToldByWhatSumsItUp() throws {
        let found = try places("苏明远前往临河门、青石桥施工现场、南环路隐患点等地，检查防汛工作。")
        #expect(found == ["临河门", "青石桥施工现场", "南环路隐患点"])
    }

    @Test(arguments: ["各部门要助推工业园区建设。", "干部要下沉包抓社区。", "会议部署第六次社区换届。", "要整合街道资源。"])
    func aVerbBeforeAnAreaMakesNoName(sentence: String) throws {
        #expect(try places(sentence) == [])
    }

    @Test func namesOfMoreThanOnePart() throws {
        #expect(try places("桃园路街道作了经验介绍。") == ["桃园路街道"])
        #expect(try places("苏明远到多功能会议室看望群众。").contains("多功能会议室"))
    }

    @Test(arguments: [
        ("苏明远先后来到姚河镇华山村、石桥村、县绿源产业园，了解生产情况。", ["姚河镇华山村", "石桥村", "县绿源产业园"]),
        ("苏明远先后到小杨村、东罗村，泰来现代农业示范区、上河养生小镇等地调研。", ["小杨村", "东罗村", "泰来现代农业示范区", "上河养生小镇"]),
        ("苏明远先后来到新城农贸市场、余林农贸市场及四季园农贸市场，检查卫生情况。", ["新城农贸市场", "余林农贸市场", "四季园农贸市场"]),
        ("苏明远走访县城伏龙山市场、汇通超市、汉文广场等地。", ["伏龙山市场", "汇通超市", "汉文广场"]),
        ("要把思想统一到党中央、国务院的部署上来。", []), ("安全责任重于泰山。", []), ("苏明远来到经开区调研。", ["经开区"]),
        ("苏明远走进田间地头、企业车间了解情况。", []), ("要清理青岗湖内的鱼塘。", ["青岗湖"]),
        ("管制路段为海慧路与航云路交叉口。", ["海慧路", "航云路"]), ("称岭镇召开晨会。", ["称岭镇"]), ("要扮靓新村容。", []),
    ])
    func sites(sentence: String, expected: [String]) throws { #expect(try places(sentence) == expected) }

    @Test func watersInAListAreNobody() throws {
        #expect(try Parsed.meeting("该处是赵家河、黄池河、清水河交汇处。").people.map(\.name) == ["苏明远"])
    }
}
