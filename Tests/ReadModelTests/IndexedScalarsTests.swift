import BulletinEvents
import BulletinText
import TestSupport
import Testing

@testable import ReadModel

/// What is made of texts in one pass must be what its definition says.
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

    /// The tokens of a text as ``SearchTokens`` defines them, in the plainest way.
    private func tokens(of text: String) -> String {
        var runs: [[Unicode.Scalar]] = [[]]
        for scalar in text.unicodeScalars.map(Folding.fold) {
            if SearchTokens.isIndexed(scalar) { runs[runs.count - 1].append(scalar) } else { runs.append([]) }
        }
        return runs.flatMap { run in
            run.indices.map { start in
                run[start..<min(start + 2, run.count)].map { String($0) }.joined() + " "
            }
        }.joined()
    }

    @Test func tokensAreThoseOfTheSearchIndex() {
        var random = SeededGenerator(seed: 3)
        // Longer and shorter texts in turns: what the buffer held before must not be seen.
        var buffer: [UInt8] = []
        var scalars = IndexedScalars()
        for _ in 0..<2000 {
            let texts = (0..<Int.random(in: 0...3, using: &random)).map { _ in text(&random) }
            let expected = Array(texts.map { tokens(of: $0) }.joined().utf8)
            scalars.removeAll()
            for text in texts { scalars.append(text) }
            #expect(scalars.withTokens(in: &buffer) { Array($0) } == expected, "\(texts)")
            var added: [UInt8] = []
            for (index, text) in texts.enumerated() {
                if index.isMultiple(of: 2) {
                    SearchTokens.append(text, to: &added)
                } else {
                    SearchTokens.append(text.unicodeScalars, to: &added)
                }
            }
            #expect(added == expected, "\(texts)")
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
