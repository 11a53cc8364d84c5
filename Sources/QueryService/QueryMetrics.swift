public import Operations

/// What the service tells Prometheus.
public enum QueryMetrics {
    /// Every metric of the service; a test holds the documentation to it.
    public static let catalogue: [MetricDescription] = [
        MetricDescription(
            "bulletins_indexer_http_requests_total",
            .counter,
            labels: ["route", "status"],
            "Requests answered, probes included."
        ),
        MetricDescription(
            "bulletins_indexer_http_request_seconds",
            .histogram,
            labels: ["route"],
            "Seconds from a request's header to the beginning of its answer."
        ),
        MetricDescription(
            "bulletins_indexer_auth_failures_total",
            .counter,
            "Requests with a token that is not valid."
        ),
    ]
}
