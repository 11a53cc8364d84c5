import Testing

@testable import BulletinText

@Suite("Repair of readings")
struct PinyinRepairTests {
    @Test(
        "readings that a tool left are removed",
        arguments: [
            ("大洼區(qū)召開(kāi)會(huì)議,強(qiáng)調(diào)責(zé)任", "大洼區召開會議,強調責任", 6),
            ("網(wǎng)絡(luò )安全、專(zhuān)題與詩(shī)歌", "網絡安全、專題與詩歌", 4),
            ("《綠(lǜ)色發(fā)展》和實(shí)業(yè)", "《綠色發展》和實業", 4),
            ("程度(如財經(jīng)金融、實(shí)業(yè))的內(nèi)容(試行)(A)", "程度(如財經金融、實業)的內容(試行)(A)", 4),
            ("區（qū）發（fā）業（ yè\u{A0}）", "區發業", 3),
            ("我們(men)發(fā)展實(shí)業(yè)", "我們發展實業", 4),
            ("發(fa\u{304})展實(shi\u{301})業(ye\u{300})", "發展實業", 3),
            ("關(ɡuān)、廣(ɡuǎnɡ)、當(dɑ̄nɡ)", "關、廣、當", 3),
            ("大洼區(qū)召開會議", "大洼區召開會議", 1),
        ]
    )
    func removes(damaged: String, clean: String, count: Int) {
        let repaired = TextRepair.repair(damaged)
        #expect(repaired.text == clean)
        #expect(repaired.repairs == [RepairCount(kind: "pinyin", count: count)])
    }

    @Test(
        "readings that the writer gave stay",
        arguments: [
            "蕲(qí)春县位于湖北省东部。", "亳(bó)州市、歙(shè)县、儋(dān)州市、漷(huǒ)县镇、甪(lù)直镇",
            "浙江省樂(yuè)清市", "山東省單(shàn)縣", "地名“蘄(qí)春”的讀音", "重(chóng)新登记", "(ā)", "(qū)區",
            "方案(试行)、附件(A)、PPP(ppp)、人(an)、全(ban)", "区(pure)域", "大(à la carte)", "区(qū、ōu)是多音字",
        ]
    )
    func keeps(text: String) {
        #expect(TextRepair.repair(text) == RepairedText(text: text, repairs: []))
    }

    @Test(
        "the same replacement out of step is undone",
        arguments: [
            ("加大對冷鏈?zhǔn)称窓z驗檢疫力度", "加大對冷鏈食品檢驗檢疫力度"),
            ("加大對冷鏈\u{FFFD}(zhǔn)称窓z驗檢疫力度", "加大對冷鏈食品檢驗檢疫力度"),
            ("加大對冷鏈\u{FFFD}zhǔn)称窓z驗檢疫力度", "加大對冷鏈食品檢驗檢疫力度"),
        ]
    )
    func outOfStep(damaged: String, clean: String) {
        let repaired = TextRepair.repair(damaged)
        #expect(repaired.text == clean)
        #expect(repaired.repairs == [RepairCount(kind: "pinyin-out-of-step", count: 1)])
    }

    @Test(
        "a mark before a reading that explains nothing stays",
        arguments: ["什么?zhǔn)称窓", "?zhǔn)", "a?zhǔn)b", "冷?xyz)称"]
    )
    func keepsMarks(text: String) {
        #expect(TextRepair.repair(text) == RepairedText(text: text, repairs: []))
    }
}
