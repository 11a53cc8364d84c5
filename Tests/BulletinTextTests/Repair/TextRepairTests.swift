import Testing

@testable import BulletinText

@Suite("Repair")
struct TextRepairTests {
    @Test("characters that nobody sees are removed and counted")
    func invisible() {
        let repaired = TextRepair.repair(
            "\u{FEFF}大\u{200B}洼\u{AD}區\u{E000}召\u{0}開\u{8}會\u{7F}議\u{F8FF}\u{10FFFD}\u{202E}。\u{85}"
        )
        #expect(repaired.text == "大洼區召開會議。\n")
        #expect(
            repaired.repairs == [
                RepairCount(kind: "control", count: 3), RepairCount(kind: "private-use", count: 3),
                RepairCount(kind: "zero-width", count: 4),
            ]
        )
    }

    @Test("line ends become line feeds, which is no repair")
    func lineEnds() {
        #expect(
            TextRepair.repair("一\r\n二\r三\u{2028}四\u{B}五\r\r\n六")
                == RepairedText(text: "一\n二\n三\n四\n五\n\n六", repairs: [])
        )
    }

    @Test(
        "spaces, widths and look-alikes stay as written",
        arguments: [
            "标　　题：\t索\u{A0}引\u{2003}号", "ＡＢＣ１２３", "二Ｏ一一年、二○一二年、二00八年", "👨‍👩‍👧 ❤️", "︰﹕：‧·•", "", "\n\n",
            "A&B、R&D、a&b;c &#; &;", "&copy=1&reg=2",
        ]
    )
    func keeps(text: String) {
        #expect(TextRepair.repair(text) == RepairedText(text: text, repairs: []))
    }

    @Test(
        "entities in plain text are resolved",
        arguments: [
            ("&ldquo;十四五&rdquo;&nbsp;规划", "“十四五”\u{A0}规划", 3), ("&#22823;&#x6D3C;區", "大洼區", 2), ("AT&amp;T", "AT&T", 1),
            ("&amp;nbsp;&amp;amp;", "\u{A0}&", 2), ("&lt;通知&gt;", "<通知>", 2), ("A &amp; B", "A & B", 1),
        ]
    )
    func entities(damaged: String, clean: String, count: Int) {
        #expect(
            TextRepair.repair(damaged)
                == RepairedText(text: clean, repairs: [RepairCount(kind: "entities", count: count)])
        )
    }

    @Test("damage of several kinds in one text")
    func several() {
        let repaired = TextRepair.repair("&ldquo;大洼區(qū)&rdquo;發(fā)展實(shí)業(yè)，加大對冷鏈?zhǔn)称窓z驗\u{200B}力度")
        #expect(repaired.text == "“大洼區”發展實業，加大對冷鏈食品檢驗力度")
        #expect(repaired.repairs.map(\.kind) == ["entities", "pinyin", "pinyin-out-of-step", "zero-width"])
    }

    @Test(
        "hostile input takes linear time",
        arguments: ["(", "（", "?zhǔn)", "冷?zhǔn)", "鏈?zhǔn)称", "區(qū)", "(qū", "&amp;", "&", "Ã", "鍖", "é¡", "\r", "?"]
    )
    func hostile(piece: String) {
        let text = String(repeating: piece, count: 300_000 / piece.utf8.count)
        #expect(TextRepair.repair(text).text.utf8.count <= text.utf8.count)
    }
}
