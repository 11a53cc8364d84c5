internal import Kafka

/// Why an indexer stopped, in one line for operators.
public struct IndexerError: Error, Sendable, CustomStringConvertible {
    /// The kinds of reason, for exit codes and alerts.
    public enum Code: String, Sendable {
        /// The log no longer holds the offset that the file needs next, or ends before it.
        case logMismatch
        /// The log has another record where the file's last one was: the topic was deleted and made again.
        case otherLog
        /// A snapshot is not what its manifest says, or of another log.
        case badSnapshot
        /// What a command needs is not so: a topic that is not empty, a file that no log can make again.
        case notPossible
        /// Partitions were added to the topic.
        case partitionsChanged
        /// An embedded pipeline was given a data folder that a Kafka cluster fills.
        case folderOfKafka
        /// Somebody else works on the data folder.
        case folderInUse
        /// The data folder cannot be made or written.
        case folderUnusable
    }

    /// The kind of reason.
    public let code: Code
    /// What happened, where, and what to do.
    public let message: String

    /// A reason to stop.
    public init(code: Code, message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }

    static func folderInUse(_ folder: String, _ others: String, lock: String) -> Self {
        IndexerError(
            code: .folderInUse,
            message:
                "\(folder): \(others) works on this data folder: wait until it has ended (`fuser \(folder)/\(lock)` "
                + "names it), or give another --data-dir"
        )
    }

    static func folderUnusable(_ folder: String, _ reason: String) -> Self {
        IndexerError(
            code: .folderUnusable,
            message: "the data folder \(folder) cannot be written: \(reason); name a folder that you may write to"
        )
    }

    static func folderOfKafka(_ file: String, clusterID: String) -> Self {
        IndexerError(
            code: .folderOfKafka,
            message:
                "\(file) is filled from the Kafka cluster \(clusterID), which could not go on after an embedded run: "
                + "give another --data-dir, or publish to that cluster with bulletin-ingestor"
        )
    }

    static func logMismatch(_ partition: TopicPartition, nextOffset: Int64, file: String, log: Watermarks?) -> Self {
        let range = log.map { "the log holds offsets \($0.low) to \($0.high)" } ?? "the log does not hold it"
        return IndexerError(
            code: .logMismatch,
            message: """
                \(partition): \(file) needs offset \(nextOffset) next, but \(range): records were deleted or the topic \
                was made anew; nothing was skipped. Move the file away, and a new one is filled from the start of the log that is there
                """
        )
    }

    static func otherLog(_ partition: TopicPartition, file: String, offset: Int64, found: Int64?) -> Self {
        let difference =
            switch found {
            case offset: "the log has another record there"
            case let found?: "the log's next record is at offset \(found)"
            case nil: "the log has no record there"
            }
        return IndexerError(
            code: .otherLog,
            message: """
                \(partition): the last record in \(file) is the one at offset \(offset), but \(difference): the topic was \
                deleted and made again, or is not the one that filled this file; nothing was changed. Move the file away, and a \
                new one is filled from the start of the log that is there
                """
        )
    }

    static func partitionsChanged(topic: String, from old: Int, to new: Int) -> Self {
        IndexerError(
            code: .partitionsChanged,
            message: """
                topic \(topic) has \(new) partitions now and had \(old): keys have moved, and bulletins would be in two files; \
                nothing more was indexed. Copy it into a topic made anew with `bulletin-indexer repartition`, and index that
                """
        )
    }
}
