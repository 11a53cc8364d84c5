internal import Foundation
internal import Kafka
internal import ReadModel

/// What the event loop tells one partition worker; the worker looks at it between its blocking calls.
///
/// `@unchecked Sendable`: every access to the stored state holds `condition`.
final class WorkerControl: @unchecked Sendable {
    private let condition = MonotonicCondition()
    private var isStopping = false
    private var areCommitsForbidden = false
    private var queue: PartitionQueue?
    private var mustSeek = false
    private var interrupter: PartitionFile.Interrupter?

    /// Ends the worker after its open transaction.
    func stop() {
        condition.withLock {
            isStopping = true
            queue?.wake()
            condition.broadcast()
        }
    }

    /// Ends the worker; a transaction that has not begun to commit yet is rolled back.
    func forbidCommits() {
        let interrupter = condition.withLock {
            areCommitsForbidden = true
            isStopping = true
            queue?.wake()
            condition.broadcast()
            return self.interrupter
        }
        interrupter?.interrupt()
    }

    /// Tells how to end a transaction on the worker's file.
    func opened(_ interrupter: PartitionFile.Interrupter) {
        condition.withLock { self.interrupter = interrupter }
    }

    /// Hands over the queue that Kafka made for the partition.
    ///
    /// - Parameter mustSeek: it was made for an earlier worker and stands anywhere, paused.
    func start(reading queue: PartitionQueue, mustSeek: Bool) {
        condition.withLock {
            self.queue = queue
            self.mustSeek = mustSeek
            condition.broadcast()
        }
    }

    var shouldStop: Bool { condition.withLock { isStopping } }

    var mayCommit: Bool { condition.withLock { !areCommitsForbidden } }

    /// Blocks until there is a queue to read from; nil if the worker shall end instead.
    func waitForQueue() -> (queue: PartitionQueue, mustSeek: Bool)? {
        condition.withLock {
            while queue == nil, !isStopping { condition.wait() }
            guard !isStopping, let queue else { return nil }
            return (queue, mustSeek)
        }
    }

    /// Blocks until `isMet`, for `timeout` at most, or until the worker shall end; whoever makes it so calls ``wakeUp()``.
    func wait(atMost timeout: Duration, until isMet: () -> Bool) {
        let deadline = ContinuousClock.now + timeout
        condition.withLock {
            while !isStopping, !isMet(), condition.wait(until: deadline) {}
        }
    }

    /// Has the worker look again at what it waits for.
    func wakeUp() { condition.withLock { condition.broadcast() } }

    /// Blocks for `duration` or until the worker shall end.
    func pause(_ duration: Duration) {
        let deadline = ContinuousClock.now + duration
        condition.withLock {
            while !isStopping, condition.wait(until: deadline) {}
        }
    }
}
