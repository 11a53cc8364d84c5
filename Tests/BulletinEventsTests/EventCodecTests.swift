import BulletinEvents
import Foundation
import TestSupport
import Testing

@Suite struct EventCodecTests {
    private func example(_ name: String) throws -> (headers: [RejectedRecord.Header], value: [UInt8]) {
        let lines = String(decoding: try RepositoryFiles.bytes("proto-json/examples/\(name).headers"), as: UTF8.self)
        let headers = lines.split(separator: "\n").map { line in
            let parts = line.split(separator: "=", maxSplits: 1)
            return RejectedRecord.Header(name: String(parts[0]), value: .init(Array(parts[1].utf8)))
        }
        return (headers, try RepositoryFiles.bytes("proto-json/examples/\(name).json"))
    }

    private func decode(_ headers: [RejectedRecord.Header], _ value: [UInt8]?) throws -> Event {
        guard let value else { return try EventDecoder().decode(headers: headers, value: nil) }
        return try value.withUnsafeBytes { try EventDecoder().decode(headers: headers, value: $0) }
    }

    private func header(_ name: String, _ text: String) -> RejectedRecord.Header {
        .init(name: name, value: .init(Array(text.utf8)))
    }

    private var attributes: [RejectedRecord.Header] {
        [
            header("ce_specversion", "1.0"), header("ce_type", "bulletin.published.v1"), header("ce_source", "s"),
            header("ce_id", "1"),
        ]
    }

    private func failure(_ headers: [RejectedRecord.Header], _ value: [UInt8]?) -> EventError? {
        #expect(throws: EventError.self) { try decode(headers, value) }
    }

    @Test func binaryModeSurvivesARoundTrip() throws {
        let (headers, value) = try example("published.binary")
        guard case .published(let bulletin, let metadata) = try decode(headers, value) else {
            Issue.record("not a published bulletin")
            return
        }
        #expect(metadata.subject == bulletin.id)
        #expect(metadata.traceparent == "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
        let record = EventEncoder().encode(bulletin, metadata: metadata)
        #expect(record.key == Array(bulletin.id.utf8))
        #expect(try decode(record.headers, record.value) == .published(bulletin, metadata))
        #expect(EventEncoder().encode(bulletin, metadata: metadata) == record)
    }

    @Test func structuredModeCarriesTheSameEvent() throws {
        let (headers, value) = try example("published.structured")
        guard case .published(let bulletin, let metadata) = try decode(headers, value) else {
            Issue.record("not a published bulletin")
            return
        }
        #expect(bulletin.documentNumber == "青政办发〔2021〕7号")
        #expect(metadata.type == "bulletin.published.v1")
    }

    @Test func structuredModeTakesBase64Data() throws {
        let data = Data(#"{"id":"x"}"#.utf8).base64EncodedString()
        let value = """
            {"specversion":"1.0","type":"bulletin.withdrawn.v1","source":"s","id":"1","data_base64":"\(data)"}
            """
        let event = try decode([header("content-type", "application/cloudevents+json")], Array(value.utf8))
        #expect(event.metadata.id == "1")
        guard case .withdrawn(let withdrawal, _) = event else {
            Issue.record("not a withdrawal")
            return
        }
        #expect(withdrawal == Withdrawal(id: "x"))
    }

    @Test func withdrawalSurvivesARoundTrip() throws {
        let metadata = EventMetadata(id: "1", source: "s", type: EventType.withdrawn.rawValue, subject: "x")
        let record = EventEncoder().encode(Withdrawal(id: "x", reason: "gone"), metadata: metadata)
        #expect(try decode(record.headers, record.value) == .withdrawn(Withdrawal(id: "x", reason: "gone"), metadata))
    }

    @Test func tombstoneIsNoEvent() {
        #expect(failure(attributes, nil)?.reason == .tombstone)
    }

    @Test func emptyValueIsNoJSON() {
        #expect(failure(attributes, [])?.reason == .invalidJSON)
    }

    @Test(arguments: ["ce_specversion", "ce_type", "ce_source", "ce_id"])
    func everyRequiredAttributeIsRequired(name: String) {
        let error = failure(attributes.filter { $0.name != name }, Array("{}".utf8))
        #expect(error?.stage == .envelope)
        #expect(error?.reason == .missingAttribute)
    }

    @Test func nullAndInvalidHeadersAreRefusedNotTrapped() {
        let null = attributes.map { $0.name == "ce_id" ? .init(name: "ce_id", value: nil) : $0 }
        #expect(failure(null, Array("{}".utf8))?.reason == .missingAttribute)
        let invalid = attributes.map { $0.name == "ce_id" ? .init(name: "ce_id", value: .init([0xFF])) : $0 }
        #expect(failure(invalid, Array("{}".utf8))?.reason == .missingAttribute)
    }

    @Test func unknownVersionTypeAndContentTypeAreRefused() {
        let version = attributes.map { $0.name == "ce_specversion" ? header("ce_specversion", "2.0") : $0 }
        #expect(failure(version, Array("{}".utf8))?.reason == .unsupportedSpecVersion)
        let type = attributes.map { $0.name == "ce_type" ? header("ce_type", "bulletin.sung.v1") : $0 }
        #expect(failure(type, Array("{}".utf8))?.reason == .unknownType)
        #expect(failure(attributes + [header("content-type", "text/xml")], [0x31])?.reason == .unsupportedContentType)
    }

    @Test func subjectMustNameTheBulletin() throws {
        let (headers, value) = try example("published.binary")
        let other = headers.map { $0.name == "ce_subject" ? header("ce_subject", "another") : $0 }
        #expect(failure(other, value)?.reason == .schemaViolation)
    }

    @Test func deeplyNestedJSONIsRefusedNotTrapped() {
        let bomb = String(repeating: "[", count: 200_000)
        #expect(failure(attributes, Array(bomb.utf8))?.reason == .invalidJSON)
    }

    @Test func messagesNameFieldsAndNeverValues() {
        let value = Array(#"{"id":"x","kind":"secret","paragraphs":[],"contentHash":""}"#.utf8)
        let error = failure(attributes, value)
        #expect(error?.message.contains("kind") == true)
        #expect(error?.message.contains("secret") == false)
    }
}
