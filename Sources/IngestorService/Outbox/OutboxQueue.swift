internal import Foundation
internal import Kafka
internal import Synchronization

/// What waits for the writer's next transaction. Callers add from anywhere, one thread takes.
final class OutboxQueue: Sendable {
    struct Submission: Sendable {
        let entries: [OutboxEntry]
        let reply: @Sendable (Result<[Acceptance], OutboxError>) -> Void

        var size: Int { entries.reduce(0) { $0 + $1.size } }
    }

    struct Batch {
        var submissions: [Submission] = []
        var settlements: [Settlement] = []
        var isClosing = false

        var isEmpty: Bool { submissions.isEmpty && settlements.isEmpty }
    }

    private struct State {
        var submissions: [Submission] = []
        var settlements: [Settlement] = []
        /// When the settlements alone are reason enough for a transaction.
        var settlementsDue: ContinuousClock.Instant?
        var isClosing = false
        var isSignalled = false
    }

    /// Settlements wait this long for entries to share a transaction with.
    static let settlementDelay = Duration.milliseconds(10)
    /// So many settlements wait no longer.
    static let settlementBatch = 512
    /// Bytes of one transaction; a transaction takes at least one submission.
    static let batchBytes = 32 << 20

    private let state = Mutex(State())
    /// Tells the thread that takes of what was added.
    private let added = MonotonicCondition()

    /// False if the queue is closed.
    func add(_ submission: Submission) -> Bool {
        change { state in
            guard !state.isClosing else { return false }
            state.submissions.append(submission)
            return true
        }
    }

    func add(_ settlements: [Settlement], delay: Duration = settlementDelay) {
        _ = change { state in
            state.settlements.append(contentsOf: settlements)
            let due = ContinuousClock.now + delay
            state.settlementsDue = min(state.settlementsDue ?? due, due)
            return true
        }
    }

    func close() {
        _ = change { state in
            state.isClosing = true
            return true
        }
    }

    private func change(_ body: (inout State) -> Bool) -> Bool {
        let (result, mustSignal) = state.withLock { state in
            let result = body(&state)
            defer { state.isSignalled = true }
            return (result, !state.isSignalled)
        }
        if mustSignal { added.withLock { added.signal() } }
        return result
    }

    /// Blocks until there is something to do or `deadline` has come; then the batch is empty.
    func take(until deadline: ContinuousClock.Instant) -> Batch {
        while true {
            let now = ContinuousClock.now
            let (batch, until) = state.withLock { state -> (Batch?, ContinuousClock.Instant) in
                state.isSignalled = false
                let settlementsAreDue =
                    state.settlements.count >= Self.settlementBatch || state.settlementsDue.map { $0 <= now } ?? false
                if !state.submissions.isEmpty || settlementsAreDue || state.isClosing || deadline <= now {
                    return (Self.batch(&state), now)
                }
                return (nil, min(deadline, state.settlementsDue ?? deadline))
            }
            if let batch { return batch }
            added.withLock {
                while !state.withLock({ $0.isSignalled }), added.wait(until: until) {}
            }
        }
    }

    private static func batch(_ state: inout State) -> Batch {
        var batch = Batch()
        var bytes = 0
        var count = 0
        while count < state.submissions.count, count == 0 || bytes + state.submissions[count].size <= batchBytes {
            bytes += state.submissions[count].size
            count += 1
        }
        batch.submissions = Array(state.submissions.prefix(count))
        state.submissions.removeFirst(count)
        batch.settlements = state.settlements
        state.settlements = []
        state.settlementsDue = nil
        batch.isClosing = state.isClosing && state.submissions.isEmpty
        return batch
    }
}
