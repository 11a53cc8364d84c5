import BulletinCorpus
import BulletinText
import Foundation
import TestSupport
import Testing

/// The corpus keeps its promises: the same bytes for the same seed, gold that the text bears out, many unlike each other.
@Suite struct CorpusTests {
    private static func generator(_ seed: UInt64 = 11, _ change: (inout CorpusOptions) -> Void = { _ in })
        -> CorpusGenerator
    {
        var options = CorpusOptions(seed: seed)
        change(&options)
        return CorpusGenerator(options)
    }

    /// A text as annotations are compared: without white space.
    private static func dense(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { !$0.properties.isWhitespace }))
    }

    @Test func aBulletinDependsOnSeedAndIndexAlone() {
        let generator = Self.generator { $0.script = .mixed }
        let forwards = (0..<60).map { generator.bulletin(at: $0) }
        let backwards = (0..<60).reversed().map { Self.generator { $0.script = .mixed }.bulletin(at: $0) }
        for (one, other) in zip(forwards, backwards.reversed()) {
            #expect(one.bytes == other.bytes)
            #expect(one.gold == other.gold)
        }
        #expect(generator.bulletin(at: 0).page != Self.generator(12) { $0.script = .mixed }.bulletin(at: 0).page)
    }

    @Test(arguments: CorpusOptions.Script.allCases)
    func everyGoldStringStandsInTheText(script: CorpusOptions.Script) {
        let generator = Self.generator { $0.script = script }
        for index in 0..<400 {
            let bulletin = generator.bulletin(at: index)
            let gold = bulletin.gold
            let text = Self.dense(bulletin.cleanPage)
            var strings = [gold.title, gold.source, gold.documentNumber, gold.bodyStart].compactMap(\.self)
            strings += gold.people.map(\.name) + gold.people.flatMap(\.roles)
            strings += gold.organizations + gold.collectiveOrganizations
            strings += gold.documents.map { "《\($0)》" } + gold.quotedTerms + gold.attendees + gold.places
            strings += gold.directives.map(\.text) + gold.directives.compactMap(\.speaker)
            for string in strings {
                #expect(text.contains(Self.dense(string)), "\(index): \(string)")
            }
            for directive in gold.directives {
                for party in directive.responsible { #expect(directive.text.contains(party), "\(index): \(party)") }
                if let deadline = directive.deadline { #expect(directive.text.contains(deadline)) }
            }
        }
    }

    @Test func everyPersonThatSpeaksIsNamed() {
        let generator = Self.generator()
        for index in 0..<400 {
            let gold = generator.bulletin(at: index).gold
            let names = gold.people.map(\.name)
            #expect(gold.directives.compactMap(\.speaker).allSatisfy(names.contains))
            #expect(Set(names).count == names.count)
        }
    }

    /// Titles, orders and names are as unlike each other as those of many authors.
    @Test func theTailIsLong() {
        let generator = Self.generator()
        var titles: Set<String> = []
        var directives: Set<String> = []
        var people: Set<String> = []
        var count = 0
        for index in 0..<2_000 {
            let gold = generator.bulletin(at: index).gold
            titles.insert(gold.title ?? "")
            for directive in gold.directives where !directive.heading {
                directives.insert(directive.text)
                count += 1
            }
            people.formUnion(gold.people.map(\.name))
        }
        #expect(titles.count > 1_800)
        #expect(directives.count * 100 > count * 98)
        #expect(people.count > 3_000)
    }

    /// Every form that headers, dates, numbers and names take occurs in a corpus of some thousand.
    @Test func everyFormOccurs() {
        let generator = Self.generator { $0.script = .hans }
        let pages = (0..<3_000).map { generator.bulletin(at: $0).page }
        let forms = [
            "信息来源", "文章来源", "稿源", "发布机构", "发布单位", "发布时间", "发布日期", "成文日期", "发文字号", "来　　源", "作者", "编辑", "审核",
            "【字体：大 中 小】", "浏览次数", "上一篇", "下一篇", "责任编辑", "扫一扫", "当前位置", "讯（记者", "索 引 号", "：\n20", "日来源", "〔", "［", "【20",
            "(20", "（20", "年第", "二〇", "二○", "二Ｏ", "２０", "月底前", "等乡镇", "等部门", "及各", "责任单位：", "习近平", "·", "教授", "欧阳",
            "今（",
            "昨（", "昨天", "近日", "主持召开", "各有关", "县直", "（试行）", "一是", "二要", "严禁", "必须", "请广大",
        ]
        for form in forms { #expect(pages.contains { $0.contains(form) }, "\(form)") }
    }

    @Test func traditionalTextFoldsToTheSimplifiedOne() {
        let simplified = Self.generator { $0.script = .hans }
        let traditional = Self.generator { $0.script = .hant }
        for index in 0..<100 {
            // Quotation marks are a choice of the script's sites, and no matter of folding.
            func folded(_ text: String) -> String {
                Folding.fold(text).replacing("「", with: "“").replacing("」", with: "”")
            }
            let one = simplified.bulletin(at: index)
            let other = traditional.bulletin(at: index)
            #expect(folded(one.gold.title ?? "") == folded(other.gold.title ?? ""))
            #expect(one.gold.directives.map { folded($0.text) }.count == other.gold.directives.count)
        }
    }

    @Test(arguments: DamageKind.allCases)
    func damageLeavesTheGoldAlone(kind: DamageKind) {
        let clean = Self.generator { $0.script = .hant }
        let damaged = Self.generator {
            $0.script = .hant
            $0.damage = [kind]
        }
        var count = 0
        for index in 0..<100 {
            let one = clean.bulletin(at: index)
            let other = damaged.bulletin(at: index)
            #expect(one.gold == other.gold)
            #expect(one.page == other.cleanPage)
            if other.damage != nil {
                #expect(other.page != other.cleanPage)
                count += 1
            }
        }
        #expect(count > 85)
    }

    @Test func damageRateIsKept() {
        let generator = Self.generator {
            $0.damage = [.entities, .wrapped]
            $0.damagedPercent = 20
        }
        let damaged = (0..<1_000).count { generator.bulletin(at: $0).damage != nil }
        #expect((150..<250).contains(damaged))
    }

    @Test(arguments: CorpusOptions.Encoding.allCases, [CorpusOptions.Markup.text, .html])
    func pagesDecodeToThemselves(encoding: CorpusOptions.Encoding, markup: CorpusOptions.Markup) throws {
        let generator = Self.generator {
            $0.script = .mixed
            $0.encoding = encoding
            $0.markup = markup
        }
        for index in 0..<60 {
            let bulletin = generator.bulletin(at: index)
            let decoded = try TextDecoder.decode(bulletin.bytes)
            #expect(decoded.text == bulletin.page, "\(index): read as \(decoded.encoding)")
        }
    }
}
