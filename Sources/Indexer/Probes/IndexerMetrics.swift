internal import Metrics
public import Operations
internal import ReadModel

/// What an indexer counts and measures; names follow Prometheus: base units, `_total`.
public struct IndexerMetrics: Sendable {
    let transactions = Counter(label: "bulletins_indexer_transactions_total")
    let records = Counter(label: "bulletins_indexer_records_total")
    let rejected = Counter(label: "bulletins_indexer_rejected_total")
    let conflicts = Counter(label: "bulletins_indexer_conflicts_total")
    let troubles = Counter(label: "bulletins_indexer_troubles_total")
    let rebalances = Counter(label: "bulletins_indexer_rebalances_total")
    let batch = Recorder(label: "bulletins_indexer_batch_records", aggregate: true)
    let commitTime = Timer(label: "bulletins_indexer_commit_seconds")
    let rebalanceTime = Timer(label: "bulletins_indexer_rebalance_seconds")
    let revokeTime = Timer(label: "bulletins_indexer_revoke_seconds")
    let endToEnd = Timer(label: "bulletins_indexer_end_to_end_seconds")

    func committed(_ summary: ApplySummary, records count: Int, in duration: Duration) {
        transactions.increment()
        records.increment(by: count)
        rejected.increment(by: summary.rejected)
        batch.record(count)
        commitTime.record(duration: duration)
    }

    /// Every metric of the indexer, its process and its Kafka clients included; a test holds the documentation to it.
    public static let catalogue: [MetricDescription] =
        partitions + [
            MetricDescription("bulletins_indexer_ready", .gauge, "1 if /ready says so, else 0."),
            MetricDescription("bulletins_indexer_transactions_total", .counter, "Transactions committed."),
            MetricDescription("bulletins_indexer_records_total", .counter, "Records applied."),
            MetricDescription("bulletins_indexer_rejected_total", .counter, "Records that could not be taken."),
            MetricDescription(
                "bulletins_indexer_conflicts_total",
                .counter,
                "Transactions that another writer of the file had applied already."
            ),
            MetricDescription(
                "bulletins_indexer_troubles_total",
                .counter,
                "How often a partition was stopped by its file, its disk or its log."
            ),
            MetricDescription("bulletins_indexer_rebalances_total", .counter, "Changes of what this member owns."),
            MetricDescription("bulletins_indexer_batch_records", .histogram, "Records in a transaction."),
            MetricDescription("bulletins_indexer_commit_seconds", .histogram, "Seconds that a transaction took."),
            MetricDescription(
                "bulletins_indexer_rebalance_seconds",
                .histogram,
                "Seconds from a change of what this member owns until all of it was answered."
            ),
            MetricDescription(
                "bulletins_indexer_revoke_seconds",
                .histogram,
                "Seconds from a revocation until the partition was given up."
            ),
            MetricDescription(
                "bulletins_indexer_end_to_end_seconds",
                .histogram,
                "Seconds from an event's ce_time until it can be found; of the last event of each transaction."
            ),
        ] + MetricDescription.kafka + MetricDescription.kafkaConsumer

    private static let partitions: [MetricDescription] = [
        ("bulletins_indexer_next_offset", "The first offset that is not in the partition's file."),
        ("bulletins_indexer_end_offset", "Where the partition's log ends, as last heard."),
        ("bulletins_indexer_lag_records", "Records that are in the partition's log and not in its file."),
        (
            "bulletins_indexer_lag_seconds",
            "Seconds since the oldest record was published that is not in the partition's file; 0 if none waits."
        ),
        ("bulletins_indexer_partition_stopped", "1 while the partition is stopped by trouble, else 0."),
    ].map { MetricDescription($0.0, .gauge, labels: ["topic", "partition"], $0.1) }

    /// Bounds of histograms that the usual ones do not fit.
    public static let buckets: [String: [Double]] = [
        "bulletins_indexer_end_to_end_seconds": [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600],
        "bulletins_indexer_rebalance_seconds": [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    ]
}
