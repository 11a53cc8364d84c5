internal import GRDB

extension PartitionFile {
    /// Makes sure that the files of a topic in a data folder belong to the log at hand, without writing to them.
    ///
    /// A folder or file that is not there yet, or cannot be read, is left to whoever opens it.
    ///
    /// Throws ``ReadModelError`` with the code `other-log` if one was filled from another cluster, or with
    /// `other-partitions` if one was begun when the topic had another number of partitions.
    public static func checkFolder(
        _ dataDirectory: String,
        topic: String,
        clusterID: String,
        partitionCount: Int?
    ) throws {
        guard let locations = try? PartitionLocation.all(in: dataDirectory) else { return }
        for location in locations where location.topic == topic {
            guard let reader = try? PartitionReader(location, keepOpen: false) else { continue }
            if let found = reader.state.clusterID, found != clusterID {
                throw ReadModelError.otherCluster(location, found: found, clusterID: clusterID)
            }
            let found = try? reader.read { try PartitionFile.partitionCount($0) }
            if let partitionCount, let found, found != partitionCount {
                throw ReadModelError.otherPartitions(location, found: found, count: partitionCount)
            }
        }
    }

    /// How many partitions the topic had when the file was begun; nil if it does not say so.
    static func partitionCount(_ database: Database) throws -> Int? {
        // Files of the first schema do not.
        guard try SQLStatement.number(database, "PRAGMA user_version") >= 2 else { return nil }
        return try Int.fetchOne(database, sql: "SELECT partition_count FROM log_identity WHERE id = 1")
    }
}

extension ReadModelError {
    static func otherCluster(_ location: PartitionLocation, found: String, clusterID: String) -> Self {
        ReadModelError(
            .otherLog,
            "\(location.path) was filled from cluster \(found), and this is cluster \(clusterID):"
                + " connect to the right cluster, or give another data folder",
            path: location.path
        )
    }

    static func otherPartitions(_ location: PartitionLocation, found: Int, count: Int) -> Self {
        ReadModelError(
            .otherPartitions,
            "\(location.path) was begun when topic \(location.topic) had \(found) partitions, and it has \(count):"
                + " keys have moved, and bulletins would be in two files; copy the topic into one made anew with"
                + " `bulletin-indexer repartition`, and index that",
            path: location.path
        )
    }
}
