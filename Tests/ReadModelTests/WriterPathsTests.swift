import BulletinEvents
import TestSupport
import Testing

@testable import BulletinText
@testable import ReadModel

/// Short ways that the writer takes, held equal to what they stand for.
struct WriterPathsTests {
    private static let pieces = [
        "局", "區", "区", " ", "\u{3000}", "Ａ", "a", "A", "é", "e\u{301}", "𠮷", "，", "\u{0}", "\u{FEFF}", "ß", "㐂",
    ]

    private static func text(_ numbers: inout SeededGenerator, _ longest: Int) -> String {
        (0..<Int.random(in: 0...longest, using: &numbers)).map { _ in pieces.randomElement(using: &numbers) ?? "" }
            .joined()
    }

    @Test func aKeyIsTheFoldedTextWithoutWhiteSpace() {
        var numbers = SeededGenerator(seed: 5)
        for _ in 0..<2_000 {
            let text = Self.text(&numbers, 8)
            var scalars = String.UnicodeScalarView()
            for scalar in text.unicodeScalars where !FoldedText.isWhiteSpace(scalar) {
                scalars.append(Folding.fold(scalar))
            }
            let key = String(scalars)
            #expect(FoldedText.key(text).utf8.elementsEqual(key.utf8), "\(text.debugDescription)")
            // A String's == takes canonically equivalent texts for the same.
            #expect((FoldedText.keyIfDifferent(text) == nil) == key.utf8.elementsEqual(text.utf8))
        }
    }

    @Test func aNameMeansTheFirstThatBearsItElseTheFirstWhoseFullNameItIs() {
        var numbers = SeededGenerator(seed: 6)
        for _ in 0..<500 {
            let count = Int.random(in: 0...9, using: &numbers)
            let names = (0..<count).map { _ in Self.text(&numbers, 2) }
            let fullNames = (0..<count).map { _ in Bool.random(using: &numbers) ? Self.text(&numbers, 2) : nil }
            let positions = NamePositions(names: names, fullNames: fullNames)
            for name in names + fullNames.compactMap(\.self) + [Self.text(&numbers, 2)] {
                let expected =
                    names.firstIndex { $0.utf8.elementsEqual(name.utf8) }
                    ?? fullNames.firstIndex { $0?.utf8.elementsEqual(name.utf8) ?? false }
                #expect(positions[name] == expected, "\(name.debugDescription) of \(names), \(fullNames)")
            }
        }
    }

    @Test func spansAreWrittenAsTheyAreRead() {
        let spans = [
            Span(paragraph: nil, start: 0, end: 9), Span(paragraph: 10, start: 99, end: 100),
            Span(paragraph: 12_345, start: Int.max - 1, end: Int.max),
        ]
        #expect(SpanJSON.encode(spans) == "[[null,0,9],[10,99,100],[12345,\(Int.max - 1),\(Int.max)]]")
        #expect(SpanJSON.decode(SpanJSON.encode(spans)) == spans)
        #expect(SpanJSON.encode([]) == "[]")
        #expect(SpanJSON.encode([Span(paragraph: 0, start: -120, end: Int.min)]) == "[[0,-120,\(Int.min)]]")
        var json = Array("what was there before".utf8)
        SpanJSON.write(Array(spans.prefix(1)), over: &json)
        #expect(String(decoding: json, as: UTF8.self) == "[[null,0,9]]")
    }

    /// More text than there is room to keep while the rows are written, in many pieces and in single ones.
    @Test func aLongBulletinComesBackWhole() throws {
        let folder = try TestFolder()
        let file = try folder.open()
        var numbers = SeededGenerator(seed: 7)
        func name() -> String { "甲" + Self.text(&numbers, 40) }
        for id in ["a", "b", "c"] {
            var bulletin = Sample.bulletin(id, title: name(), (0..<200).map { _ in name() })
            bulletin.organizations = (0..<300).map { _ in Organization(name: name(), canonicalName: name()) }
            bulletin.people = (0..<200).map { _ in Person(name: name(), roles: [name(), name()]) }
            bulletin.places = [String(repeating: "長", count: 20_000), name(), String(repeating: "短", count: 9_000), ""]
            bulletin.directives = (0..<100).map {
                Directive(
                    sequence: $0,
                    speaker: name(),
                    speakerText: name(),
                    responsible: [name(), name()],
                    text: name()
                )
            }
            try file.publish(bulletin)
            #expect(try folder.reader().show(id).bulletin == bulletin)
        }
        #expect(try file.checkIntegrity() == [])
    }
}
