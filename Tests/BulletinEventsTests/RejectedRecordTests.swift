import BulletinEvents
import Foundation
import TestSupport
import Testing

@Suite struct RejectedRecordTests {
    @Test func nullAndEmptyBytesStayDistinct() throws {
        let record = RejectedRecord(
            topic: "bulletins",
            partition: 0,
            offset: 1,
            stage: .decode,
            reason: "invalid-json",
            message: "no JSON",
            key: nil,
            value: .init([]),
            headers: [.init(name: "a", value: nil), .init(name: "b", value: .init([0xFF]))]
        )
        let json = try JSONEncoder().encode(record)
        #expect(try JSONDecoder().decode(RejectedRecord.self, from: json) == record)
    }

    @Test func readsTheExample() throws {
        let file = RepositoryFiles.url("proto-json/examples/rejected.json")
        let record = try JSONDecoder().decode(RejectedRecord.self, from: Data(contentsOf: file))
        #expect(record.headers.count == 3)
        #expect(record.headers[1].value == .init([]))
        #expect(record.headers[2].value == nil)
    }

    @Test func schemaNamesEveryReasonAndStage() throws {
        let file = RepositoryFiles.url("proto-json/bulletin.rejected.v1.schema.json")
        let schema = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
        let properties = try #require(schema["properties"] as? [String: [String: Any]])
        #expect(properties["reason"]?["enum"] as? [String] == EventError.Reason.allCases.map(\.rawValue))
        #expect(properties["stage"]?["enum"] as? [String] == RejectedRecord.Stage.allCases.map(\.rawValue))
    }
}
