import Foundation
import HTTPTypes
import Operations
import TestSupport
import Testing

@testable import HTTPService
@testable import QueryService

/// The OpenAPI document and `docs/api.md` tell of every path, parameter and refusal what the code knows of it.
@Suite("Page and description of the query API") struct QueryPageTests {
    private func page() throws -> String {
        try String(contentsOf: RepositoryFiles.url("docs/api.md"), encoding: .utf8)
    }

    private func document() throws -> [String: Any] {
        let data = try RepositoryFiles.bytes("Sources/QueryService/Description/openapi.json")
        return try #require(try JSONSerialization.jsonObject(with: Data(data)) as? [String: Any])
    }

    private func paths() throws -> [String: [String: [String: Any]]] {
        try #require(try document()["paths"] as? [String: [String: [String: Any]]])
    }

    @Test("The description has every path with its methods and its scope, and no other")
    func routes() throws {
        let paths = try paths()
        for (path, operations) in paths {
            for (method, operation) in operations {
                let route = try QueryRoute(
                    method: try #require(.init(method.uppercased())),
                    path: path.replacing("{id}", with: "abc").replacing("{question}", with: "summary")
                )
                #expect(route.template == path)
                let security = try #require(operation["security"] as? [[String: [String]]], "\(path)")
                switch route.access {
                case .anybody: #expect(security.isEmpty, "\(path)")
                case .scope(let scope): #expect(security.contains { $0["bearer"] == [scope.rawValue] }, "\(path)")
                }
            }
        }
        let others =
            ProbePath.allCases.map(\.rawValue) + ["/openapi.json", "/v1/partitions", "/v1/partitions/{question}"]
        #expect(Set(paths.keys) == Set(Endpoint.allCases.map(\.template) + others))
    }

    @Test("The description and the page have every parameter", arguments: Endpoint.allCases)
    func parameters(endpoint: Endpoint) throws {
        let operation = try #require(try paths()[endpoint.template]?["get"])
        let described = try #require(operation["parameters"] as? [[String: Any]])
        let names = described.filter { $0["in"] as? String == "query" }.compactMap { $0["name"] as? String }
        #expect(Set(names) == Set(endpoint.parameters + ["format"]))
        let row = try #require(
            try page().split(separator: "\n").first {
                $0.contains("`\(endpoint.template)`") || $0.contains("GET \(endpoint.template)`")
            }
        )
        if endpoint != .matrix {
            for name in endpoint.parameters { #expect(row.contains("`\(name)`"), "\(endpoint) \(name)") }
        }
    }

    @Test("The description and the page have every refusal with its status")
    func refusals() throws {
        let components = try #require(try document()["components"] as? [String: [String: [String: Any]]])
        let properties = try #require(components["schemas"]?["Problem"]?["properties"] as? [String: [String: Any]])
        let codes = Refusal.Code.allCases.filter { !Refusal.Code.intake.contains($0) }
        #expect(Set(try #require(properties["code"]?["enum"] as? [String])) == Set(codes.map(\.rawValue)))
        let rows = try page().split(separator: "\n").filter { $0.hasPrefix("| ") }
        for code in codes {
            #expect(rows.contains { $0.contains("`\(code.rawValue)`") && $0.contains("\(code.status)") }, "\(code)")
        }
    }

    @Test("Every metric has its row", arguments: QueryMetrics.catalogue)
    func metrics(metric: MetricDescription) throws {
        let start = "| `\(metric.name)` | \(metric.kind.rawValue) |"
        let row = try #require(try page().split(separator: "\n").first { $0.hasPrefix(start) }, "no row '\(start)'")
        for label in metric.labels { #expect(row.contains("`\(label)`"), "\(label)") }
    }

    @Test("The next page keeps what was asked")
    func nextPage() {
        #expect(
            NextPage.target("/v1/search", "q=%E6%B1%9B&after=old&limit=2", after: "a b/3")
                == "/v1/search?q=%E6%B1%9B&limit=2&after=a%20b/3"
        )
    }
}
