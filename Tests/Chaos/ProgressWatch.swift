import Foundation

/// Which partitions have moved on, read from the indexers' logs while they grow.
struct ProgressWatch {
    /// When each partition was last moved on, in whichever folder.
    private(set) var latest: [Int32: Date] = [:]

    private let partitions: Int
    private var readUpTo: [URL: UInt64] = [:]

    init(partitions: Int) { self.partitions = partitions }

    /// Reads what was written since the last call.
    mutating func read(_ logs: [URL]) throws {
        for log in logs {
            let file = try FileHandle(forReadingFrom: log)
            defer { try? file.close() }
            let start = readUpTo[log] ?? 0
            try file.seek(toOffset: start)
            guard let data = try file.readToEnd(), let end = data.lastIndex(of: UInt8(ascii: "\n")) else { continue }
            // A line that is being written is read the next time.
            readUpTo[log] = start + UInt64(data.distance(from: data.startIndex, to: end) + 1)
            for line in String(decoding: data[...end], as: UTF8.self).split(separator: "\n") {
                guard let commit = IndexerLogs.Commit(line) else { continue }
                latest[commit.partition] = max(latest[commit.partition] ?? .distantPast, commit.time)
            }
        }
    }

    /// The partitions that have not moved on since `moment`.
    func standing(since moment: Date) -> [Int32] {
        (0..<Int32(partitions)).filter { latest[$0] ?? .distantPast <= moment }
    }
}

/// Something that happened to the group or its broker, after which every partition has to move on again.
struct Disturbance {
    let kind: String
    let time: Date
}
