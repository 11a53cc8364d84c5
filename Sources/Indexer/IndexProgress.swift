public import Kafka
public import ReadModel

/// One committed transaction.
public struct IndexProgress: Sendable {
    /// Whose file moved.
    public let partition: TopicPartition
    /// Where it stands now.
    public let nextOffset: Int64
    /// What the transaction did.
    public let summary: ApplySummary
}
