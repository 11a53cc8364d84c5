import Foundation
import TestSupport
import Testing

@testable import BulletinEvents

/// Events in structured mode that are read in one go must be what `Decodable` reads.
@Suite struct StructuredBulletinTests {
    private struct Envelope: Decodable, Equatable {
        var specversion: String
        var type: String
        var source: String
        var id: String
        var time: String?
        var subject: String?
        var traceparent: String?
        var data: Bulletin
    }

    private static let bulletin: Bulletin = {
        var bulletin = Bulletin.full
        bulletin.contentHash = String(repeating: "0a", count: 32)
        return bulletin
    }()

    private let metadata = EventMetadata(
        id: "1:\"2\"",
        source: "urn:a",
        type: EventType.published.rawValue,
        time: "2024-05-01T08:00:00Z",
        subject: Self.bulletin.id
    )

    private func document(_ data: [UInt8] = Self.bulletin.json, space: String = "") -> [UInt8] {
        let attributes = """
            {"specversion":"1.0","type":"bulletin.published.v1","source":"urn:a","id":"1:\\"2\\"",\
            "time":"2024-05-01T08:00:00Z","subject":"\(Self.bulletin.id)","datacontenttype":"application/json","data":
            """
        return Array(attributes.utf8) + Array(space.utf8) + data + Array(space.utf8) + Array("}".utf8)
    }

    private func read(_ json: [UInt8]) -> StructuredBulletin? {
        json.withUnsafeBytes { StructuredBulletin(json: $0, traceHeader: nil) }
    }

    private func record(_ json: [UInt8]) throws -> EventRecord {
        try json.withUnsafeBytes { json in
            Result { () throws(EventError) in try EventDecoder().record(structured: json) }
        }.get()
    }

    @Test func dataGoesIntoTheRecordAsItIsWritten() throws {
        let expected = EventEncoder().encode(Self.bulletin, metadata: metadata)
        #expect(read(document()) != nil)
        #expect(try record(document()) == expected)
        #expect(try record(document(space: " \n")) == expected)
    }

    @Test func whatIsWrittenInAnotherWayBecomesTheSameRecord() throws {
        let text = String(decoding: document(), as: UTF8.self)
        let expected = try record(document())
        // Data before its type, an attribute that is unknown here, data as base64.
        let first = "{\"specversion\":\"1.0\",\"data\":\(String(decoding: Self.bulletin.json, as: UTF8.self)),"
        let rest = text.dropFirst("{\"specversion\":\"1.0\",".count).prefix { _ in true }
        let attributes = rest[..<(try #require(rest.range(of: ",\"data\":")).lowerBound)]
        let base64 = Data(Self.bulletin.json).base64EncodedString()
        for other in [
            first + attributes + "}",
            text.replacingOccurrences(of: "{\"specversion\"", with: "{\"extension\":[1,{}],\"specversion\""),
            "{\"specversion\":\"1.0\"," + attributes + ",\"data_base64\":\"\(base64)\"}",
        ] {
            #expect(read(Array(other.utf8)) == nil)
            #expect(try record(Array(other.utf8)) == expected)
        }
    }

    @Test func whatIsNoEventIsRefusedWithItsReason() {
        func reason(_ text: String) -> EventError.Reason? {
            do {
                _ = try record(Array(text.utf8))
                return nil
            } catch {
                return (error as? EventError)?.reason
            }
        }
        let text = String(decoding: document(), as: UTF8.self)
        #expect(reason(text.replacingOccurrences(of: "\"1.0\"", with: "\"2.0\"")) == .unsupportedSpecVersion)
        #expect(reason(text.replacingOccurrences(of: "\"urn:a\"", with: "\"\"")) == .missingAttribute)
        #expect(reason(text.replacingOccurrences(of: "published.v1", with: "published.v9")) == .unknownType)
        #expect(reason(String(text.dropLast())) == .invalidJSON)
        let other = text.replacingOccurrences(of: "\"subject\":\"", with: "\"subject\":\"x")
        #expect(reason(other) == .schemaViolation)
    }

    /// Bytes of the attributes changed, left out and doubled at random.
    @Test func whatIsTakenIsWhatDecodableTakes() {
        var random = SeededGenerator(seed: 13)
        let original = document(space: " ")
        let attributes = original.count - Self.bulletin.json.count - 3
        let pieces = ["null", "\\", "\"", "{", "}", ",", ":", "\\u0041", " ", "é"].map { Array($0.utf8) }
        var taken = 0
        for _ in 0..<5000 {
            var json = original
            let place = Int.random(in: 0..<attributes, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: json[place] = UInt8.random(in: .min ... .max, using: &random)
            case 1: json.remove(at: place)
            case 2: json.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: place)
            default: json.insert(contentsOf: json[place..<min(json.count, place + 9)], at: place)
            }
            guard let event = read(json) else { continue }
            taken += 1
            let found = Envelope(
                specversion: "1.0",
                type: event.metadata.type,
                source: event.metadata.source,
                id: event.metadata.id,
                time: event.metadata.time,
                subject: event.metadata.subject,
                traceparent: event.metadata.traceparent,
                data: event.bulletin
            )
            #expect(
                (try? JSONDecoder().decode(Envelope.self, from: Data(json))) == found,
                "\(String(decoding: json.prefix(attributes), as: UTF8.self))"
            )
            #expect((try? JSONDecoder().decode(Bulletin.self, from: Data(json[event.data]))) == event.bulletin)
        }
        #expect(taken > 500)
    }
}
