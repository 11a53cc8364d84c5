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

    @Test func watersInAListAreNobody() throws {
        #expect(try Parsed.meeting("该处是赵家河、黄池河、清水河交汇处。").people.map(\.name) == ["苏明远"])
    }
}
