import Testing

@testable import BulletinText

@Suite("Repair of wrong decodings")
struct MisdecodingRepairTests {
    static let hans = "区卫健局要求：严格落实退烧、止咳等药品购买登记制度，确保《应急预案（试行）》及时印发到位。"
    static let hant = "區衛健局要求：嚴格落實退燒、止咳等藥品購買登記制度，確保《應急預案（試行）》及時印發到位。"

    /// What `text` becomes if it is written in `right` and read as `wrong`, or nil if that loses something.
    static func misread(_ text: String, _ right: String, as wrong: String) -> String? {
        guard let bytes = Bytes.of(text, in: right) else { return nil }
        guard wrong == "LATIN1" else { return Bytes.text(bytes, from: wrong) }
        // As browsers read it: Windows-1252, with the bytes that it does not define as they are.
        return bytes.map { Bytes.text([$0], from: "WINDOWS-1252") ?? String(Unicode.Scalar($0)) }.joined()
    }

    static let cases: [(text: String, right: String, wrong: String, kind: TextRepair.Kind)] = [
        (hans, "UTF-8", "LATIN1", .utf8AsLatin1), (hant, "UTF-8", "LATIN1", .utf8AsLatin1),
        (hans, "GB18030", "LATIN1", .gbkAsLatin1), (hant, "GB18030", "LATIN1", .gbkAsLatin1),
        (hant, "BIG5", "LATIN1", .big5AsLatin1), (hant, "BIG5", "GB18030", .big5AsGBK),
        ("安全生产责任", "UTF-8", "GB18030", .utf8AsGBK), ("安全生產責任", "UTF-8", "GB18030", .utf8AsGBK),
    ]

    @Test("each is undone where it is exact", arguments: cases)
    func undone(text: String, right: String, wrong: String, kind: TextRepair.Kind) throws {
        let damaged = try #require(Self.misread(text, right, as: wrong))
        #expect(damaged != text)
        #expect(
            TextRepair.repair(damaged)
                == RepairedText(text: text, repairs: [RepairCount(kind: kind.rawValue, count: 1)])
        )
    }

    @Test("twice over")
    func twice() throws {
        let once = try #require(Self.misread(Self.hans, "UTF-8", as: "LATIN1"))
        let twice = try #require(Self.misread(once, "UTF-8", as: "LATIN1"))
        #expect(
            TextRepair.repair(twice)
                == RepairedText(text: Self.hans, repairs: [RepairCount(kind: "mojibake-utf8-latin1", count: 2)])
        )
    }

    @Test("lines and spans of a sound page", arguments: cases)
    func spans(text: String, right: String, wrong: String, kind: TextRepair.Kind) throws {
        let damaged = try #require(Self.misread(text, right, as: wrong))
        let page = { (inner: String) in Self.hans + "\n" + inner + "\n" + Self.hant }
        let repaired = TextRepair.repair(page(damaged))
        #expect(repaired.text == page(text))
        #expect(repaired.repairs == [RepairCount(kind: kind.rawValue, count: 1)])
        if wrong == "LATIN1" {
            let repaired = TextRepair.repair("标题：" + damaged + "（完）")
            #expect(repaired.text == "标题：" + text + "（完）")
        }
    }

    @Test(
        "UTF-8 read as GBK: what is known is decoded, what is lost is inferred from words or keeps its mark",
        arguments: [
            ("鍖哄崼鍋ュ眬瑕佹眰涓ユ牸钀藉疄璐ｄ换鍒?", "区卫健局要求严格落实责任制"),
            ("鍖哄崼鍋ュ眬瑕佹眰涓ユ牸钀藉疄璐ｄ换鍒\u{FFFD}", "区卫健局要求严格落实责任制"),
            ("鍏充簬闃叉睕鏁戠伨宸ヤ綔鐨勯噸瑕佹寚绀虹簿绁?", "关于防汛救灾工作的重要指示精神"),
            ("銆€銆€鍏充簬闃叉睕鏁戠伨宸ヤ綔", "　　关于防汛救灾工作"),
        ]
    )
    func utf8AsGBK(damaged: String, clean: String) {
        let repaired = TextRepair.repair(damaged)
        #expect(repaired.text == clean)
        #expect(repaired.repairs == [RepairCount(kind: "mojibake-utf8-gbk", count: 1)])
    }

    @Test("GBK read as Big5")
    func gbkAsBig5() throws {
        let text =
            "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装"
        var repaired = 0
        for start in stride(from: 0, to: text.count - 24, by: 12) {
            let piece = String(text.dropFirst(start).prefix(24))
            guard let damaged = Self.misread(piece, "GB18030", as: "BIG5-HKSCS") else { continue }
            #expect(TextRepair.repair(damaged).text == piece)
            repaired += 1
        }
        #expect(repaired > 0)
    }

    @Test(
        "what looks odd but is right stays",
        arguments: [
            "××市××局、××省", "××××××", "25°C±5°C，3×4÷2", "§§1、2", "café、naïve、Müller、São Paulo", "“”“”……——‘’·",
            "祎昊龑、翀、旻、晟、骉骉、羴羴，犇犇犇", "犇羴鱻麤、骉骉骉骉", "Ä Ö Ü ß", "©2020 ®", "лес и река", "ひらがなカタカナ",
            "蕲春、濉溪、歙县、涿州、郯城、鄄城、邳州、盱眙、亳州、儋州", "饕餮、魑魅魍魉、龃龉、囹圄、耄耋", "中\u{A0}\u{A0}\u{A0}文····字", "е飬3\u{FFFD}\u{FFFD}",
        ]
    )
    func keeps(text: String) {
        #expect(TextRepair.repair(text) == RepairedText(text: text, repairs: []))
    }

    @Test(
        "generated texts, misread in every way, come back or stay as they are",
        arguments: GovernmentText.Script.allCases
    )
    func generated(script: GovernmentText.Script) {
        var source = GovernmentText(seed: 5, script: script)
        var count = 0
        var wrong: [String] = []
        for _ in 0..<400 {
            let text = source.text(sentences: 2)
            for (right, wrongly) in [
                ("UTF-8", "LATIN1"), ("GB18030", "LATIN1"), ("BIG5", "LATIN1"), ("UTF-8", "GB18030"),
                ("BIG5", "GB18030"),
                ("GB18030", "BIG5-HKSCS"),
            ] {
                guard let damaged = Self.misread(text, right, as: wrongly), damaged != text else { continue }
                count += 1
                // Controls are removed beside it, so that only the language is compared here.
                if TextRepair.repair(damaged).text != text {
                    wrong.append("\(right) as \(wrongly): \(text) → \(TextRepair.repair(damaged).text)")
                }
            }
        }
        #expect(count > 600)
        #expect(wrong.isEmpty, "\(wrong.count) of \(count): \(wrong.prefix(5))")
    }
}
