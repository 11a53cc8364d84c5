import Foundation

/// What a run has shown.
struct ChaosReport {
    var seed: UInt64
    var faults: [String: Int] = [:]
    var published: Int64 = 0
    var compared = 0
    var files = 0
    var commits = 0
    var recoveries: [Double] = []
    var revokes: [Double] = []
    var problems: [String: [String]] = [:]

    static let kinds = [
        "lost", "duplicated", "reordered", "unseen", "wrong revision", "offset gap", "wrong", "damaged", "digest",
        "ended",
    ]

    var isClean: Bool { problems.isEmpty }

    var text: String {
        var lines = ["faults \(faults.values.reduce(0, +)): " + counts(faults)]
        lines.append(
            "published \(published) records; \(files) files compared with the log, \(compared) revisions and rejected records; "
                + "\(commits) transactions in the indexers' logs"
        )
        if !recoveries.isEmpty {
            lines.append(
                "from a kill, a leave or a join to progress in every partition: median \(figure(recoveries, 0.5)) s, "
                    + "95% \(figure(recoveries, 0.95)) s, longest \(figure(recoveries, 1)) s (\(recoveries.count))"
            )
        }
        if !revokes.isEmpty {
            lines.append(
                "from a revocation to giving up: median \(figure(revokes, 0.5)) s, longest \(figure(revokes, 1)) s "
                    + "(\(revokes.count))"
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

    private func figure(_ values: [Double], _ share: Double) -> String {
        let sorted = values.sorted()
        return String(format: "%.1f", sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))])
    }
}
