import BulletinText
import Foundation
import Testing

@Suite("Folding")
struct FoldingTests {
    @Test("makes scripts, widths and letter case equal")
    func folds() {
        #expect(Folding.fold("大洼區衛健局") == "大洼区卫健局")
        #expect(Folding.fold("盤政辦發〔2020〕12號") == "盘政办发〔2020〕12号")
        #expect(Folding.fold("ＡＢＣ　１２３：（試行）") == "abc 123:(试行)")
        #expect(Folding.fold("二○一二年 GDP…") == "二○一二年 gdp…")
        #expect(Folding.fold("") == "")
    }

    @Test("keeps one scalar for one scalar", arguments: ["㎏ﬁ①①¼Ǆ", "e\u{301}é", "𠀀\u{2F800}\u{10FFFF}", "裡裏🏛️"])
    func keepsLength(text: String) {
        let folded = Folding.fold(text)
        #expect(folded.unicodeScalars.count == text.unicodeScalars.count)
        #expect(Array(folded.unicodeScalars) == text.unicodeScalars.map { Folding.fold($0) })
    }

    @Test("is idempotent on every scalar")
    func isIdempotent() {
        let unstable = Self.allScalars.filter { Folding.fold(Folding.fold($0)) != Folding.fold($0) }
        #expect(unstable.isEmpty)
    }

    /// The table was generated from another implementation of Unicode than the one compared with here.
    @Test("agrees with NFKC and lower case as Foundation and the standard library know them")
    func agreesWithUnicode() {
        let differing = Self.allScalars.filter { scalar in
            guard let age = scalar.properties.age, age.major <= 14 else { return false }
            guard !Self.isHan(scalar) else { return false }
            var expected = scalar
            while true {
                let next = Self.lowercase(Self.compatible(expected))
                if next == expected { break }
                expected = next
            }
            return !Self.isHan(expected) && Folding.fold(scalar) != expected
        }
        #expect(differing.isEmpty, "\(differing.prefix(20).map { String($0.value, radix: 16) })")
    }

    /// ICU's transform is another collection than OpenCC's: it also unites variants (韮 with 韭) that OpenCC leaves apart.
    /// Those are under one in twenty; a damaged or misaligned table would differ in nearly all.
    @Test("agrees with ICU on traditional characters but for variants")
    func agreesWithICU() {
        let common = (UInt32(0x4E00)...0x9FFF).compactMap(Unicode.Scalar.init)
        var compared = 0
        var differing: [String] = []
        for scalar in common {
            let character = String(scalar)
            guard let simplified = character.applyingTransform(StringTransform("Hant-Hans"), reverse: false),
                simplified != character, simplified.unicodeScalars.count == 1
            else { continue }
            compared += 1
            if Folding.fold(character) != Folding.fold(simplified) { differing.append(character + simplified) }
        }
        #expect(compared > 2000)
        #expect(differing.count * 20 < compared, "\(differing)")
    }

    private static var allScalars: [Unicode.Scalar] {
        (UInt32(0)...0x10FFFF).compactMap(Unicode.Scalar.init)
    }

    private static func isHan(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isIdeographic || (0x2E80...0x2FDF).contains(scalar.value)
    }

    private static func compatible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        single(String(scalar).precomposedStringWithCompatibilityMapping) ?? scalar
    }

    private static func lowercase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        single(scalar.properties.lowercaseMapping) ?? scalar
    }

    private static func single(_ text: String) -> Unicode.Scalar? {
        text.unicodeScalars.count == 1 ? text.unicodeScalars.first : nil
    }
}
