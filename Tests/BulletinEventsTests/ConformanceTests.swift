import BulletinEvents
import Foundation
import TestSupport
import Testing

/// The decoder and the JSON Schema must accept the same documents; `scripts/validate-contract.py` asks the schema.
@Suite struct ConformanceTests {
    static let headers: [RejectedRecord.Header] = [
        ("ce_specversion", "1.0"), ("ce_type", "bulletin.published.v1"), ("ce_source", "test"), ("ce_id", "1"),
        ("content-type", "application/json"),
    ].map { RejectedRecord.Header(name: $0.0, value: .init(Array($0.1.utf8))) }

    @Test(arguments: try RepositoryFiles.files(in: "proto-json/conformance/valid", withExtension: "json"))
    func acceptsWhatTheSchemaAccepts(file: URL) throws {
        let value = try Data(contentsOf: file)
        _ = try value.withUnsafeBytes { try EventDecoder().decode(headers: Self.headers, value: $0) }
    }

    @Test(arguments: try RepositoryFiles.files(in: "proto-json/conformance/invalid", withExtension: "json"))
    func refusesWhatTheSchemaRefuses(file: URL) throws {
        let value = try Data(contentsOf: file)
        let error = #expect(throws: EventError.self) {
            try value.withUnsafeBytes { try EventDecoder().decode(headers: Self.headers, value: $0) }
        }
        #expect(error?.stage == .validate)
        #expect(error?.reason == .schemaViolation)
    }

    @Test func schemaAndTypeNameTheSameFields() throws {
        let file = RepositoryFiles.url("proto-json/bulletin.published.v1.schema.json")
        let schema = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
        let properties = try #require(schema["properties"] as? [String: Any])
        #expect(Set(properties.keys) == Set(Bulletin.CodingKeys.allCases.map(\.stringValue)))
    }
}
