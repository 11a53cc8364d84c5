internal import Kafka

/// Why an indexer stopped, in one line for operators.
public struct IndexerError: Error, Sendable, CustomStringConvertible {
    /// The kinds of reason, for exit codes and alerts.
    public enum Code: String, Sendable {
        /// The log no longer holds the offset that the file needs next, or ends before it.
        case logMismatch
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

    static func folderInUse(_ folder: String, _ others: String) -> Self {
        IndexerError(
            code: .folderInUse,
            message: "\(folder): \(others) works on this data folder: wait until it has ended (`fuser \(folder)/.lock` "
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
}
