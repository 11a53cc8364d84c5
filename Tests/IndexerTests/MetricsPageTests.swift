import Foundation
import TestSupport
import Testing

@testable import Indexer

@Suite struct MetricsPageTests {
    @Test func everyMetricOfTheIndexerIsDocumented() throws {
        let page = String(decoding: try RepositoryFiles.bytes("docs/operations.md"), as: UTF8.self)
        let names = IndexerMetrics.catalogue.map(\.name).filter { $0.hasPrefix("bulletins_indexer_") }
        #expect(names.count > 10)
        for name in names { #expect(page.contains("`\(name)`"), "\(name)") }
    }
}
