internal import Foundation
internal import Kafka
internal import Metrics
public import Operations
internal import Synchronization

/// Says whether an indexer can do its work, and what is amiss; made by ``IndexerService/probe``.
public final class IndexerProbe: ProbeSource {
    /// Bounds of what is still ready.
    struct Limits: Sendable {
        /// How long the oldest record that is not indexed may wait.
        var lag: Duration
        /// How long ago a broker may last have been heard.
        var brokerSilence: Duration
    }

    private let status: IndexerStatus
    private let limits: Limits
    private let health: @Sendable () -> KafkaHealth?
    private let gauges = PartitionGauges()

    init(status: IndexerStatus, limits: Limits, health: @escaping @Sendable () -> KafkaHealth?) {
        self.status = status
        self.limits = limits
        self.health = health
    }

    /// Ready: the group's assignment is taken, every file of it is restored and none is in trouble, lag is within its
    /// bound, and a broker was heard lately.
    public func readiness() async -> ReadinessReport {
        let partitions = status.partitions
        let checks = [
            assignment(partitions), files(partitions), lag(partitions), broker(),
        ]
        let isFine = checks.allSatisfy(\.ok)
        return ReadinessReport(status.isClosing ? .closing : isFine ? .ready : .notReady, checks: checks)
    }

    /// Brings the gauges of the partitions up to date.
    public func refreshMetrics() async {
        gauges.record(status.partitions, at: Date())
        gauges.recordReady(await readiness().status == .ready)
    }

    private func assignment(_ partitions: [TopicPartition: IndexerStatus.Partition]) -> ReadinessReport.Check {
        guard status.hasJoined else { return .init("assignment", ok: false, "the group has not answered yet") }
        if let since = status.rebalancingSince {
            return .init("assignment", ok: false, "partitions have been changing hands for \(seconds(.now - since)) s")
        }
        return .init(
            "assignment",
            ok: true,
            partitions.isEmpty
                ? "no partition: more members than partitions, or none yet" : "\(partitions.count) partitions"
        )
    }

    private func files(_ partitions: [TopicPartition: IndexerStatus.Partition]) -> ReadinessReport.Check {
        let stopped = partitions.filter { $0.value.phase == .stopped }.sorted { $0.key < $1.key }
        if let first = stopped.first {
            let more = stopped.count > 1 ? " (and \(stopped.count - 1) more)" : ""
            return .init("files", ok: false, "\(first.key) is stopped\(more): \(first.value.trouble ?? "unknown")")
        }
        let opening = partitions.filter { $0.value.phase == .opening }.count
        guard opening == 0 else { return .init("files", ok: false, "\(opening) are being opened and compared") }
        return .init("files", ok: true, "all are open and fit their log")
    }

    private func lag(_ partitions: [TopicPartition: IndexerStatus.Partition]) -> ReadinessReport.Check {
        let now = Date()
        let worst = partitions.max { $0.value.lagSeconds(at: now) < $1.value.lagSeconds(at: now) }
        let lag = worst.map { $0.value.lagSeconds(at: now) } ?? 0
        let isFine = lag <= limits.lag / .seconds(1)
        let detail = worst.map { "\($0.key) is \(Int(lag)) s behind, at most \(seconds(limits.lag)) s" }
        return .init("lag", ok: isFine, lag == 0 ? "nothing waits" : detail ?? "nothing waits")
    }

    private func broker() -> ReadinessReport.Check {
        guard let health = health(), let heard = health.lastHeardFromBroker else {
            return .init("kafka", ok: false, "no broker has been heard yet")
        }
        let silence = max(0, Date().timeIntervalSince(heard))
        let isFine = health.isBrokerReachable && silence <= limits.brokerSilence / .seconds(1)
        let reason = health.lastError.map { ": \($0)" } ?? ""
        return .init("kafka", ok: isFine, "a broker was heard \(Int(silence)) s ago\(isFine ? "" : reason)")
    }

    private func seconds(_ duration: Duration) -> Int64 { duration.components.seconds }
}

/// The gauges of each partition; those of partitions that went to others are dropped.
private final class PartitionGauges: Sendable {
    private struct Gauges {
        let nextOffset: Gauge
        let endOffset: Gauge
        let lag: Gauge
        let lagSeconds: Gauge
        let stopped: Gauge

        init(_ partition: TopicPartition) {
            let dimensions = [("topic", partition.topic), ("partition", String(partition.partition))]
            nextOffset = Gauge(label: "bulletins_indexer_next_offset", dimensions: dimensions)
            endOffset = Gauge(label: "bulletins_indexer_end_offset", dimensions: dimensions)
            lag = Gauge(label: "bulletins_indexer_lag_records", dimensions: dimensions)
            lagSeconds = Gauge(label: "bulletins_indexer_lag_seconds", dimensions: dimensions)
            stopped = Gauge(label: "bulletins_indexer_partition_stopped", dimensions: dimensions)
        }

        func destroy() {
            for gauge in [nextOffset, endOffset, lag, lagSeconds, stopped] { gauge.destroy() }
        }
    }

    private let gauges = Mutex<[TopicPartition: Gauges]>([:])
    private let ready = Gauge(label: "bulletins_indexer_ready")

    func recordReady(_ isReady: Bool) { ready.record(isReady ? 1 : 0) }

    func record(_ partitions: [TopicPartition: IndexerStatus.Partition], at now: Date) {
        gauges.withLock { gauges in
            for (partition, known) in gauges where partitions[partition] == nil {
                known.destroy()
                gauges[partition] = nil
            }
            for (partition, status) in partitions {
                let known = gauges[partition] ?? Gauges(partition)
                gauges[partition] = known
                if let offset = status.nextOffset { known.nextOffset.record(offset) }
                if let offset = status.endOffset { known.endOffset.record(offset) }
                if let lag = status.lag { known.lag.record(lag) }
                known.lagSeconds.record(status.lagSeconds(at: now))
                known.stopped.record(status.phase == .stopped ? 1 : 0)
            }
        }
    }
}
