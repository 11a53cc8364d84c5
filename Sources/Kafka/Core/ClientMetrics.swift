import Metrics
import Synchronization

/// Turns librdkafka's statistics into metrics. Dimensions are few on purpose: the client's role, and topic and
/// partition for lag.
final class ClientMetrics: Sendable {
    private let queueMessages: Gauge
    private let queueBytes: Gauge
    private let sentRecords: RunningTotal
    private let sentBytes: RunningTotal
    private let receivedRecords: RunningTotal
    private let receivedBytes: RunningTotal
    private let roundTrip: Gauge
    private let brokersUp: Gauge
    private let lagGauges = Mutex<[TopicPartition: Gauge]>([:])

    /// librdkafka counts from the client's start, metrics count increments.
    private final class RunningTotal: Sendable {
        private let counter: Metrics.Counter
        private let last = Mutex<Int64>(0)

        init(_ label: String, _ dimensions: [(String, String)]) {
            counter = Counter(label: label, dimensions: dimensions)
        }

        func record(_ total: Int64?) {
            let total = total ?? 0
            let increment = last.withLock { last in
                defer { last = total }
                return total - last
            }
            if increment > 0 { counter.increment(by: increment) }
        }
    }

    init(role: ClientContext.Role) {
        let dimensions = [("client", role.rawValue)]
        queueMessages = Gauge(label: "bulletins_kafka_\(role.rawValue)_queue_messages")
        queueBytes = Gauge(label: "bulletins_kafka_\(role.rawValue)_queue_bytes")
        sentRecords = RunningTotal("bulletins_kafka_tx_total", dimensions)
        sentBytes = RunningTotal("bulletins_kafka_tx_bytes_total", dimensions)
        receivedRecords = RunningTotal("bulletins_kafka_rx_total", dimensions)
        receivedBytes = RunningTotal("bulletins_kafka_rx_bytes_total", dimensions)
        roundTrip = Gauge(label: "bulletins_kafka_broker_rtt_seconds", dimensions: dimensions)
        brokersUp = Gauge(label: "bulletins_kafka_brokers_up", dimensions: dimensions)
    }

    func record(_ statistics: ClientStatistics) {
        queueMessages.record(statistics.msg_cnt ?? 0)
        queueBytes.record(statistics.msg_size ?? 0)
        sentRecords.record(statistics.txmsgs)
        sentBytes.record(statistics.txmsg_bytes)
        receivedRecords.record(statistics.rxmsgs)
        receivedBytes.record(statistics.rxmsg_bytes)
        let up = statistics.upBrokers
        brokersUp.record(up.count)
        if let slowest = up.compactMap({ $0.rtt?.avg }).max() {
            roundTrip.record(Double(slowest) / 1_000_000)
        }
        recordLag(statistics)
    }

    /// Lag by committed offsets, for partitions that are being fetched; others drop out of the metrics.
    private func recordLag(_ statistics: ClientStatistics) {
        var lags: [TopicPartition: Int64] = [:]
        for topic in (statistics.topics ?? [:]).values {
            for partition in topic.partitions.values where partition.fetch_state == "active" {
                guard let lag = partition.consumer_lag, lag >= 0 else { continue }
                lags[TopicPartition(topic: topic.topic, partition: partition.partition)] = lag
            }
        }
        lagGauges.withLock { gauges in
            for (partition, gauge) in gauges where lags[partition] == nil {
                gauge.destroy()
                gauges[partition] = nil
            }
            for (partition, lag) in lags {
                let gauge =
                    gauges[partition]
                    ?? Gauge(
                        label: "bulletins_kafka_consumer_lag_records",
                        dimensions: [("topic", partition.topic), ("partition", "\(partition.partition)")]
                    )
                gauges[partition] = gauge
                gauge.record(lag)
            }
        }
    }
}
