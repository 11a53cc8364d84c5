public import Operations

/// What the service tells Prometheus.
public enum ServiceMetrics {
    /// Every metric of the service, its process aside; a test holds the documentation to it.
    public static let catalogue: [MetricDescription] =
        [
            MetricDescription(
                "bulletins_ingestor_accepted_total",
                .counter,
                labels: ["via"],
                "Documents accepted: on the disk of the outbox."
            ),
            MetricDescription(
                "bulletins_ingestor_unchanged_total",
                .counter,
                labels: ["via"],
                "Documents that say what the latest revision of their bulletin says."
            ),
            MetricDescription("bulletins_ingestor_withdrawn_total", .counter, "Withdrawals accepted."),
            MetricDescription(
                "bulletins_ingestor_refused_total",
                .counter,
                labels: ["reason", "via"],
                "Documents and withdrawals refused."
            ),
            MetricDescription(
                "bulletins_ingestor_watch_files_total",
                .counter,
                labels: ["outcome"],
                "Files of the watched folder that were moved to done/ or rejected/."
            ),
            MetricDescription("bulletins_ingestor_outbox_records", .gauge, "Events that wait for Kafka."),
            MetricDescription("bulletins_ingestor_outbox_bytes", .gauge, "Bytes of the events that wait for Kafka."),
            MetricDescription(
                "bulletins_ingestor_outbox_oldest_age_seconds",
                .gauge,
                "Seconds for which the oldest event waits for Kafka; 0 if none does."
            ),
            MetricDescription(
                "bulletins_ingestor_outbox_retained_bytes",
                .gauge,
                "Bytes of delivered events that are still kept."
            ),
            MetricDescription(
                "bulletins_ingestor_outbox_refused_records",
                .gauge,
                "Events that Kafka refused for good since the start; their payload is kept."
            ),
            MetricDescription(
                "bulletins_ingestor_outbox_writable",
                .gauge,
                "1 if the outbox could be written when that was last tried, else 0."
            ),
            MetricDescription(
                "bulletins_ingestor_outbox_commit_seconds",
                .histogram,
                "Seconds from the start of a transaction to the return of its fsync."
            ),
            MetricDescription(
                "bulletins_ingestor_outbox_commit_records",
                .histogram,
                "Documents that shared a transaction."
            ),
            MetricDescription("bulletins_ingestor_published_total", .counter, "Events that Kafka acknowledged."),
            MetricDescription(
                "bulletins_ingestor_publish_seconds",
                .histogram,
                "Seconds from the acceptance of an event to Kafka's acknowledgement."
            ),
            MetricDescription(
                "bulletins_ingestor_delivery_errors_total",
                .counter,
                labels: ["code"],
                "Deliveries that failed, by librdkafka's name of the error; they are tried again."
            ),
            MetricDescription(
                "bulletins_ingestor_http_requests_total",
                .counter,
                labels: ["route", "status"],
                "Requests answered."
            ),
            MetricDescription(
                "bulletins_ingestor_http_request_seconds",
                .histogram,
                labels: ["route"],
                "Seconds from a request's header to its answer."
            ),
            MetricDescription(
                "bulletins_ingestor_auth_failures_total",
                .counter,
                "Requests with a token that is not valid."
            ),
            MetricDescription("bulletins_ingestor_ready", .gauge, "What /ready says: 1 if ready, else 0."),
        ] + MetricDescription.kafka + MetricDescription.kafkaProducer

    /// Histograms that the usual buckets do not fit: an event may wait for its broker for hours.
    public static let buckets: [String: [Double]] = [
        "bulletins_ingestor_publish_seconds": [
            0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 7_200, 43_200,
        ]
    ]
}
