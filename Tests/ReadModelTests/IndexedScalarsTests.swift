import BulletinEvents
import TestSupport
import Testing

@testable import ReadModel

/// What the writer makes of texts in one pass must be what SQL's functions make of them.
@Suite struct IndexedScalarsTests {
    /// One of each length in UTF-8, letters and others, and what folds to another length.
    private static let pieces = [
        "a", "Z", "7", " ", "，", "。", "é", "ß", "İ", "中", "區", "卫", "〇", "\u{3400}", "\u{20000}", "😀", "\u{0}", "\n",
        "\u{10FFFD}", "ﬁ", "Ａ", "한", "\u{301}", "\u{FFFD}",
    ]

    private func text(_ random: inout SeededGenerator) -> String {
        (0..<Int.random(in: 0...80, using: &random)).map { _ in Self.pieces.randomElement(using: &random) ?? "" }
            .joined()
    }

    @Test func tokensAreThoseOfTheSearchIndex() {
        var random = SeededGenerator(seed: 3)
        // Longer and shorter texts in turns: what the buffer held before must not be seen.
        var buffer: [UInt8] = []
        var scalars = IndexedScalars()
        for _ in 0..<2000 {
            let texts = (0..<Int.random(in: 0...3, using: &random)).map { _ in text(&random) }
            var expected: [UInt8] = []
            for text in texts { SearchTokens.append(text, to: &expected) }
            scalars.removeAll()
            for text in texts { scalars.append(text) }
            #expect(scalars.withTokens(in: &buffer) { Array($0) } == expected, "\(texts)")
        }
    }

    @Test func aClauseStandsWhereSQLiteCutsIt() {
        var random = SeededGenerator(seed: 4)
        var standing = 0
        for _ in 0..<5000 {
            let paragraph = text(&random)
            let scalars = Array(paragraph.unicodeScalars)
            let start = Int.random(in: 0...scalars.count, using: &random)
            let end = Int.random(in: start...scalars.count, using: &random)
            var clause = String(String.UnicodeScalarView(scalars[start..<end]))
            let isAnother = Int.random(in: 0..<4, using: &random) == 0
            if isAnother { clause += "x" }
            var directive = Directive(sequence: 0, text: clause)
            directive.span = Span(paragraph: 0, start: start, end: end)
            let expected = !isAnother && !scalars[..<end].contains("\u{0}")
            standing += expected ? 1 : 0
            #expect(directive.stands(in: [paragraph]) == expected, "\(paragraph.debugDescription) \(start)..<\(end)")
        }
        #expect(standing > 500)
    }
}
