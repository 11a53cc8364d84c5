import Foundation
import TestSupport
import Testing

/// Real processes, killed with -9: the read model must equal that of a run without faults.
@Suite(.serialized) struct FaultTests {
    @Test func killedIndexerLosesAndRepeatsNothing() async throws {
        let services = try await Services(partitions: 4)
        let count = 1_200
        let first = try SampleBulletins.write(0..<count / 2, to: "first", in: services.folder)
        let second = try SampleBulletins.write(count / 2..<count, to: "second", in: services.folder)
        let changed = try SampleBulletins.write(0..<100, revision: 1, to: "changed", in: services.folder)

        let data = try services.folder.folder("shared")
        let survivor = try services.startIndexer(dataDirectory: data)
        let victim = try services.startIndexer(dataDirectory: data)
        #expect(try await services.publish([first]).status == 0)
        try await eventually("something is indexed") { try await services.indexedCount(data) > 50 }
        victim.signal(SIGKILL)
        #expect(try await services.publish([second]).status == 0)
        let restarted = try services.startIndexer(dataDirectory: data)
        #expect(try await services.publish([changed]).status == 0)

        let clean = try services.folder.folder("clean")
        let reference = try services.startIndexer(dataDirectory: clean, group: "reference")
        try await eventually(within: .seconds(90), "both read models stand at the end of the log") {
            let (one, other) = (try? await services.digest(data), try? await services.digest(clean))
            return one?.last?.bulletins == count && offsets(one) == offsets(other)
        }
        for indexer in [survivor, restarted, reference] { indexer.signal(SIGTERM) }
        for indexer in [survivor, restarted, reference] {
            let result = try await indexer.finish(within: .seconds(40))
            #expect(result.status == 0, "\(result.messages)")
        }
        let digests = try await services.digest(data)
        #expect(digests == (try await services.digest(clean)))
        // Every record of the log counts once: offsets run without a gap, and publishing made no other records.
        #expect(digests.compactMap(\.nextOffset).reduce(0, +) == Int64(count + 100))
        try await services.close()
    }

    @Test func twoWritersOnOneFolderAgree() async throws {
        let services = try await Services(partitions: 2)
        let inputs = try SampleBulletins.write(0..<400, to: "inputs", in: services.folder)
        let data = try services.folder.folder("shared")
        // Two groups: both are assigned every partition and write the same files.
        let one = try services.startIndexer(dataDirectory: data, group: "one")
        let other = try services.startIndexer(dataDirectory: data, group: "other")
        #expect(try await services.publish([inputs]).status == 0)
        try await eventually("everything is indexed") { try await services.indexedCount(data) == 400 }
        let clean = try services.folder.folder("clean")
        let reference = try services.startIndexer(dataDirectory: clean, group: "reference")
        try await eventually("the reference is complete") { try await services.indexedCount(clean) == 400 }
        for indexer in [one, other, reference] { indexer.signal(SIGTERM) }
        for indexer in [one, other, reference] {
            let result = try await indexer.finish(within: .seconds(40))
            #expect(result.status == 0, "\(result.messages)")
        }
        #expect(try await services.digest(data) == (try await services.digest(clean)))
        try await services.close()
    }

    private func offsets(_ digests: [DigestRow]?) -> [Int64]? {
        digests?.compactMap(\.nextOffset)
    }
}
