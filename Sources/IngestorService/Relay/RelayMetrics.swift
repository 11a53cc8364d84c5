internal import Metrics
internal import Synchronization

/// What the relay tells Prometheus; names in ``ServiceMetrics/catalogue``.
final class RelayMetrics: Sendable {
    private let published = Metrics.Counter(label: "bulletins_ingestor_published_total")
    private let latency = Metrics.Timer(label: "bulletins_ingestor_publish_seconds")

    func delivered(after seconds: Double) {
        published.increment()
        latency.recordSeconds(seconds)
    }

    /// librdkafka's names are few, so they can be a label.
    func failed(_ code: String) {
        Metrics.Counter(label: "bulletins_ingestor_delivery_errors_total", dimensions: [("code", code)]).increment()
    }
}
