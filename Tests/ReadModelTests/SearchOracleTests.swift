import BulletinCorpus
import BulletinEvents
import BulletinText
import Foundation
import TestSupport
import Testing

@testable import ReadModel

/// Search finds what a search through the folded texts finds, no more and no less: 10,000 queries of 1 to 20 characters.
struct SearchOracleTests {
    /// Few letters, so that texts and queries meet often: both scripts, both widths, both cases, digits, marks.
    static let alphabet: [Unicode.Scalar] = Array(
        "區区衛卫健局監监管市場场防控aAbBＡ１12３，。、（）(《》“”C#%+-*:^_ 　\t\u{0}\u{301}é𠮷𪚥①".unicodeScalars
    )

    static func text(_ length: ClosedRange<Int>, _ numbers: inout SeededGenerator) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: length, using: &numbers) {
            // Mostly letters, as in real texts.
            let index =
                Int.random(in: 0..<10, using: &numbers) < 7
                ? Int.random(in: 0..<16, using: &numbers) : Int.random(in: 0..<alphabet.count, using: &numbers)
            text.append(alphabet[index])
        }
        return String(text)
    }

    /// White space and control characters: what no comparison depends on.
    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar.properties.generalCategory == .control || scalar == "\u{FEFF}"
    }

    /// A text folded, with white space as single spaces.
    static func normal(_ text: some Sequence<Unicode.Scalar>) -> String {
        var result = ""
        for scalar in text {
            if isSpace(scalar) {
                if result.last != " " { result.unicodeScalars.append(" ") }
            } else {
                result.unicodeScalars.append(Folding.fold(scalar))
            }
        }
        return result
    }

    /// Few letters, so that everything meets everything.
    static func noise(_ numbers: inout SeededGenerator) -> [Bulletin] {
        (0..<120).map { number in
            var bulletin = Sample.bulletin(
                "b\(number)",
                title: number % 5 == 0 ? nil : text(0...8, &numbers),
                (0..<Int.random(in: 0...3, using: &numbers)).map { _ in text(0...40, &numbers) }
            )
            bulletin.contentHash = "\(number)"
            return bulletin
        }
    }

    /// Bulletins as they are found, in both scripts, damaged or not; a line of the page is a paragraph.
    static func corpus(_ seed: UInt64) -> [Bulletin] {
        var options = CorpusOptions(seed: seed)
        options.script = .mixed
        options.damage = DamageKind.allCases
        options.damagedPercent = 30
        let generator = CorpusGenerator(options)
        return (0..<60).map { index in
            let lines = generator.bulletin(at: index).page.split(separator: "\n").map(String.init)
            var bulletin = Sample.bulletin("b\(index)", title: lines.first, Array(lines.dropFirst()))
            bulletin.contentHash = "\(index)"
            return bulletin
        }
    }

    @Test(arguments: [(1, false, 1700), (2, false, 1700), (3, false, 1600), (4, true, 2500), (5, true, 2500)])
    func hitsAreThoseOfAFoldedSubstringSearch(seed: UInt64, isCorpus: Bool, queries: Int) throws {
        var numbers = SeededGenerator(seed: seed)
        let folder = try TestFolder()
        let files = try (0..<3).map { try folder.open(Int32($0)) }
        let bulletins = isCorpus ? Self.corpus(seed) : Self.noise(&numbers)
        var texts: [String: [String]] = [:]
        for (number, bulletin) in bulletins.enumerated() {
            texts[bulletin.id] = ([bulletin.title].compactMap { $0 } + bulletin.paragraphs).map {
                Self.normal($0.unicodeScalars)
            }
            try files[number % 3].publish(bulletin)
        }
        let reader = try folder.reader()
        let bytes = texts.mapValues { fields in fields.map { Data($0.utf8) } }
        let fields = bulletins.flatMap { [$0.title].compactMap { $0 } + $0.paragraphs }
        var found = 0
        for _ in 0..<queries {
            let (query, terms) = Self.query(from: fields, &numbers)
            let wanted = terms.map { Data($0.utf8) }
            let expected = bytes.filter { _, fields in
                !wanted.isEmpty && wanted.allSatisfy { term in fields.contains { $0.range(of: term) != nil } }
            }.keys.sorted()
            // As typed: what a damaged text is repaired to is another test's matter.
            let (count, _, matches) = try reader.matches(SearchQuery(query), limit: nil, includeWithdrawn: false)
            #expect(matches.map(\.match.id).sorted() == expected, "query \(query.debugDescription)")
            #expect(count == expected.count)
            found += expected.count
        }
        // The oracle has something to say.
        #expect(found > queries)
    }

    /// One or two terms of 1 to 20 scalars, pieces of the texts or noise, as phrases or as words; and what they mean,
    /// which is known from how they were made and not from how they are read.
    static func query(from fields: [String], _ numbers: inout SeededGenerator) -> (query: String, terms: [String]) {
        var query = ""
        var terms: [String] = []
        for _ in 0..<Int.random(in: 1...2, using: &numbers) {
            let field = Array((fields.randomElement(using: &numbers) ?? "").unicodeScalars)
            var piece: [Unicode.Scalar]
            if field.isEmpty || Int.random(in: 0..<5, using: &numbers) == 0 {
                piece = Array(text(1...3, &numbers).unicodeScalars)
            } else {
                let start = Int.random(in: 0..<field.count, using: &numbers)
                let length = Int.random(in: 1...20, using: &numbers)
                piece = Array(field[start..<min(field.count, start + length)])
            }
            piece.removeAll { $0 == "\"" || $0 == "＂" }
            let isPlain =
                !piece.contains { isSpace($0) || "-:：*“「".unicodeScalars.contains($0) } && Bool.random(using: &numbers)
            let written = String(String.UnicodeScalarView(piece))
            query += (isPlain ? written : "\"\(written)\"") + " "
            let term = normal(piece).trimmingCharacters(in: .whitespaces)
            if !term.isEmpty { terms.append(term) }
        }
        return (query, terms)
    }
}
