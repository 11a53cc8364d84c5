/// What a metric means: rendered as `HELP`, and held against the documentation by a test.
public struct MetricDescription: Hashable, Sendable {
    /// What Prometheus calls the type of a metric.
    public enum Kind: String, Sendable {
        /// Only grows; ask for its rate.
        case counter
        /// Goes up and down.
        case gauge
        /// Observations in buckets.
        case histogram
    }

    /// The name as it is rendered, with its unit at the end.
    public let name: String
    /// The type.
    public let kind: Kind
    /// The names of its labels.
    public let labels: [String]
    /// What it counts or measures, in one sentence.
    public let help: String

    /// What a metric means.
    public init(_ name: String, _ kind: Kind, labels: [String] = [], _ help: String) {
        self.name = name
        self.kind = kind
        self.labels = labels
        self.help = help
    }
}

extension MetricDescription {
    /// What every service has: Prometheus's standard process metrics, and the registry's own.
    public static let process: [MetricDescription] = [
        MetricDescription(
            "process_cpu_seconds_total",
            .counter,
            "Seconds of processor time spent, in user and system."
        ),
        MetricDescription("process_max_fds", .gauge, "File descriptors that may be open."),
        MetricDescription("process_open_fds", .gauge, "File descriptors that are open."),
        MetricDescription("process_resident_memory_bytes", .gauge, "Bytes of memory that are resident."),
        MetricDescription("process_start_time_seconds", .gauge, "When the process started, in seconds since 1970."),
        MetricDescription(
            "bulletins_metrics_dropped_series_total",
            .counter,
            "Series not kept: too many for one name, or a name of two kinds."
        ),
    ]

    /// What librdkafka's statistics tell, every 2 seconds; `client` is `producer`, `consumer` or `admin`.
    public static let kafka: [MetricDescription] = [
        MetricDescription(
            "bulletins_kafka_broker_rtt_seconds",
            .gauge,
            labels: ["client"],
            "Seconds from a request to its answer, on average, of the slowest broker."
        ),
        MetricDescription("bulletins_kafka_brokers_up", .gauge, labels: ["client"], "Brokers that are connected."),
        MetricDescription("bulletins_kafka_rx_bytes_total", .counter, labels: ["client"], "Bytes of records received."),
        MetricDescription("bulletins_kafka_rx_total", .counter, labels: ["client"], "Records received."),
        MetricDescription("bulletins_kafka_tx_bytes_total", .counter, labels: ["client"], "Bytes of records sent."),
        MetricDescription("bulletins_kafka_tx_total", .counter, labels: ["client"], "Records sent."),
    ]

    /// What a producer's statistics tell beside that.
    public static let kafkaProducer: [MetricDescription] = [
        MetricDescription("bulletins_kafka_producer_queue_bytes", .gauge, "Bytes in librdkafka's queue."),
        MetricDescription("bulletins_kafka_producer_queue_messages", .gauge, "Records in librdkafka's queue."),
    ]

    /// What a consumer's statistics tell beside that.
    public static let kafkaConsumer: [MetricDescription] = [
        MetricDescription(
            "bulletins_kafka_consumer_lag_records",
            .gauge,
            labels: ["topic", "partition"],
            "Records between the committed offset and the end of the log."
        ),
        MetricDescription("bulletins_kafka_consumer_queue_bytes", .gauge, "Bytes in librdkafka's queue."),
        MetricDescription("bulletins_kafka_consumer_queue_messages", .gauge, "Records in librdkafka's queue."),
    ]
}
