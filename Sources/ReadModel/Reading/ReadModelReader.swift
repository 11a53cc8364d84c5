internal import GRDB

/// Answers questions from all partition files of one or more data folders, while indexers write them or not.
///
/// Each query runs over each file within a read transaction of its own and merges what they say in an order that does
/// not depend on how the bulletins are partitioned. Files are opened read-only, and some of them kept open, so that any
/// number will do. Safe to use from several threads; calls block, so keep them off the concurrency pool.
///
/// All methods throw ``ReadModelError``.
public final class ReadModelReader: Sendable {
    /// The copies that count, by topic and partition.
    let sources: [PartitionSource]
    /// The servers behind some of them.
    let remote: RemoteReadModel?

    /// How many connections stay open between queries: a file in WAL mode takes three descriptors, and 1024 is a
    /// common limit.
    private static let keptOpen = 64

    /// Opens all `*/partition-*.sqlite` below the data folders, and asks servers for theirs.
    ///
    /// Where several folders or servers have a copy of one partition of one cluster, the one with the highest generation
    /// and then the highest next offset counts. Throws ``ReadModelError`` with the code `missing-folder` if a folder does
    /// not exist. A server that cannot be reached is none: see ``missing``.
    /// - Parameter timeLimit: ends every query that is not finished so long after the opening, with the code
    ///   `interrupted`; nil for no limit.
    /// - Parameter connections: for who asks often: what is open stays open for the next reader.
    public init(
        dataDirectories: [String],
        servers: (any RemoteTransport)? = nil,
        timeLimit: Duration? = nil,
        connections: OpenPartitions? = nil
    ) throws {
        let deadline = timeLimit.map(QueryDeadline.init)
        let locations = try dataDirectories.flatMap { try PartitionLocation.all(in: $0) }
        let readers = try Parallel.map(Array(locations.enumerated())) { number, location in
            try PartitionReader(
                location,
                keepOpen: number < Self.keptOpen,
                deadline: deadline,
                connections: connections
            )
        }
        var all: [PartitionSource] = readers.compactMap { $0.map { .file($0) } }
        remote = servers.map(RemoteReadModel.init)
        if let remote { all += try remote.open() }
        sources = PartitionSource.chosen(from: all)
        remote?.checkCompleteness(of: sources)
    }

    /// The files that this process reads itself.
    var readers: [PartitionReader] { sources.compactMap(\.file) }

    /// Servers that could not be reached when they were asked, and partitions that none of them has, a line each: what is
    /// there alone is missing from the answers.
    public var missing: [String] { remote?.missing ?? [] }

    /// True if the folders and servers have no partition file at all: nothing was indexed yet, which is not the same as an answer
    /// without rows.
    public var isEmpty: Bool { sources.isEmpty }

    /// The partition files that queries are answered from, and where they stand now.
    public func partitions() throws -> [PartitionSummary] { try ask(SummaryQuestion()) }

    /// As of which offsets the answers so far hold: all that the log has below them is in the answers.
    public var asOf: [PartitionState] { sources.map(\.asOf) }
}

/// How many partitions the file's topic had when it was begun; nil where it does not say so.
struct PartitionCountQuestion: PartitionQuestion {
    static let name = "partition-count"

    func answer(_ database: Database, at _: PartitionLocation) throws -> Int? {
        try PartitionFile.partitionCount(database)
    }
}

/// Where a partition stands.
struct SummaryQuestion: PartitionQuestion {
    static let name = "summary"

    func answer(_ database: Database, at location: PartitionLocation) throws -> PartitionSummary {
        let state = try PartitionFile.readState(database, location)
        return PartitionSummary(
            topic: state.topic,
            partition: state.partition,
            clusterId: state.clusterID,
            generation: state.generation,
            nextOffset: state.nextOffset,
            path: location.path,
            fileBytes: location.fileBytes
        )
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
