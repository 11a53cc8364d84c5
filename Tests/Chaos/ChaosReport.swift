import Foundation

/// What a run has shown.
struct ChaosReport {
    var seed: UInt64
    var faults: [String: Int] = [:]
    var published: Int64 = 0
    /// How often the harness's own producer failed for good; what it had not acknowledged was published again.
    var producersReplaced = 0
    var compared = 0
    var files = 0
    var commits = 0
    /// What came of each disturbance, by its kind.
    var recoveries: [String: [IndexerLogs.Recovery]] = [:]
    /// How often it was waited until every partition had moved on.
    var settled = 0
    var longestStandstill: (partition: Int32, seconds: Double)?
    var revokes: [Double] = []
    var problems: [String: [String]] = [:]

    static let kinds = [
        "lost", "duplicated", "reordered", "unseen", "wrong revision", "offset gap", "wrong", "damaged", "digest",
        "stalled", "ended",
    ]

    var isClean: Bool { problems.isEmpty }

    var text: String {
        var lines = ["faults \(faults.values.reduce(0, +)): " + counts(faults)]
        lines.append(
            "published \(published) records; \(files) files compared with the log, \(compared) revisions and rejected records; "
                + "\(commits) transactions in the indexers' logs"
        )
        if producersReplaced > 0 {
            lines.append("the publisher's client failed for good and was replaced: \(producersReplaced)")
        }
        for (kind, found) in recoveries.sorted(by: { $0.key < $1.key }) {
            lines.append("\(kind), to every partition at rest and moving on: \(figures(found.map(\.rest)))")
            lines.append("  longest that one stood still: \(figures(found.map(\.standstill)))")
        }
        if !revokes.isEmpty {
            lines.append("revoked, until given up: \(figures(revokes))")
        }
        if let longestStandstill {
            lines.append(
                "after \(settled) bursts every partition was seen to move on; the longest time without a transaction: "
                    + String(format: "%.1f s, partition %d", longestStandstill.seconds, longestStandstill.partition)
            )
        }
        lines.append(Self.kinds.map { "\($0) \(problems[$0]?.count ?? 0)" }.joined(separator: ", "))
        for (kind, examples) in problems.sorted(by: { $0.key < $1.key }) {
            lines += examples.prefix(5).map { "\(kind): \($0)" }
        }
        return lines.joined(separator: "\n")
    }

    private func counts(_ counts: [String: Int]) -> String {
        counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }

    private func figures(_ values: [Double]) -> String {
        let sorted = values.sorted()
        let shares = [0.5, 0.95, 1].map { share in
            String(format: "%.1f s", sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))])
        }
        return "median \(shares[0]), 95% \(shares[1]), longest \(shares[2]) (\(values.count))"
    }
}
