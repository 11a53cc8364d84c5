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

    @Test func aBulletinIsWrittenAsItsEncodableSays() throws {
        #expect(try written(.full) == expected(Bulletin.full))
        for key in Bulletin.CodingKeys.allCases {
            // A field that is new in the type has to be new above and in the writer, too.
            let object = try #require(
                try JSONSerialization.jsonObject(with: Data(written(.full).utf8)) as? [String: Any]
            )
            #expect(object[key.rawValue].map { !($0 is NSNull) } == true, "\(key.rawValue)")
        }
    }

    @Test func absentFieldsAreWrittenAsTheEncodableSays() throws {
        let empty = Bulletin(id: "", kind: .other, paragraphs: [], contentHash: "")
        #expect(try written(empty) == expected(empty))
        var unset = Bulletin.full
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
