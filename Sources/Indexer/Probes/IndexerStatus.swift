internal import Foundation
internal import Kafka
internal import Synchronization

/// What an indexer is doing, for probes and metrics. Written by the event loop and the workers, read by anybody.
final class IndexerStatus: Sendable {
    /// What happens to one partition.
    enum Phase: String, Sendable {
        /// Its file is opened and its log compared.
        case opening
        /// It is read.
        case reading
        /// It is in trouble and is tried again.
        case stopped
    }

    /// One partition that is this indexer's.
    struct Partition: Sendable {
        var phase = Phase.opening
        /// Where the file stands.
        var nextOffset: Int64?
        /// Where the log ends, as the last answer of the broker had it.
        var endOffset: Int64?
        /// When the oldest record was published that is not in the file; nil if there is none.
        var waitingSince: Date?
        /// Why it is stopped.
        var trouble: String?

        /// Records that are in the log and not in the file.
        var lag: Int64? {
            guard let nextOffset, let endOffset else { return nil }
            return max(0, endOffset - nextOffset)
        }

        /// How long the oldest record waits that is not in the file, in seconds.
        func lagSeconds(at now: Date) -> Double {
            waitingSince.map { max(0, now.timeIntervalSince($0)) } ?? 0
        }
    }

    private struct State {
        var hasJoined = false
        var isClosing = false
        var partitions: [TopicPartition: Partition] = [:]
        var rebalancingSince: ContinuousClock.Instant?
    }

    private let state = Mutex(State())

    /// What is known of the partitions.
    var partitions: [TopicPartition: Partition] { state.withLock { $0.partitions } }
    /// Whether the group's first answer has been taken.
    var hasJoined: Bool { state.withLock { $0.hasJoined } }
    /// Whether the indexer is ending.
    var isClosing: Bool { state.withLock { $0.isClosing } }
    /// Since when partitions have been changing hands; nil if none are.
    var rebalancingSince: ContinuousClock.Instant? { state.withLock { $0.rebalancingSince } }

    func join() { state.withLock { $0.hasJoined = true } }

    func close() { state.withLock { $0.isClosing = true } }

    /// Partitions begin to change hands.
    func beginRebalance() {
        state.withLock { $0.rebalancingSince = $0.rebalancingSince ?? .now }
    }

    /// How long it took, if partitions were changing hands.
    func endRebalance() -> Duration? {
        state.withLock { state in
            defer { state.rebalancingSince = nil }
            return state.rebalancingSince.map { .now - $0 }
        }
    }

    /// Changes what is known of a partition; one that is not known yet is added.
    func update(_ partition: TopicPartition, _ change: @Sendable (inout Partition) -> Void) {
        state.withLock { change(&$0.partitions[partition, default: Partition()]) }
    }

    /// The partition is another's now.
    func remove(_ partition: TopicPartition) {
        state.withLock { $0.partitions[partition] = nil }
    }

    /// A batch was read: what the log holds beyond the file.
    ///
    /// - Parameters:
    ///   - oldest: when the first record of the batch was published, in milliseconds since 1970.
    ///   - end: where the log ends.
    func read(_ partition: TopicPartition, oldest: Int64?, end: Int64?) {
        update(partition) { known in
            if let end { known.endOffset = max(end, known.nextOffset ?? 0) }
            if let oldest { known.waitingSince = Date(timeIntervalSince1970: Double(oldest) / 1000) }
        }
    }

    /// The file moved on to `nextOffset`; its last record was published at `newest`, milliseconds since 1970.
    func applied(_ partition: TopicPartition, nextOffset: Int64, newest: Int64?, end: Int64?) {
        update(partition) { known in
            known.nextOffset = nextOffset
            known.endOffset = max(end ?? known.endOffset ?? nextOffset, nextOffset)
            // The next record was published at the earliest when the last one was: lag is told too large, never too small.
            let isBehind = (known.lag ?? 0) > 0
            known.waitingSince =
                isBehind ? newest.map { Date(timeIntervalSince1970: Double($0) / 1000) } ?? known.waitingSince : nil
        }
    }
}
