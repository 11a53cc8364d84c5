internal import Kafka

/// Why an indexer stopped, in one line for operators.
public struct IndexerError: Error, Sendable, CustomStringConvertible {
    /// The kinds of reason, for exit codes and alerts.
    public enum Code: String, Sendable {
        /// The log no longer holds the offset that the file needs next, or ends before it.
        case logMismatch
        /// Records could not be handed to the rejected topic.
        case rejectedTopicUnavailable
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

    static func logMismatch(_ partition: TopicPartition, nextOffset: Int64, file: String, log: Watermarks?) -> Self {
        let range = log.map { "the log holds offsets \($0.low) to \($0.high)" } ?? "the log does not hold it"
        return IndexerError(
            code: .logMismatch,
            message: """
                \(partition): \(file) needs offset \(nextOffset) next, but \(range): records were deleted or the topic \
                was made anew; nothing was skipped. Move the file away to index the log that is there from its start
                """
        )
    }
}
