internal import Foundation
internal import GRDB
internal import Logging
internal import Metrics
internal import Synchronization

/// The one thread that writes the outbox. Only ``run()`` touches the connection.
final class OutboxWriter: Sendable {
    private struct Observers: Sendable {
        var onAccepted: @Sendable () -> Void = {}
        var onNoted: @Sendable ([Settlement]) -> Void = { _ in }
    }

    private let queue: DatabaseQueue
    private let path: String
    private let limits: OutboxLimits
    private let logger: Logger
    private let inbox = OutboxQueue()
    private let state: Mutex<OutboxStatus>
    private let observers = Mutex(Observers())
    private let metrics = OutboxMetrics()
    private let pruning: OutboxPruning

    init(queue: DatabaseQueue, path: String, limits: OutboxLimits, logger: Logger) throws {
        self.queue = queue
        self.path = path
        self.limits = limits
        self.logger = logger
        pruning = OutboxPruning(
            retention: limits.retention.components.seconds * 1_000,
            retainedBytes: limits.retainedBytes,
            remembered: Int64(limits.rememberedRecords)
        )
        do {
            let (totals, revived) = try queue.write { database in
                let revived = try OutboxStatements.reviveRefused(database)
                return (try OutboxStatements.totals(database), revived)
            }
            var status = OutboxStatus()
            status.pendingRecords = totals.pendingRecords
            status.pendingBytes = totals.pendingBytes
            status.retainedBytes = totals.retainedBytes
            state = Mutex(status)
            metrics.record(status)
            if revived > 0 {
                logger.notice("events that Kafka refused are tried again", metadata: ["count": "\(revived)"])
            }
        } catch {
            throw OutboxError.wrap(error, path: path)
        }
    }

    var status: OutboxStatus { state.withLock { $0 } }

