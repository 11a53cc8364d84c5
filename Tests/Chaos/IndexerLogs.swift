import Foundation

/// What the indexers' own logs say: which stretches they committed, and how long partitions stood still.
struct IndexerLogs {
    struct Commit {
        var partition: Int32
        var range: Range<Int64>
        var time: Date
    }

    /// By data folder.
    private(set) var commits: [String: [Commit]] = [:]
    /// Seconds from a revocation to giving up.
    private(set) var revokes: [Double] = []

    private static let timestamp = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    init(_ logs: [(folder: String, log: URL)]) throws {
        for (folder, log) in logs {
            for line in try String(contentsOf: log, encoding: .utf8).split(separator: "\n") {
                if let match = line.firstMatch(of: /^(\S+) .*applied offsets=(\d+)\.\.<(\d+) .*partition=(\d+)/),
                    let begin = Int64(match.2), let end = Int64(match.3), let partition = Int32(match.4), begin < end,
                    let date = try? Self.timestamp.parse(String(match.1))
                {
                    commits[folder, default: []].append(Commit(partition: partition, range: begin..<end, time: date))
                } else if let match = line.firstMatch(of: /given up partition.* seconds=([0-9.]+)/),
                    let seconds = Double(match.1)
                {
                    revokes.append(seconds)
                }
            }
        }
    }

    /// Whether the indexer with this log has been given its place in the group, longer ago than `duration`.
    static func isSettled(_ log: URL, for duration: Duration) throws -> Bool {
        let moves = try String(contentsOf: log, encoding: .utf8).split(separator: "\n").filter {
            $0.contains(/: (assigned|revoked|lost) partitions=|stands by|REBALANCE_IN_PROGRESS|ILLEGAL_GENERATION/)
        }
        guard let last = moves.last?.prefix(while: { $0 != " " }), let time = try? timestamp.parse(String(last)) else {
            return false
        }
        return Date().timeIntervalSince(time) > duration / .seconds(1)
    }

    /// Stretches that two transactions on the same file both claim.
    var overlaps: [String] {
        var found: [String] = []
        for (folder, commits) in commits {
            for (partition, ranges) in Dictionary(grouping: commits, by: \.partition) {
                let sorted = ranges.map(\.range).sorted {
                    ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
                }
                for (one, other) in zip(sorted, sorted.dropFirst()) where one.overlaps(other) {
                    found.append("\(folder) partition \(partition): \(one) and \(other)")
                }
            }
        }
        return found
    }

    /// Seconds from `moment` until every one of `partitions` partitions has moved on, in whichever folder.
    func recovery(after moment: Date, partitions: Int) -> Double? {
        var first: [Int32: Date] = [:]
        for commit in commits.values.joined() where commit.time > moment {
            first[commit.partition] = min(first[commit.partition] ?? commit.time, commit.time)
        }
        guard first.count == partitions, let last = first.values.max() else { return nil }
        return last.timeIntervalSince(moment)
    }
}
