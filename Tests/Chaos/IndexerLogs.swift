import Foundation

/// What the indexers' own logs say: which stretches they committed, and how long partitions stood still.
struct IndexerLogs {
    struct Commit {
        var partition: Int32
        var range: Range<Int64>
        var time: Date

        /// What a line of a log says about a transaction; nil if it says nothing about any.
        init?(_ line: Substring) {
            // A cheaper question first: most lines are others.
            guard line.contains("applied offsets="),
                let match = line.firstMatch(of: /^(\S+) .*applied offsets=(\d+)\.\.<(\d+) .*partition=(\d+)/),
                let begin = Int64(match.2), let end = Int64(match.3), let partition = Int32(match.4), begin < end,
                let time = try? IndexerLogs.timestamp.parse(String(match.1))
            else { return nil }
            self.partition = partition
            range = begin..<end
            self.time = time
        }
    }

    /// By data folder.
    let commits: [String: [Commit]]
    /// When each partition moved on, in whichever folder, in order.
    private let commitTimes: [Int32: [Date]]
    /// Seconds from a revocation to giving up.
    private(set) var revokes: [Double] = []
    /// When partitions were given or taken.
    private(set) var moves: [Date] = []

    private static let timestamp = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    init(_ logs: [(folder: String, log: URL)]) throws {
        var commits: [String: [Commit]] = [:]
        for (folder, log) in logs {
            for line in try String(contentsOf: log, encoding: .utf8).split(separator: "\n") {
                if let commit = Commit(line) {
                    commits[folder, default: []].append(commit)
                } else if let match = line.firstMatch(of: /given up partition.* seconds=([-+.0-9e]+)/),
                    let seconds = Double(match.1)
                {
                    revokes.append(seconds)
                } else if let match = line.firstMatch(of: /^(\S+) .*: (assigned|revoked|lost) partitions=/),
                    let time = try? Self.timestamp.parse(String(match.1))
                {
                    moves.append(time)
                }
            }
        }
        self.commits = commits
        commitTimes = Dictionary(grouping: commits.values.joined(), by: \.partition).mapValues {
            $0.map(\.time).sorted()
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

    /// What came of one disturbance, in seconds.
    struct Recovery {
        /// Until no partition changed hands any more and every one had moved on, in whichever folder.
        var rest: Double
        /// The longest time that any partition stood still meanwhile.
        var standstill: Double
    }

    /// What came of each disturbance, by kind.
    ///
    /// Only of those that were over before the next one came: of others the figures would be those of both.
    func recoveries(after disturbances: [Disturbance], partitions: Int) -> [String: [Recovery]] {
        let moves = moves.sorted()
        guard commitTimes.count == partitions else { return [:] }
        let disturbances = disturbances.sorted { $0.time < $1.time }
        var found: [String: [Recovery]] = [:]
        for (index, disturbance) in disturbances.enumerated() {
            let next = index + 1 < disturbances.count ? disturbances[index + 1].time : .distantFuture
            let calm = max(disturbance.time, moves.last { $0 < next } ?? .distantPast)
            let moved = commitTimes.values.map { times in times.first { $0 > calm } ?? .distantFuture }
            guard let last = moved.max(), last < next else { continue }
            // A stretch without a transaction that reaches beyond both belongs to whatever came next.
            let standstill = commitTimes.values.compactMap { times in
                zip(times, times.dropFirst()).filter { $1 > disturbance.time && $0 < last }
                    .map { min($1, last).timeIntervalSince($0) }.max()
            }
            found[disturbance.kind, default: []].append(
                Recovery(rest: last.timeIntervalSince(disturbance.time), standstill: standstill.max() ?? 0)
            )
        }
        return found
    }

    /// The longest time between two transactions of one partition, in whichever folder, and that partition.
    var longestStandstill: (partition: Int32, seconds: Double)? {
        commitTimes.compactMap { partition, times in
            zip(times, times.dropFirst()).map { $1.timeIntervalSince($0) }.max().map { (partition, $0) }
        }
        .max { $0.1 < $1.1 }
    }
}
