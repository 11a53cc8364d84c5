import BulletinEvents
import Foundation
import TestSupport
import Testing

/// The records' values are written by hand; they must be what the types' `Encodable` says.
@Suite struct JSONWriterTests {
    private let metadata = EventMetadata(id: "1", source: "s", type: EventType.published.rawValue)

    private func expected(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private func written(_ bulletin: Bulletin) throws -> String {
        String(decoding: try #require(EventEncoder().encode(bulletin, metadata: metadata).value), as: UTF8.self)
    }

    /// A bulletin in which every field of every object is set.
    private var full: Bulletin {
        var bulletin = Bulletin(id: "id", kind: .notice, paragraphs: ["一。", "二"], contentHash: "00")
        bulletin.title = "标题"
        bulletin.source = "来源"
        bulletin.issuer = "机关"
        bulletin.author = "作者"
        bulletin.byline = ["甲", "乙"]
        bulletin.documentNumber = "云政发〔2021〕7号"
        bulletin.publishedOn = BulletinDate(year: 2021, month: 3, day: 4)
        bulletin.publishedAt = "2021-03-04T05:06:00+08:00"
        bulletin.signedOn = BulletinDate(year: 2021, month: 3, day: 3)
        bulletin.eventDate = BulletinDate(year: nil, month: 2, day: 29)
        bulletin.eventEndDate = BulletinDate(year: 2021, month: 3, day: 2)
        bulletin.url = "https://example.org/a?b=c&d"
        bulletin.site = "云溪县人民政府"
        bulletin.place = "云溪县"
        let span = Span(paragraph: 12, start: 345, end: 67890)
        bulletin.people = [Person(name: "周砚秋", roles: ["县长", "县委副书记"], mentions: [span, span])]
        bulletin.organizations = [
            Organization(name: "县水利局", canonicalName: "云溪县水利局", collective: false, mentions: [span]),
            Organization(name: "各乡镇", collective: true, mentions: [Span(paragraph: nil, start: 0, end: 3)]),
        ]
        bulletin.directives = [
            Directive(
                sequence: 0,
                speaker: "周砚秋",
                speakerText: "会议",
                responsible: ["县水利局"],
                text: "排查",
                deadline: "月底前",
                heading: true,
                span: span
            ),
            Directive(sequence: 10, text: "整改"),
        ]
        bulletin.documents = [CitedDocument(title: "预案", mentions: [span])]
        bulletin.quotedTerms = ["四方责任"]
        bulletin.attendees = ["各单位"]
        bulletin.places = ["云溪河"]
        bulletin.text = TextReport(
            encoding: "gb18030",
            script: "hans",
            repairs: [.init(kind: "pinyin", count: 222)],
            conflicts: [.init(field: "title", stated: "甲", found: "乙")]
        )
        bulletin.raw = "原文\r\n\t\"引\" \\ / <b>&\u{7F}\u{2028}\u{1F600}"
        bulletin.parser = ParserIdentity(name: "parser", version: "1.0.0")
        return bulletin
    }

    @Test func aBulletinIsWrittenAsItsEncodableSays() throws {
        #expect(try written(full) == expected(full))
        for key in Bulletin.CodingKeys.allCases {
            // A field that is new in the type has to be new above and in the writer, too.
            let object = try #require(
                try JSONSerialization.jsonObject(with: Data(written(full).utf8)) as? [String: Any]
            )
            #expect(object[key.rawValue].map { !($0 is NSNull) } == true, "\(key.rawValue)")
        }
    }

    @Test func absentFieldsAreWrittenAsTheEncodableSays() throws {
        let empty = Bulletin(id: "", kind: .other, paragraphs: [], contentHash: "")
        #expect(try written(empty) == expected(empty))
        var unset = full
        unset.people = [Person(name: "")]
        unset.organizations = [Organization(name: "")]
        unset.documents = [CitedDocument(title: "")]
        #expect(try written(unset) == expected(unset))
    }

    @Test func examplesAreWrittenAsTheirEncodableSays() throws {
        let value = try RepositoryFiles.bytes("proto-json/examples/published.binary.json")
        let bulletin = try JSONDecoder().decode(Bulletin.self, from: Data(value))
        #expect(try written(bulletin) == expected(bulletin))
    }

    @Test func withdrawalsAreWrittenAsTheirEncodableSays() throws {
        for withdrawal in [Withdrawal(id: "x"), Withdrawal(id: "\"", reason: "reason\n")] {
            let value = try #require(EventEncoder().encode(withdrawal, metadata: metadata).value)
            #expect(try String(decoding: value, as: UTF8.self) == expected(withdrawal))
        }
    }

    /// Whatever needs escaping, at every place of the eight bytes that are looked at together.
    @Test func everyCharacterIsEscapedAsFoundationDoes() throws {
        let scalars = (0..<0x100).map { Unicode.Scalar(UInt8($0)) } + ["中", "\u{2028}", "\u{FEFF}", "\u{10FFFF}"]
        for length in 0..<18 {
            for scalar in scalars {
                var bulletin = Bulletin(id: "", kind: .other, paragraphs: [], contentHash: "")
                bulletin.raw = String(repeating: "a", count: length) + String(scalar) + "中文abc"
                #expect(try written(bulletin) == expected(bulletin))
            }
        }
    }

    @Test func numbersOfEverySizeAreWritten() throws {
        var bulletin = Bulletin(id: "", kind: .other, paragraphs: [], contentHash: "")
        for number in [0, 1, 9, 10, 99, 100, 12_345, -1, -10, .max, .min] {
            bulletin.directives = [Directive(sequence: number, text: "")]
            #expect(try written(bulletin) == expected(bulletin))
        }
    }
}
