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
            ("大會(huì)(huì)在縣(xiàn)城開(kāi)幕", "大會在縣城開幕", 4),
            ("中(zhong)央(yang)和國(guo)家(jia)機關(guan)召(zhao)開會(hui)(hui)議(yi)。", "中央和國家機關召開會議。", 9),
            ("女(nv)士、綠(lv)色、旅(lv)游、戰略(lve)、區(qu)、縣(xian)", "女士、綠色、旅游、戰略、區、縣", 6),
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
            "方案(试行)、附件(A)、PPP(ppp)、人(an)、全(ban)", "教育局(ju)、財政局(cai)、方案(an)、單位(wei)", "長度(mi)、重(dun)量、面(mu)積",
            "藥品(the drug)、區(district)、會(meeting)、局(bureau)、發(fa1)展", "實(shì施)、業(yèyè)、會(huìì)", "区(pure)域",
            "大(à la carte)", "区(qū、ōu)是多音字",
        ]
    )
    func keeps(text: String) {
        #expect(TextRepair.repair(text) == RepairedText(text: text, repairs: []))
    }

    @Test(
        "the same replacement out of step is undone",
        arguments: [
            ("加大對冷鏈?zhǔn)称窓z驗檢疫力度", "加大對冷鏈食品檢驗檢疫力度", 1),
            ("加大對冷鏈\u{FFFD}(zhǔn)称窓z驗檢疫力度", "加大對冷鏈食品檢驗檢疫力度", 1),
            ("加大對冷鏈\u{FFFD}zhǔn)称窓z驗檢疫力度", "加大對冷鏈食品檢驗檢疫力度", 1),
            ("加大對冷鏈zhǔn)称窓z驗檢疫力度", "加大對冷鏈食品檢驗檢疫力度", 1),
            ("冷鏈?zhǔn)袌?chǎng)規(guī)模", "冷鏈市場規模", 2),
            ("要?jiǎng)?chuàng)新機(jī)制", "要創新機制", 2),
            ("冷鏈?zhǔn)称凤L(fēng)險", "冷鏈食品風險", 2),
            ("網站支持I(yù)Pv6", "網站支持IPv6", 1),
        ]
    )
    func outOfStep(damaged: String, clean: String, count: Int) {
        let repaired = TextRepair.repair(damaged)
        #expect(repaired.text == clean)
        #expect(repaired.repairs.first { $0.kind == "pinyin-out-of-step" }?.count == count)
    }

    @Test(
        "texts torn apart at punctuation are joined, and lost characters inferred",
        arguments: [
            ("經濟社會發展專題會?？h長主持會議", "經濟社會發展專題會。縣長主持會議"),
            ("推進問題整改?，F(xiàn)將情況函告如下", "推進問題整改。現將情況函告如下"),
            ("用電負荷不斷攀升?？照{(diào)等電器", "用電負荷不斷攀升。空調等電器"),
            ("寫一份總結吧?？偨Y(jié)有哪些要求", "寫一份總結吧。總結有哪些要求"),
            ("嚴查進口冷鏈?zhǔn)称?，一律不予銷售", "嚴查進口冷鏈食品，一律不予銷售"),
            ("召開冷鏈?zhǔn)称芬咔榉揽毓ぷ鲿?h。會議", "召開冷鏈食品疫情防控工作會議。會議"),
            ("<p>嚴查進口冷鏈?zhǔn)称贰?/p>", "<p>嚴查進口冷鏈食品。</p>"),
        ]
    )
    func torn(damaged: String, clean: String) {
        #expect(TextRepair.repair(damaged).text == clean)
    }

    @Test("a character that is lost and could be several stays a mark; what surrounds it is repaired")
    func lost() {
        #expect(TextRepair.repair("進口冷鏈?zhǔn)称纷匪菪?，市場監管總局").text == "進口冷鏈食品追溯?，市場監管總局")
        #expect(TextRepair.repair("補(bǔ)助將持續(xù)到2022年?。▓D)").text == "補助將持續到2022年?（圖)")
    }

    @Test(
        "a mark before a reading that explains nothing stays, and so do question marks",
        arguments: [
            "什么?zhǔn)称窓", "?zhǔn)", "a?zhǔn)b", "冷?xyz)称", "什么?，F的。有没有人管?，点动静都没有?。好",
            "有没有人管??我们都想知道?!真的?;好?:a", "什麼??我們都想知道?!真的?;好?:a?,b", "為什麼?，我們要問?。完了?！是嗎?、對", "是?。A、B；何?，B類",
        ]
    )
    func keepsMarks(text: String) {
        #expect(TextRepair.repair(text) == RepairedText(text: text, repairs: []))
    }
}
