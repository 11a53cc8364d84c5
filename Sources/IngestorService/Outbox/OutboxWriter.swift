internal import Foundation
internal import GRDB
internal import Logging
internal import Metrics
internal import Synchronization

/// The one thread that writes the outbox. Only ``run()`` touches the connection, and what it calls.
final class OutboxWriter: Sendable {
    private struct Observers: Sendable {
        var onAccepted: @Sendable () -> Void = {}
        var onNoted: @Sendable ([Settlement]) -> Void = { _ in }
    }

    let queue: DatabaseQueue
    let path: String
    let limits: OutboxLimits
    let logger: Logger
    private let inbox = OutboxQueue()
    let state: Mutex<OutboxStatus>
    private let observers = Mutex(Observers())
    let metrics = OutboxMetrics()
    let pruning: OutboxPruning
    let log: OutboxLog

    init(queue: DatabaseQueue, path: String, limits: OutboxLimits, logger: Logger) throws {
        self.queue = queue
        self.path = path
        self.limits = limits
        self.logger = logger
        log = OutboxLog(limits: limits)
        pruning = OutboxPruning(
            retention: limits.retention.components.seconds * 1_000,
            retainedBytes: limits.retainedBytes,
            remembered: Int64(limits.rememberedRecords)
        )
        do {
            // A full disk may forbid both; the former is tried again at the next start, the latter all the time.
            let revived = (try? queue.write { try OutboxStatements.reviveRefused($0) }) ?? 0
            try? log.checkpointIfDue(queue)
            let totals = try queue.read { try OutboxStatements.totals($0) }
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
        // The next start reads the log if this fails. Its room stays taken: the disk may be full by then.
        try? log.empty(queue)
        try? queue.close()
    }

    private func write(_ batch: OutboxQueue.Batch) {
        let room = room
        var settlements = batch.settlements
        if isShort(room) {
            settleSparingly(settlements, isClosing: batch.isClosing)
            settlements = []
        }
        let (admitted, refused) = admit(batch.submissions, room)
        for (submission, error) in refused { submission.reply(.failure(error)) }
        store(admitted, settlements, keepsPayload: true, isClosing: batch.isClosing)
        do {
            if isShort(room) { try log.empty(queue) } else { try log.checkpointIfDue(queue) }
        } catch {
            failed(OutboxError.wrap(error, path: path))
        }
    }

    /// Notes outcomes and lets go of payloads at once, in transactions that fit into the log as it is.
    private func settleSparingly(_ settlements: [Settlement], isClosing: Bool) {
        var rest = settlements[...]
        while !rest.isEmpty {
            let step = Array(rest.prefix(limits.sparingStep))
            rest = rest.dropFirst(step.count)
            guard store([], step, keepsPayload: false, isClosing: isClosing) else { break }
            // A disk that is full needs what follows, and may refuse this still.
            try? log.empty(queue)
        }
        if !isClosing, !rest.isEmpty { inbox.add(Array(rest), delay: .milliseconds(500)) }
    }

    /// Writes submissions and outcomes in one transaction, and answers. False if it could not be written.
    @discardableResult
    private func store(
        _ submissions: [OutboxQueue.Submission],
        _ settlements: [Settlement],
        keepsPayload: Bool,
        isClosing: Bool
    ) -> Bool {
        guard !submissions.isEmpty || !settlements.isEmpty else { return true }
        let start = ContinuousClock.now
        do {
            let replies = try transaction { database in
                let now = Self.now()
                for settlement in settlements {
                    try OutboxStatements.settle(settlement, at: now, keepsPayload: keepsPayload, database)
                }
                return try submissions.map { submission in
                    try submission.entries.map { try OutboxStatements.accept($0, at: now, database) }
                }
            }
            log.grew(
                rows: submissions.reduce((settlements.count + 15) / 16) { $0 + $1.entries.count },
                bytes: submissions.reduce(0) { $0 + $1.size }
            )
            committed(submissions, replies, settlements, keepsPayload: keepsPayload, took: ContinuousClock.now - start)
            return true
        } catch {
            let error = OutboxError.wrap(error, path: path)
            failed(error)
            for submission in submissions { submission.reply(.failure(error)) }
            // What Kafka has acknowledged stays known here and is noted when the disk allows; until then these events
            // count as on their way and are not sent again.
            if !settlements.isEmpty, !isClosing { inbox.add(settlements, delay: .milliseconds(500)) }
            return false
        }
    }

    /// Parts submissions from those that a limit refuses.
    private func admit(
        _ submissions: [OutboxQueue.Submission],
        _ room: OutboxRoom
    ) -> ([OutboxQueue.Submission], [(OutboxQueue.Submission, OutboxError)]) {
        if submissions.isEmpty { return ([], []) }
        var pending = status.pendingBytes
        var needed: Int64 = 0
        var admitted: [OutboxQueue.Submission] = []
        var refused: [(OutboxQueue.Submission, OutboxError)] = []
        for submission in submissions {
            let size = submission.size
            let more = OutboxRoom.needed(for: size)
            // A single event that is larger than the bound gets in when nothing else waits.
            let mustFit = pending > 0 || submission.entries.count > 1
            if mustFit, pending + size > limits.pendingBytes {
                let message =
                    "\(pending) bytes wait for Kafka, the bound is \(limits.pendingBytes): send it again later"
                refused.append((submission, OutboxError(.backlogFull, message)))
            } else if needed + more > room.forEvents {
                // A large one may be refused where usual ones still fit: that alone does not make the disk full.
                if room.isFull { failed(nearlyFull) }
                refused.append((submission, nearlyFull))
            } else {
                admitted.append(submission)
                needed += more
                pending += size
            }
        }
        return (admitted, refused)
    }

    func transaction<Value>(_ body: (Database) throws -> Value) throws -> Value {
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
        keepsPayload: Bool,
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
                case .delivered: status.retainedBytes += keepsPayload ? settlement.size : 0
                case .refused: status.refusedRecords += 1
                }
            }
            if !submissions.isEmpty { status.commits += 1 }
            // Whether a full disk has room again is found out by the chores: a small entry may fit where others do not.
            let recovered = status.failure.map { $0.code != .diskFull } == true && !submissions.isEmpty
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
}
