import Testing

@testable import BulletinText

/// The damage is modelled (``PinyinDamage``); repair must be its inverse, and the identity on clean text.
@Suite("Damage and repair")
struct DamageRoundTripTests {
    /// A tool's table: a random choice of everyday traditional characters with their usual readings.
    private static func table(_ generator: inout SeededGenerator) -> [(character: Unicode.Scalar, reading: String)] {
        let readings: [(Unicode.Scalar, String)] = [
            ("區", "qū"), ("發", "fā"), ("態", "tài"), ("強", "qiáng"), ("學", "xué"), ("監", "jiān"), ("衛", "wèi"),
            ("鎮", "zhèn"), ("續", "xù"), ("嚴", "yán"), ("責", "zé"), ("進", "jìn"), ("現", "xiàn"), ("經", "jīng"),
            ("環", "huán"), ("規", "guī"), ("關", "guān"), ("應", "yīng"), ("準", "zhǔn"), ("調", "diào"), ("醫", "yī"),
            ("濟", "jì"), ("風", "fēng"), ("預", "yù"), ("業", "yè"), ("設", "shè"), ("統", "tǒng"), ("導", "dǎo"),
            ("內", "nèi"), ("結", "jié"), ("節", "jié"), ("戰", "zhàn"), ("護", "hù"), ("務", "wù"), ("農", "nóng"),
            ("團", "tuán"), ("習", "xí"), ("協", "xié"), ("構", "gòu"), ("認", "rèn"), ("復", "fù"), ("領", "lǐng"),
            ("細", "xì"), ("網", "wǎng"), ("穩", "wěn"), ("質", "zhì"), ("聯", "lián"), ("標", "biāo"), ("術", "shù"),
            ("貿", "mào"), ("機", "jī"), ("達", "dá"), ("負", "fù"), ("優", "yōu"), ("長", "cháng"), ("會", "huì"),
            ("實", "shí"), ("開", "kāi"), ("專", "zhuān"), ("綠", "lǜ"), ("縣", "xiàn"), ("動", "dòng"), ("時", "shí"),
        ]
        return readings.filter { _ in Int.random(in: 0..<3, using: &generator) > 0 }.shuffled(using: &generator)
    }

    @Test("repair undoes the damage exactly", arguments: PinyinDamage.Matching.allCases, PinyinDamage.Decoder.allCases)
    func identity(matching: PinyinDamage.Matching, decoder: PinyinDamage.Decoder) {
        var generator = SeededGenerator(seed: 11)
        var source = GovernmentText(seed: 12, script: .hant)
        var damaged = 0
        var outOfStep = 0
        var wrong: [String] = []
        for _ in 0..<4000 {
            let text = source.text(sentences: 4)
            let tool = PinyinDamage(readings: Self.table(&generator), matching: matching, decoder: decoder)
            let outcome = tool.apply(to: text)
            guard outcome.text != text, !outcome.isLossy else { continue }
            damaged += 1
            outOfStep += outcome.outOfStep
            let repaired = TextRepair.repair(outcome.text)
            if repaired.text != text { wrong.append(text + "\n→ " + outcome.text + "\n→ " + repaired.text) }
        }
        #expect(damaged > 2000)
        #expect(outOfStep > 50)
        #expect(wrong.isEmpty, "\(wrong.count) of \(damaged): \(wrong.prefix(5).joined(separator: "\n\n"))")
    }

    @Test("clean texts stay as they are", arguments: GovernmentText.Script.allCases)
    func cleanTextStays(script: GovernmentText.Script) {
        var source = GovernmentText(seed: 21, script: script)
        for _ in 0..<5000 {
            let text = source.text(sentences: 3)
            let repaired = TextRepair.repair(text)
            #expect(repaired == RepairedText(text: text, repairs: []))
        }
    }

    @Test("repair is idempotent on arbitrary damage")
    func idempotent() {
        var generator = SeededGenerator(seed: 31)
        let pieces = [
            "區", "(qū)", "?", "zhǔn)", "鏈", "称", "窓", "z", "\u{FFFD}", "(", "）", "&amp;", "&", "nbsp;", "Ã©", "鍖轰細",
            "\u{200B}", "\u{E000}", "\r\n", "。", "é", "1",
        ]
        for _ in 0..<3000 {
            let text = (0..<Int.random(in: 1...20, using: &generator)).map { _ in
                pieces.randomElement(using: &generator) ?? ""
            }.joined()
            let once = TextRepair.repair(text).text
            // Taking away one damage may uncover another; it must come to an end.
            let thrice = TextRepair.repair(TextRepair.repair(once).text).text
            #expect(TextRepair.repair(thrice).text == thrice)
        }
    }
}
