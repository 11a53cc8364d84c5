import BulletinEvents
import BulletinText
import Foundation
import TestSupport
import Testing

@testable import ReadModel

/// Search finds what a search through the folded texts finds, no more and no less.
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

    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        [" ", "\u{3000}", "\t", "\u{0}"].contains(scalar)
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

    /// The terms of a query, read in the plainest way.
    static func terms(_ query: String) -> [String] {
        var terms: [String] = []
        for (index, part) in query.unicodeScalars.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        {
            if index % 2 == 1 {
                terms.append(normal(part).trimmingCharacters(in: .whitespaces))
            } else {
                terms += part.split(whereSeparator: isSpace).map { normal($0) }
            }
        }
        return terms.filter { !$0.isEmpty }
    }

    static func contains(_ text: [UInt8], _ term: [UInt8]) -> Bool {
        guard text.count >= term.count else { return false }
        return (0...(text.count - term.count)).contains { text[$0..<($0 + term.count)].elementsEqual(term) }
    }

    @Test(arguments: [1, 2, 3])
    func hitsAreThoseOfAFoldedSubstringSearch(seed: UInt64) throws {
        var numbers = SeededGenerator(seed: seed)
        let folder = try TestFolder()
        let files = try (0..<2).map { try folder.open(Int32($0)) }
        var texts: [String: [String]] = [:]
        for number in 0..<120 {
            let id = "b\(number)"
            var bulletin = Sample.bulletin(
                id,
                title: number % 5 == 0 ? nil : Self.text(0...8, &numbers),
                (0..<Int.random(in: 0...3, using: &numbers)).map { _ in Self.text(0...40, &numbers) }
            )
            bulletin.contentHash = "\(number)"
            texts[id] = ([bulletin.title].compactMap { $0 } + bulletin.paragraphs).map {
                Self.normal($0.unicodeScalars)
            }
            try files[number % 2].publish(bulletin)
        }
        let reader = try folder.reader()
        let bytes = texts.mapValues { fields in fields.map { Array($0.utf8) } }
        var found = 0
        for _ in 0..<800 {
            let query = Self.query(from: texts, &numbers)
            let terms = Self.terms(query).map { Array($0.utf8) }
            let expected = bytes.filter { _, fields in
                !terms.isEmpty && terms.allSatisfy { term in fields.contains { Self.contains($0, term) } }
            }.keys.sorted()
            let results = try reader.search(query, limit: nil)
            #expect(results.hits.map(\.id).sorted() == expected, "query \(query.debugDescription)")
            #expect(results.count == expected.count)
            #expect(try reader.search(query, limit: 1).count == expected.count)
            found += expected.count
        }
        // The oracle has something to say.
        #expect(found > 800)
    }

    /// Pieces of the texts, and noise: 1 to 20 scalars, sometimes with quotation marks.
    static func query(from texts: [String: [String]], _ numbers: inout SeededGenerator) -> String {
        var query = ""
        for _ in 0..<Int.random(in: 1...2, using: &numbers) {
            let fields = texts["b\(Int.random(in: 0..<texts.count, using: &numbers))"] ?? []
            let field = Array((fields.randomElement(using: &numbers) ?? "").unicodeScalars)
            var piece = String.UnicodeScalarView()
            if field.isEmpty || Int.random(in: 0..<4, using: &numbers) == 0 {
                piece = text(1...3, &numbers).unicodeScalars
            } else {
                let start = Int.random(in: 0..<field.count, using: &numbers)
                let length = Int.random(in: 1...10, using: &numbers)
                piece.append(contentsOf: field[start..<min(field.count, start + length)])
            }
            switch Int.random(in: 0..<5, using: &numbers) {
            case 0: query += "\"\(String(piece))\""
            case 1: query += "\"\(String(piece))"
            default: query += String(piece) + " "
            }
        }
        return query
    }
}