    static func now() -> Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }

    func submit(_ submission: OutboxQueue.Submission) {
        if !inbox.add(submission) { submission.reply(.failure(closed)) }
    }

    func settle(_ settlement: Settlement) { inbox.add([settlement]) }

    func close() { inbox.close() }

    func observe(onAccepted: @escaping @Sendable () -> Void, onNoted: @escaping @Sendable ([Settlement]) -> Void) {
        observers.withLock { $0 = Observers(onAccepted: onAccepted, onNoted: onNoted) }
    }

    private var closed: OutboxError { OutboxError(.closed, "the service is ending: send it again in a moment") }

    // MARK: On the writer's thread

    func run() {
        var nextChores = ContinuousClock.now
        while true {
            let batch = inbox.take(until: nextChores)
            if !batch.isEmpty { write(batch) }
            if batch.isClosing { break }
            if ContinuousClock.now >= nextChores { nextChores = .now + chores() }
        }
        // The next start reads the log if this fails.
        _ = try? queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        try? queue.close()
    }

    private func write(_ batch: OutboxQueue.Batch) {
        let (admitted, refused) = admit(batch.submissions)
        for (submission, error) in refused { submission.reply(.failure(error)) }
        guard !admitted.isEmpty || !batch.settlements.isEmpty else { return }
        let start = ContinuousClock.now
        do {
            let replies = try transaction { database in
                let now = Self.now()
                for settlement in batch.settlements { try OutboxStatements.settle(settlement, at: now, database) }
                return try admitted.map { submission in
                    try submission.entries.map { try OutboxStatements.accept($0, at: now, database) }
                }
            }
            committed(admitted, replies, batch.settlements, took: ContinuousClock.now - start)
        } catch {
            let error = OutboxError.wrap(error, path: path)
            failed(error)
            for submission in admitted { submission.reply(.failure(error)) }
            // What Kafka has acknowledged stays known here and is noted when the disk allows; until then these events
            // count as on their way and are not sent again.
            if !batch.settlements.isEmpty, !batch.isClosing {
                inbox.add(batch.settlements, delay: .milliseconds(500))
            }
        }
    }

    /// Parts submissions from those that a limit refuses.
    private func admit(
        _ submissions: [OutboxQueue.Submission]
    ) -> ([OutboxQueue.Submission], [(OutboxQueue.Submission, OutboxError)]) {
        if submissions.isEmpty { return ([], []) }
        let free = DiskSpace.free(at: path).map { $0 - Int64(limits.reservedDiskBytes) } ?? .max
        var pending = status.pendingBytes
        var needed: Int64 = 0
        var admitted: [OutboxQueue.Submission] = []
        var refused: [(OutboxQueue.Submission, OutboxError)] = []
        for submission in submissions {
            let size = submission.size
            // It is written twice: to the log of SQLite, and from there to its place.
            let room = Int64(size) * 2
            // A single event that is larger than the bound gets in when nothing else waits.
            let mustFit = pending > 0 || submission.entries.count > 1
            if mustFit, pending + size > limits.pendingBytes {
                let message =
                    "\(pending) bytes wait for Kafka, the bound is \(limits.pendingBytes): send it again later"
                refused.append((submission, OutboxError(.backlogFull, message)))
            } else if needed + room > free {
                let message = "the disk of the outbox is nearly full: make room; what was accepted is safe"
                let error = OutboxError(.diskFull, message)
                failed(error)
                refused.append((submission, error))
            } else {
                admitted.append(submission)
                needed += room
                pending += size
            }
        }
        return (admitted, refused)
    }

    private func transaction<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try queue.writeWithoutTransaction { database in
            var value: Value?
            try database.inTransaction(.immediate) {
                value = try body(database)
                return .commit
            }
            guard let value else { throw OutboxError(.unavailable, "the transaction on \(path) ended early") }
            return value
        }
    }

    private func committed(
        _ submissions: [OutboxQueue.Submission],
        _ replies: [[Acceptance]],
        _ settlements: [Settlement],
        took duration: Duration
    ) {
        var accepted = 0
        var bytes = 0
        for (submission, reply) in zip(submissions, replies) {
            for (entry, acceptance) in zip(submission.entries, reply) {
                switch acceptance {
                case .accepted:
                    accepted += 1
                    bytes += entry.size
                case .unchanged: break
                }
            }
        }
        let (status, recovered) = state.withLock { status in
            status.pendingRecords += accepted - settlements.count
            status.pendingBytes += bytes - settlements.reduce(0) { $0 + $1.size }
            for settlement in settlements {
                switch settlement.outcome {
                case .delivered: status.retainedBytes += settlement.size
                case .refused: status.refusedRecords += 1
                }
            }
            if !submissions.isEmpty { status.commits += 1 }
            // A refusal for lack of space ends with the next entry that fits, not with the next delivery noted.
            let recovered = status.failure != nil && !submissions.isEmpty
            if recovered { status.failure = nil }
            return (status, recovered)
        }
        if recovered { logger.notice("the outbox can be written again", metadata: ["outbox": "\(path)"]) }
        metrics.record(status)
        if !submissions.isEmpty { metrics.committed(entries: replies.reduce(0) { $0 + $1.count }, took: duration) }
        for (submission, reply) in zip(submissions, replies) { submission.reply(.success(reply)) }
        let observers = observers.withLock { $0 }
        if accepted > 0 { observers.onAccepted() }
        if !settlements.isEmpty { observers.onNoted(settlements) }
    }

    private func failed(_ error: OutboxError) {
        let isNew = state.withLock { status in
            defer { status.failure = error }
            return status.failure?.code != error.code
        }
        metrics.record(status)
        if isNew { logger.error("\(error)") }
    }

    /// Prunes, and finds out whether a full disk has room again. Returns when to come back.
    private func chores() -> Duration {
        let status = status
        do {
            let free = DiskSpace.free(at: path) ?? .max
            let isShort = free < Int64(limits.reservedDiskBytes) * 2
            // With the disk nearly full nothing that Kafka has is kept.
            let excess = isShort ? status.retainedBytes : status.retainedBytes - limits.retainedBytes
            let outcome = try transaction { try pruning.run(now: Self.now(), excess: excess, $0) }
            if outcome.freedBytes > 0 { state.withLock { $0.retainedBytes -= outcome.freedBytes } }
            if outcome.hasMore { return .milliseconds(50) }
            if try queue.writeWithoutTransaction({ try pruning.shrink($0, isShort: isShort) }) {
                return .milliseconds(20)
            }
            if status.failure != nil, free >= Int64(limits.reservedDiskBytes) {
                try transaction { try OutboxStatements.probe(at: Self.now(), $0) }
                state.withLock { $0.failure = nil }
                logger.notice("the outbox can be written again", metadata: ["outbox": "\(path)"])
            } else if status.failure == nil, free < Int64(limits.reservedDiskBytes) {
                failed(OutboxError(.diskFull, "the disk of the outbox \(path) is nearly full: make room"))
            }
        } catch {
            failed(OutboxError.wrap(error, path: path))
        }
        metrics.record(self.status)
        return .seconds(1)
    }
}
