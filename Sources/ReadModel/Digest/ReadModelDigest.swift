internal import Crypto
internal import GRDB

/// Canonical digests and dumps, by which read models are compared.
///
/// Both read every file within one transaction, all files at once, and hold one bulletin at a time.
public enum ReadModelDigest {
    /// The digests of a read model.
    public struct Report: Codable, Hashable, Sendable {
        /// One digest for each partition file.
        public var partitions: [Partition]
        /// SHA-256, in lower-case hexadecimal, over all bulletins: their revisions, what was extracted from them and
        /// whether they are withdrawn. It does not depend on how they are partitioned, nor on offsets and events, so
        /// that read models that were filled by separate runs over the same input compare equal.
        public var bulletins: String
        /// How many bulletins there are, withdrawn ones included.
        public var bulletinCount: Int
    }

    /// The digest of one partition file.
    public struct Partition: Codable, Hashable, Sendable {
        /// The topic.
        public var topic: String
        /// The partition.
        public var partition: Int32
        /// The offset of the first record that is not in the file yet.
        public var nextOffset: Int64
        /// SHA-256, in lower-case hexadecimal, over all that the file says: bulletins, revisions, withdrawals, rejected
        /// records, where in the log each comes from, and the next offset. The same log gives the same digest,
        /// however it was cut into batches.
        public var digest: String
    }

    /// What to dump.
    public enum Scope: Hashable, Sendable {
        /// What ``Report/bulletins`` is the digest of.
        case bulletins
        /// What each ``Partition/digest`` is the digest of, one partition after the other.
        case log
    }

    /// The digests of what the data folders hold. Throws ``ReadModelError``.
    public static func digest(dataDirectories: [String]) throws -> Report {
        let readers = try ReadModelReader(dataDirectories: dataDirectories).readers
        var all = SHA256()
        var each = readers.map { _ in SHA256() }
        var count = 0
        var partitions: [Partition] = []
        try withLines(of: readers[...], []) { sources in
            try merge(sources.map(\.lines)) { index, source in
                count += 1
                try source.takeBulletin { line in
                    each[index].add(line.text)
                    if line.isContent { all.add(line.text) }
                }
            }
            for (index, source) in sources.enumerated() {
                try source.lines.takeRest { each[index].add($0.text) }
                partitions.append(
                    Partition(
                        topic: source.state.topic,
                        partition: source.state.partition,
                        nextOffset: source.state.nextOffset,
                        digest: each[index].hexadecimal
                    )
                )
            }
        }
        return Report(partitions: partitions, bulletins: all.hexadecimal, bulletinCount: count)
    }

    /// Writes the lines that the digests are made of, for `diff`: SHA-256 over them, each with a line feed, is the
    /// digest. `write` takes one line without its line feed. Throws ``ReadModelError``, and what `write` throws.
    public static func dump(
        dataDirectories: [String],
        scope: Scope,
        to write: (String) throws -> Void
    ) throws {
        let readers = try ReadModelReader(dataDirectories: dataDirectories).readers
        switch scope {
        case .bulletins:
            try withLines(of: readers[...], []) { sources in
                try merge(sources.map(\.lines)) { _, source in
                    try source.takeBulletin { if $0.isContent { try write($0.text) } }
                }
            }
        case .log:
            for reader in readers {
                try withLines(of: [reader], []) { sources in
                    for source in sources {
                        while source.lines.nextID != nil { try source.lines.takeBulletin { try write($0.text) } }
                        try source.lines.takeRest { try write($0.text) }
                    }
                }
            }
        }
    }

    private struct Source {
        var lines: CanonicalLines
        var state: PartitionState
    }

    /// Calls `body` with the lines of all files, each within its transaction: one access inside the other.
    private static func withLines(
        of readers: ArraySlice<PartitionReader>,
        _ opened: [Source],
        _ body: ([Source]) throws -> Void
    ) throws {
        guard let reader = readers.first else { return try body(opened) }
        try reader.read { database in
            let source = Source(
                lines: try CanonicalLines(database, reader.location),
                state: try PartitionFile.readState(database, reader.location)
            )
            try withLines(of: readers.dropFirst(), opened + [source], body)
        }
    }

    /// Calls `take` with the source of the smallest id until none is left.
    private static func merge(
        _ sources: [CanonicalLines],
        _ take: (Int, CanonicalLines) throws -> Void
    ) throws {
        while true {
            var smallest: (index: Int, id: String)?
            for (index, source) in sources.enumerated() {
                guard let id = source.nextID else { continue }
                if let other = smallest, Order.ascending(id, other.id) != true { continue }
                smallest = (index, id)
            }
            guard let smallest else { return }
            try take(smallest.index, sources[smallest.index])
        }
    }
}

extension SHA256 {
    fileprivate mutating func add(_ line: String) {
        var line = line
        line.append("\n")
        line.withUTF8 { update(bufferPointer: UnsafeRawBufferPointer($0)) }
    }

    fileprivate var hexadecimal: String {
        finalize().map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
