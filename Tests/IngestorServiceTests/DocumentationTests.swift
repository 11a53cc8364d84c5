import Foundation
import Operations
import TestSupport
import Testing

@testable import HTTPService
@testable import IngestorService

/// `docs/ingestor.md` tells of every metric, limit and kind of refusal what the code knows of it.
@Suite("Page of the ingestor") struct IngestorPageTests {
    private func page() throws -> String {
        try String(contentsOf: RepositoryFiles.url("docs/ingestor.md"), encoding: .utf8)
    }

    @Test(
        "Every metric has its row, with type and labels",
        arguments: ServiceMetrics.catalogue + MetricDescription.process
    )
    func metrics(metric: MetricDescription) throws {
        let start = "| `\(metric.name)` | \(metric.kind.rawValue) |"
        let row = try #require(try page().split(separator: "\n").first { $0.hasPrefix(start) }, "no row '\(start)'")
        for label in metric.labels { #expect(row.contains("`\(label)`"), "\(label)") }
    }

    @Test("Every setting of the service stands there as a flag", arguments: KnownSettings.ingestorService.map(\.flag))
    func settings(flag: String) throws {
        let page = try page()
        #expect(page.contains("`\(flag)`") || page.contains("`\(flag) "), "\(flag)")
    }

    @Test("Every kind of refusal has its status", arguments: Refusal.Code.ofIngestor)
    func refusals(code: String) throws {
        let status = try #require(Refusal.Code(rawValue: code)?.status)
        let rows = try page().split(separator: "\n").filter { $0.hasPrefix("| ") && $0.contains("`\(code)`") }
        #expect(rows.contains { $0.contains("\(status)") }, "\(code)")
    }
}

extension Refusal.Code {
    /// The names of those that an ingestor may answer with.
    static var ofIngestor: [String] { allCases.filter { !queries.contains($0) }.map(\.rawValue) }
}
