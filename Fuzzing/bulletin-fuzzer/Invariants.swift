import BulletinEvents
import BulletinParser
import BulletinText
import FuzzDriver

/// What must hold of any input whatever. A violation traps, which libFuzzer reports with the input that caused it.
enum Invariants {
    static func check(_ bytes: [UInt8]) {
        // Which label came with the document is part of the input; the length tells, so that any file can be fed as it is.
        let label = [nil, "gbk", "big5", "utf-8", "iso-8859-1", "utf-16", nil][bytes.count % 7]
        guard let text = decoded(bytes, label: label) else {
            // Few made-up inputs decode; the bytes read leniently make a text that the parser has to bear too.
            let text = String(decoding: bytes, as: UTF8.self)
            repaired(text)
            return parsed(ParserInput(bytes: Array(text.utf8)))
        }
        repaired(text)
        // What a dump states of a document is made up by strangers too.
        let stated = bytes.count % 3 == 0 ? stated(text) : .init()
        parsed(ParserInput(bytes: bytes, charset: label, stated: stated))
    }

    /// The text's first lines as if somebody had stated them; an empty line states an empty field.
    private static func stated(_ text: String) -> ParserInput.Stated {
        let lines = text.split(separator: "\n", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        func line(_ index: Int) -> String? { lines.indices.contains(index) ? lines[index] : nil }
        return .init(title: line(0), source: line(1), date: line(2), author: line(3), site: line(4))
    }

    private static func decoded(_ bytes: [UInt8], label: String?) -> String? {
        do {
            let decoded = try TextDecoder.decode(bytes, label: label)
            let again = try? TextDecoder.decode(bytes, label: label)
            FuzzDriver.require(again == decoded, "decoding twice gives two texts")
            return decoded.text
        } catch {
            FuzzDriver.require(
                error.offset.map { (0...bytes.count).contains($0) } ?? true,
                "an error lies outside the input"
            )
            return nil
        }
    }

    private static func repaired(_ text: String) {
        let once = TextRepair.repair(text)
        FuzzDriver.require(once == TextRepair.repair(text), "repairing twice gives two texts")
        FuzzDriver.require(once.repairs.allSatisfy { $0.count > 0 }, "a repair is counted that was not made")
        FuzzDriver.require(
            once.repairs.map(\.kind) == once.repairs.map(\.kind).sorted(),
            "the repairs are not sorted by kind"
        )
        let again = TextRepair.repair(once.text)
        FuzzDriver.require(again.text == once.text && again.repairs.isEmpty, "a repaired text is repaired again")
    }

    private static func parsed(_ input: ParserInput) {
        let parser = BulletinParser()
        guard let bulletin = try? parser.parse(input) else { return }
        FuzzDriver.require(bulletin == (try? parser.parse(input)), "parsing twice gives two bulletins")
        let lengths = bulletin.paragraphs.map(\.unicodeScalars.count)
        let title = bulletin.title?.unicodeScalars.count
        for span in bulletin.people.flatMap(\.mentions) + bulletin.organizations.flatMap(\.mentions)
            + bulletin.documents.flatMap(\.mentions) + bulletin.directives.compactMap(\.span)
        {
            let length = span.paragraph.map { lengths.indices.contains($0) ? lengths[$0] : -1 } ?? title ?? -1
            FuzzDriver.require(
                span.start >= 0 && span.start <= span.end && span.end <= length,
                "a span lies outside the text"
            )
        }
        FuzzDriver.require(!bulletin.paragraphs.contains { $0.contains("\n") }, "a paragraph holds a line break")
    }
}
