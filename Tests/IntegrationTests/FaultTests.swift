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
        let survivor = try services.startIndexer(dataDirectory: data, logLevel: "debug")
        let victim = try services.startIndexer(dataDirectory: data, logLevel: "debug")
        try await eventually("both have partitions") {
            [survivor, victim].allSatisfy { $0.messages.contains("assigned partitions=\"[\(services.topic)[") }
        }
        let publishing = try services.startPublishing([first])
        try await eventually("the one to be killed is in mid-flow") { !Ledger(of: [victim]).ranges.isEmpty }
        victim.signal(SIGKILL)
        #expect(try await publishing.finish().status == 0)
        #expect(try await services.publish([second]).status == 0)
        let restarted = try services.startIndexer(dataDirectory: data, logLevel: "debug")
        #expect(try await services.publish([changed]).status == 0)

        let clean = try services.folder.folder("clean")
        let reference = try services.startIndexer(dataDirectory: clean, group: "reference")
        try await eventually(within: .seconds(90), "both read models stand at the end of the log") {
            let (one, other) = (try? await services.digest(data), try? await services.digest(clean))
            return one?.last?.bulletins == count && offsets(one) == offsets(other)
                && offsets(one)?.reduce(0, +) == Int64(count + 100)
        }
        for indexer in [survivor, restarted, reference] { indexer.signal(SIGTERM) }
        for indexer in [survivor, restarted, reference] {
            let result = try await indexer.finish(within: .seconds(40))
            #expect(result.status == 0, "\(result.messages)")
        }
        let digests = try await services.digest(data)
        #expect(digests == (try await services.digest(clean)))

        // No offset was skipped: each brought one revision, so each stands in the files exactly once.
        for row in digests {
            guard let partition = row.partition, let nextOffset = row.nextOffset else { continue }
            let stored = try await run(
                "sqlite3",
                [
                    "\(data)/\(services.topic)/partition-0000\(partition).sqlite",
                    "SELECT offset FROM bulletins UNION ALL SELECT offset FROM revisions ORDER BY 1",
                ],
                in: services.folder
            )
            #expect(stored.output.split(separator: "\n").compactMap { Int64($0) } == Array(0..<nextOffset))
        }
        // None was applied twice: what the three processes have committed does not overlap.
        let ledger = Ledger(of: [survivor, victim, restarted])
        #expect(ledger.ranges.values.joined().count > 4)
        #expect(ledger.overlaps.isEmpty)
        try await services.close()
    }

    /// The stretches of the log that indexers say they have committed, by partition.
    private struct Ledger {
        var ranges: [String: [Range<Int64>]] = [:]

        init(of indexers: [RunningCommand]) {
            for line in indexers.flatMap({ $0.messages.split(separator: "\n") }) {
                let match = line.firstMatch(of: /applied offsets=(\d+)\.\.<(\d+) partition=(\d+)/)
                guard let match, let begin = Int64(match.1), let end = Int64(match.2) else { continue }
                ranges[String(match.3), default: []].append(begin..<end)
            }
        }

        var overlaps: [String] {
            ranges.flatMap { partition, ranges in
                let sorted = ranges.sorted { $0.lowerBound < $1.lowerBound }
                return zip(sorted, sorted.dropFirst()).filter { $0.0.overlaps($0.1) }.map {
                    "\(partition): \($0.0) \($0.1)"
                }
            }
        }
    }

    @Test func twoWritersOnOneFolderAgree() async throws {
        let services = try await Services(partitions: 2)
        let inputs = try SampleBulletins.write(0..<400, to: "inputs", in: services.folder)
        let data = try services.folder.folder("shared")
        // Two groups: both are assigned every partition and write the same files, in steps that end at other records.
        let one = try services.startIndexer(dataDirectory: data, group: "one", ["--max-batch-records", "7"])
        let other = try services.startIndexer(dataDirectory: data, group: "other", ["--max-batch-records", "12"])
        #expect(try await services.publish([inputs]).status == 0)
        do {
            try await eventually("everything is indexed") { try await services.indexedCount(data) == 400 }
        } catch {
            throw TestFailure("\(error); one: \(one.messages.suffix(2_000)); other: \(other.messages.suffix(2_000))")
        }
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

    @Test func whatAnotherWriterHasLeftOfABatchIsApplied() async throws {
        let services = try await Services(partitions: 1)
        let data = try services.folder.folder("data")
        let indexer = try services.startIndexer(dataDirectory: data)
        let few = try SampleBulletins.write(0..<10, to: "few", in: services.folder)
        #expect(try await services.publish([few]).status == 0)
        try await eventually("the first are indexed") { try await services.indexedCount(data) == 10 }
        // A hundred more come while it sleeps, and somebody else takes the file to the middle of them.
        indexer.signal(SIGSTOP)
        let many = try SampleBulletins.write(10..<110, to: "many", in: services.folder)
        #expect(try await services.publish([many]).status == 0)
        let moved = try await run(
            "sqlite3",
            ["\(data)/\(services.topic)/partition-00000.sqlite", "UPDATE partition_state SET next_offset = 50"],
            in: services.folder
        )
        #expect(moved.status == 0, "\(moved.messages)")
        indexer.signal(SIGCONT)
        try await eventually("the file holds the log") { try await services.digest(data).first?.nextOffset == 110 }
        #expect(try await services.indexedCount(data) == 10 + 60)
        indexer.signal(SIGTERM)
        #expect(try await indexer.finish(within: .seconds(40)).status == 0)
        try await services.close()
    }

    private func offsets(_ digests: [DigestRow]?) -> [Int64]? {
        digests?.compactMap(\.nextOffset)
    }
}
