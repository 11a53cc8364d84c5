internal import Metrics

/// What the outbox tells Prometheus; names in ``ServiceMetrics/catalogue``.
struct OutboxMetrics: Sendable {
    private let depth = Gauge(label: "bulletins_ingestor_outbox_records")
    private let bytes = Gauge(label: "bulletins_ingestor_outbox_bytes")
    private let retained = Gauge(label: "bulletins_ingestor_outbox_retained_bytes")
    private let refused = Gauge(label: "bulletins_ingestor_outbox_refused_records")
    private let writable = Gauge(label: "bulletins_ingestor_outbox_writable")
    private let commits = Metrics.Timer(label: "bulletins_ingestor_outbox_commit_seconds")
    private let entries = Recorder(label: "bulletins_ingestor_outbox_commit_records")

    func record(_ status: OutboxStatus) {
        depth.record(status.pendingRecords)
        bytes.record(status.pendingBytes)
        retained.record(status.retainedBytes)
        refused.record(status.refusedRecords)
        writable.record(status.failure == nil ? 1 : 0)
    }

    func committed(entries count: Int, took duration: Duration) {
        commits.record(duration: duration)
        entries.record(count)
    }
}
