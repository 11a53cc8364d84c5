internal import Foundation
internal import GRDB
internal import Logging
internal import Synchronization

/// Keeping room: what the writer does when there is nothing else to do, or little room left.
extension OutboxWriter {
    var room: OutboxRoom {
        OutboxRoom(free: DiskSpace.free(at: path), unplaced: log.unplaced, limits: limits)
    }

    /// Where the disk was found full, whatever the system tells of its free space (a quota), room is short as well.
    func isShort(_ room: OutboxRoom) -> Bool { room.isShort || status.failure?.code == .diskFull }

    var nearlyFull: OutboxError {
        OutboxError(.diskFull, "the disk of the outbox \(path) is nearly full: make room; what was accepted is safe")
    }

    /// Prunes, and finds out whether a full disk has room again. Returns when to come back.
    func chores() -> Duration {
        let isShort = isShort(room)
        do {
            if isShort { try? log.empty(queue) }
            // With the disk nearly full nothing that Kafka has is kept.
            let excess = isShort ? status.retainedBytes : status.retainedBytes - limits.retainedBytes
            let step = isShort ? limits.sparingStep : OutboxPruning.step
            let outcome = try transaction { try pruning.run(now: Self.now(), excess: excess, step: step, $0) }
            log.grew(rows: outcome.events, bytes: 0)
            if outcome.freedBytes > 0 { state.withLock { $0.retainedBytes -= outcome.freedBytes } }
            // On a full disk a checkpoint may find no room before the file is shorter.
            if !isShort { try log.checkpointIfDue(queue) }
            if outcome.hasMore { return isShort ? .milliseconds(1) : .milliseconds(50) }
            let pages = isShort ? limits.sparingStep : 1_024
            let freed = try queue.writeWithoutTransaction { try pruning.shrink($0, isShort: isShort, pages: pages) }
            log.grew(rows: freed, bytes: 0)
            if isShort { try? log.empty(queue) }
            if isShort, freed > 0 { return .milliseconds(1) }
            try probe()
        } catch {
            failed(OutboxError.wrap(error, path: path))
        }
        metrics.record(status)
        return .seconds(1)
    }

    /// Finds out whether the outbox can be written again, or no longer.
    private func probe() throws {
        let room = room
        let failure = status.failure
        if failure != nil, room.hasRecovered {
            try transaction { try OutboxStatements.probe(at: Self.now(), $0) }
            state.withLock { $0.failure = nil }
            logger.notice("the outbox can be written again", metadata: ["outbox": "\(path)"])
        } else if failure == nil, room.isFull {
            failed(nearlyFull)
        }
    }

    func failed(_ error: OutboxError) {
        let isNew = state.withLock { status in
            defer { status.failure = error }
            return status.failure?.code != error.code
        }
        metrics.record(status)
        if isNew { logger.error("\(error)") }
    }
}
