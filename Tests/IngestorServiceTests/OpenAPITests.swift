import Foundation
import Testing

@testable import HTTPService
@testable import IngestorService

/// The description says what the service does; schemathesis (`scripts/check-api.sh`) asks the running one.
@Suite("OpenAPI document") struct OpenAPITests {
    private func document() throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(OpenAPIDocument.bytes)) as? [String: Any])
    }

    @Test("It has every route with its methods and its scope, and no other")
    func routes() throws {
        let paths = try #require(try document()["paths"] as? [String: [String: [String: Any]]])
        var found: [String: Set<String>] = [:]
        for (path, operations) in paths {
            for (method, operation) in operations {
                let method = method.uppercased()
                let route = try Route(
                    method: try #require(.init(method)),
                    path: path.replacingOccurrences(of: "{id}", with: "abc")
                )
                #expect(route.template == path)
                found[path, default: []].insert(method)
                let security = try #require(operation["security"] as? [[String: [String]]], "\(path)")
                switch route.access {
                case .anybody: #expect(security.isEmpty, "\(path)")
                case .scope(let scope): #expect(security.contains { $0["bearer"] == [scope.rawValue] }, "\(path)")
                }
            }
        }
        let routes: [Route] = [
            .publish, .batch, .withdraw(id: "a"), .delivery(id: "a"), .live, .ready, .metrics, .openAPI,
        ]
        #expect(Set(found.keys) == Set(routes.map(\.template)))
    }

    @Test("It has every kind of problem")
    func problems() throws {
        let components = try #require(try document()["components"] as? [String: [String: [String: Any]]])
        let properties = try #require(components["schemas"]?["Problem"]?["properties"] as? [String: [String: Any]])
        #expect(
            Set(try #require(properties["code"]?["enum"] as? [String])) == Set(Refusal.Code.ofIngestor)
        )
    }
}
