public import Kafka
public import ReadModel
internal import Metrics

/// One committed transaction.
public struct IndexProgress: Sendable {
    /// Whose file moved.
    public let partition: TopicPartition
    /// Where it stands now.
    public let nextOffset: Int64
    /// What the transaction did.
    public let summary: ApplySummary
}

/// What the indexer counts; names follow Prometheus: base units, `_total`.
struct IndexerMetrics: Sendable {
    let transactions = Counter(label: "bulletins_indexer_transactions_total")
    let records = Counter(label: "bulletins_indexer_records_total")
    let rejected = Counter(label: "bulletins_indexer_rejected_total")
    let conflicts = Counter(label: "bulletins_indexer_conflicts_total")
    let commitTime = Timer(label: "bulletins_indexer_commit_seconds")

    func committed(_ summary: ApplySummary, records count: Int, in duration: Duration) {
        transactions.increment()
        records.increment(by: count)
        rejected.increment(by: summary.rejected)
        commitTime.record(duration: duration)
    }
}
