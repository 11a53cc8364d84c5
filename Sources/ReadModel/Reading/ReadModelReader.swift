internal import GRDB

/// Answers questions from all partition files of one or more data folders, while indexers write them or not.
///
/// Each query runs over each file within a read transaction of its own and merges what they say in an order that does
/// not depend on how the bulletins are partitioned. Files are opened read-only and one after the other, so that any
/// number will do. Safe to use from several threads; calls block, so keep them off the concurrency pool.
///
/// All methods throw ``ReadModelError``.
public final class ReadModelReader: Sendable {
    /// The copies that count, by topic and partition.
    let readers: [PartitionReader]

    /// How many connections stay open between queries: a file in WAL mode takes three descriptors, and 1024 is a
    /// common limit.
    private static let keptOpen = 64

    /// Opens all `*/partition-*.sqlite` below the data folders.
    ///
    /// Where several folders hold a copy of one partition of one cluster, the one with the highest generation and then
    /// the highest next offset counts. Throws ``ReadModelError`` with the code `missing-folder` if a folder does not
    /// exist.
    public init(dataDirectories: [String]) throws {
        var best: [Identity: PartitionReader] = [:]
        var opened = 0
        for directory in dataDirectories {
            for location in try PartitionLocation.all(in: directory) {
                guard let reader = try PartitionReader(location, keepOpen: opened < Self.keptOpen) else { continue }
                opened += 1
                let identity = Identity(reader.state)
                if let other = best[identity], !Self.counts(reader, more: other) { continue }
                best[identity] = reader
            }
        }
        readers = best.values.sorted { left, right in
            (left.state.topic, left.state.partition, left.location.path)
                < (right.state.topic, right.state.partition, right.location.path)
        }
    }

    private struct Identity: Hashable {
        var clusterID: String?
        var topic: String
        var partition: Int32

        init(_ state: PartitionState) {
            clusterID = state.clusterID
            topic = state.topic
            partition = state.partition
        }
    }

    private static func counts(_ one: PartitionReader, more other: PartitionReader) -> Bool {
        (one.state.generation, one.state.nextOffset, other.location.path)
            > (other.state.generation, other.state.nextOffset, one.location.path)
    }

    /// True if the folders hold no partition file at all: nothing was indexed yet, which is not the same as an answer
    /// without rows.
    public var isEmpty: Bool { readers.isEmpty }

    /// The partition files that queries are answered from, and where they stand now.
    public func partitions() throws -> [PartitionSummary] {
        try readers.map { reader in
            let state = try reader.read { try PartitionFile.readState($0, reader.location) }
            return PartitionSummary(
                topic: state.topic,
                partition: state.partition,
                clusterId: state.clusterID,
                generation: state.generation,
                nextOffset: state.nextOffset,
                path: reader.location.path,
                fileBytes: reader.fileBytes
            )
        }
    }

    /// As of which offsets the answers so far hold: all that the log has below them is in the answers.
    public var asOf: [PartitionState] { readers.map(\.asOf) }

    /// What `body` finds in each file, one after the other.
    func collect<Row>(_ body: (Database, PartitionReader) throws -> [Row]) throws -> [Row] {
        var rows: [Row] = []
        for reader in readers {
            rows += try reader.read { try body($0, reader) }
        }
        return rows
    }
}

/// One partition file and where it stands.
public struct PartitionSummary: Codable, Hashable, Sendable {
    /// The topic it is filled from.
    public var topic: String
    /// The partition it is filled from.
    public var partition: Int32
    /// The Kafka cluster it is filled from; nil before the first one.
    public var clusterId: String?
    /// How many logs have filled the file before this one.
    public var generation: Int64
    /// The offset of the first record that is not in the file yet.
    public var nextOffset: Int64
    /// Where the file is.
    public var path: String
    /// The bytes of the file and its write-ahead log.
    public var fileBytes: Int64
}
