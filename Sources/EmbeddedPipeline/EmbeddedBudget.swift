internal import Ingestor
internal import Kafka
internal import Synchronization

/// Lets no more into the embedded broker than the indexer keeps up with.
///
/// librdkafka's mock cluster drops the oldest records of a partition past 5 MB or 100,000 batches. What has been
/// published and not yet indexed is kept under a limit below that over all partitions together, so nothing is dropped
/// whichever partition the keys favour. A record larger than the limit goes alone.
final class EmbeddedBudget: InFlightBudget {
    /// Bytes of event data: with keys, headers and framing still under the broker's 5 MB.
    static let limit = 3 * 1024 * 1024

    private struct Delivered {
        let offset: Int64
        let bytes: Int
    }

    private struct Waiter {
        let bytes: Int
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var inFlight = 0
        /// Delivered and not yet indexed, in the order of offsets.
        var delivered: [TopicPartition: [Delivered]] = [:]
        var indexed: [TopicPartition: Int64] = [:]
        var waiters: [Waiter] = []
        var drained: [CheckedContinuation<Void, Never>] = []
        var isClosed = false
    }

    private let state = Mutex(State())

    func acquire(bytes: Int) async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                if state.isClosed || state.inFlight == 0
                    || (state.waiters.isEmpty && state.inFlight + bytes <= Self.limit)
                {
                    state.inFlight += bytes
                    return true
                }
                state.waiters.append(Waiter(bytes: bytes, continuation: continuation))
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    func delivered(bytes: Int, to metadata: RecordMetadata) {
        release { state in
            // The indexer may have been faster than the delivery report.
            if metadata.offset < state.indexed[metadata.topicPartition] ?? 0 { return bytes }
            state.delivered[metadata.topicPartition, default: []].append(
                Delivered(offset: metadata.offset, bytes: bytes)
            )
            return 0
        }
    }

    func failed(bytes: Int) {
        release { _ in bytes }
    }

    /// The partition's file stands at `nextOffset` now.
    func indexed(_ partition: TopicPartition, nextOffset: Int64) {
        release { state in
            state.indexed[partition] = nextOffset
            let records = state.delivered[partition] ?? []
            let done = records.prefix { $0.offset < nextOffset }
            state.delivered[partition] = Array(records.dropFirst(done.count))
            return done.reduce(0) { $0 + $1.bytes }
        }
    }

    /// Returns when everything that was acquired has been indexed or has failed.
    func allIndexed() async {
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                if state.isClosed || state.inFlight == 0 { return true }
                state.drained.append(continuation)
                return false
            }
            if isDone { continuation.resume() }
        }
    }

    /// Nobody indexes any more: lets everybody who waits go on.
    func close() {
        let waiting = state.withLock { state in
            state.isClosed = true
            defer {
                state.waiters = []
                state.drained = []
            }
            return state.waiters.map(\.continuation) + state.drained
        }
        for continuation in waiting { continuation.resume() }
    }

    private func release(_ bytes: (inout State) -> Int) {
        let free = state.withLock { state in
            state.inFlight -= bytes(&state)
            var free: [CheckedContinuation<Void, Never>] = []
            while let waiter = state.waiters.first,
                state.inFlight == 0 || state.inFlight + waiter.bytes <= Self.limit
            {
                state.inFlight += waiter.bytes
                free.append(waiter.continuation)
                state.waiters.removeFirst()
            }
            if state.inFlight == 0 {
                free += state.drained
                state.drained = []
            }
            return free
        }
        // Outside the lock: those who waited go on at once.
        for continuation in free { continuation.resume() }
    }
}
