import Foundation
import TestSupport
import Testing

@testable import BulletinEvents

/// What the reader takes, it must read as the types' `Decodable` does; what it does not take, `Decodable` gets.
@Suite struct JSONReaderTests {
    private func read(_ json: some Sequence<UInt8>) -> Bulletin? {
        Array(json).withUnsafeBytes { Bulletin(json: $0) }
    }

    private func decoded(_ json: some Sequence<UInt8>) -> Bulletin? {
        try? JSONDecoder().decode(Bulletin.self, from: Data(json))
    }

    @Test func whatTheWriterWritesIsRead() throws {
        var unset = Bulletin.full
        unset.people = [Person(name: "")]
        unset.organizations = [Organization(name: "")]
        unset.documents = [CitedDocument(title: "")]
        unset.directives = [Directive(sequence: 0, text: "")]
        unset.parser = nil
        let empty = Bulletin(id: "", kind: .other, paragraphs: [], contentHash: "")
        for bulletin in [Bulletin.full, unset, empty] { #expect(read(bulletin.json) == bulletin) }
    }

    @Test func theContractsExamplesAreRead() throws {
        let value = try RepositoryFiles.bytes("proto-json/examples/published.binary.json")
        #expect(read(value) == decoded(value))
    }

    @Test func everyEscapeIsRead() throws {
        var bulletin = Bulletin(id: "", kind: .other, paragraphs: [], contentHash: "")
        let plain = String(decoding: bulletin.json, as: UTF8.self)
        let escapes = #"\" \\ \/ \b \f \n \r \t \u0041 \u4e2d \u4E2D \uD83D\uDE00 \u0000 中\u00e9é"#
        let json = plain.replacingOccurrences(of: #""raw":null"#, with: "\"raw\":\"\(escapes)\"")
        bulletin.raw = "\" \\ / \u{8} \u{C} \n \r \t A 中 中 \u{1F600} \0 中éé"
        #expect(read(json.utf8) == bulletin)
        #expect(decoded(json.utf8) == bulletin)
    }

    @Test(arguments: [
        #"{"id":"a"}"#, #"{"id":"a","id":"b"}"#, "", "{", "[]", "null", #"{"unknown":1}"#, #"{"raw":"\ud800"}"#,
    ])
    func whatIsUnusualIsLeftToFoundation(_ json: String) {
        #expect(read(json.utf8) == nil)
    }

    /// Bytes changed, left out, doubled and cut at random: what is still taken is what `Decodable` takes, and the same.
    @Test func whatIsTakenIsWhatDecodableTakes() {
        var random = SeededGenerator(seed: 8)
        let original = Bulletin.full.json
        let pieces = [
            "null", "1.0", "1e2", "-0", "01", " ", "\n", "\t", "\\", "\"", "{", "}", "[", "]", ",", ":", "\u{1}", "é",
            "true",
            "\\u0041", "\\ud800", "99999999999999999999", "-7", "\u{FEFF}",
        ].map { Array($0.utf8) }
        var taken = 0
        for _ in 0..<20_000 {
            var json = original
            for _ in 0..<Int.random(in: 1...2, using: &random) {
                let place = Int.random(in: 0..<json.count, using: &random)
                switch Int.random(in: 0..<5, using: &random) {
                case 0: json[place] = UInt8.random(in: .min ... .max, using: &random)
                case 1: json.remove(at: place)
                case 2: json.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: place)
                case 3: json.removeSubrange(place..<min(json.count, place + 12))
                default: json.insert(contentsOf: json[place..<min(json.count, place + 9)], at: place)
                }
                if json.isEmpty { break }
            }
            guard let bulletin = read(json) else { continue }
            taken += 1
            #expect(decoded(json) == bulletin, "\(String(decoding: json, as: UTF8.self))")
        }
        // Enough of the changes hit texts, which stay texts.
        #expect(taken > 500)
    }
}
