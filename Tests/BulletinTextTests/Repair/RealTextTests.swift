import BulletinText
import Foundation
import Testing

/// Real texts, which are no part of the repository: they lie beside it.
enum RealTexts {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("shared")

    static var exist: Bool { FileManager.default.fileExists(atPath: folder.path) }

    static func repaired(_ path: String) throws -> (before: String, after: RepairedText) {
        let bytes = Array(try Data(contentsOf: folder.appendingPathComponent(path)))
        let text = try TextDecoder.decode(bytes).text
        return (text, TextRepair.repair(text))
    }
}

@Suite("Repair of real texts", .enabled(if: RealTexts.exist, "the real texts are not there: ../shared is missing"))
struct RealTextTests {
    @Test("the seed has 222 readings and one place out of step")
    func seed() throws {
        let (_, repaired) = try RealTexts.repaired("seed/dawa-2020-10-17.txt")
        #expect(
            repaired.repairs == [
                RepairCount(kind: "pinyin", count: 222), RepairCount(kind: "pinyin-out-of-step", count: 1),
            ]
        )
        #expect(repaired.text.contains("加大對冷鏈食品檢驗檢疫力度,始終做到"))
        #expect(repaired.text.contains("應急預案(試行)》"))
        #expect(repaired.text.unicodeScalars.allSatisfy { $0 != "?" && !(0xC0...0x24F).contains($0.value) })
    }

    @Test("another tool's readings, with blanks in them, and its control characters")
    func otherTool() throws {
        let (before, repaired) = try RealTexts.repaired("gold/real/053.txt")
        let controls = before.unicodeScalars.count { (5...8).contains($0.value) }
        #expect(
            repaired.repairs == [
                RepairCount(kind: "control", count: controls), RepairCount(kind: "pinyin", count: 117),
            ]
        )
        #expect(repaired.text.contains("(如醫療衛生、財經金融、法律、教育)"))
    }

    @Test("clean texts stay as they are", arguments: ["001", "003", "035"])
    func clean(name: String) throws {
        let (before, repaired) = try RealTexts.repaired("gold/real/\(name).txt")
        #expect(repaired == RepairedText(text: before, repairs: []))
    }
}
