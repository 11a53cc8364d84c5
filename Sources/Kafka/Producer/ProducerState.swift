/// The bookkeeping of a producer: pure, driven under ``ProducerCore``'s lock.
///
/// Every record belongs to the epoch that was open when it was accepted. A flush closes the current epoch and is done
/// when that epoch and all before it are empty, so it never waits for records that came later.
struct ProducerState<Waiter, FlushWaiter> {
    enum Phase: Equatable {
        /// Takes records.
        case open
        /// Takes none; what was accepted is still being delivered.
        case closing
        /// The client is gone.
        case closed
    }

    private(set) var phase = Phase.open
    /// Calls into the client that are going on; it may not be destroyed before they end.
    private(set) var callsInProgress = 0
    /// Records accepted and not yet reported.
    private(set) var outstanding = 0
    /// Counts the occasions on which queue space was freed.
    private(set) var generation: UInt64 = 0

    private var epoch = 0
    private var outstandingByEpoch: [Int: Int] = [:]
    private var spaceWaiters: [(id: UInt64, waiter: Waiter)] = []
    private var flushes: [(epoch: Int, deadline: ContinuousClock.Instant, waiter: FlushWaiter)] = []

    /// A record is about to be handed over. Returns its epoch and the generation, nil if the producer is closed.
    mutating func begin() -> (epoch: Int, generation: UInt64)? {
        guard phase == .open else { return nil }
        callsInProgress += 1
        outstanding += 1
        outstandingByEpoch[epoch, default: 0] += 1
        return (epoch, generation)
    }

    /// The hand-over has ended; a refused record was never accepted.
    mutating func end(epoch: Int, accepted: Bool) -> [FlushWaiter] {
        callsInProgress -= 1
        return accepted ? [] : settle(epoch: epoch)
    }

    /// A record's outcome is known. Returns the flushes that are thereby complete.
    mutating func settle(epoch: Int) -> [FlushWaiter] {
        outstanding -= 1
        if let count = outstandingByEpoch[epoch] {
            outstandingByEpoch[epoch] = count > 1 ? count - 1 : nil
        }
        guard !flushes.isEmpty else { return [] }
        let oldest = oldestEpoch
        return takeFlushes { $0.epoch < oldest }
    }

    /// Space was freed by `count` records. Returns whom to wake.
    mutating func freed(_ count: Int) -> [Waiter] {
        generation += 1
        // With nothing outstanding no later report would wake anybody.
        let number = outstanding == 0 ? spaceWaiters.count : min(count, spaceWaiters.count)
        let woken = spaceWaiters.prefix(number).map(\.waiter)
        spaceWaiters.removeFirst(number)
        return woken
    }

    /// Adds a caller that found the queue full. False: space was freed meanwhile (or the producer is closing), so it
    /// should try again at once.
    mutating func waitForSpace(id: UInt64, since seen: UInt64, _ waiter: Waiter) -> Bool {
        guard phase == .open, seen == generation else { return false }
        spaceWaiters.append((id, waiter))
        return true
    }

    /// Removes a waiting caller that was cancelled.
    mutating func cancelWait(id: UInt64) -> Waiter? {
        guard let index = spaceWaiters.firstIndex(where: { $0.id == id }) else { return nil }
        return spaceWaiters.remove(at: index).waiter
    }

    /// Adds a flush. False: there is nothing to wait for.
    mutating func flush(until deadline: ContinuousClock.Instant, _ waiter: FlushWaiter) -> Bool {
        guard outstanding > 0 else { return false }
        flushes.append((epoch, deadline, waiter))
        epoch += 1
        return true
    }

    /// Takes out the flushes whose time is over.
    mutating func expiredFlushes(at now: ContinuousClock.Instant) -> [FlushWaiter] {
        flushes.isEmpty ? [] : takeFlushes { $0.deadline <= now }
    }

    /// When the next flush's time is over.
    var nextDeadline: ContinuousClock.Instant? { flushes.map(\.deadline).min() }

    /// No more records. Returns all callers that wait for space.
    mutating func close() -> [Waiter] {
        switch phase {
        case .open:
            phase = .closing
            defer { spaceWaiters = [] }
            return spaceWaiters.map(\.waiter)
        case .closing, .closed:
            return []
        }
    }

    /// Whether the client can be destroyed.
    var isDrained: Bool { phase == .closing && callsInProgress == 0 && outstanding == 0 }

    /// The client is gone.
    mutating func destroyed() { phase = .closed }

    /// The first epoch that still has records.
    private var oldestEpoch: Int { outstandingByEpoch.keys.min() ?? epoch }

    private mutating func takeFlushes(
        where isDone: ((epoch: Int, deadline: ContinuousClock.Instant, waiter: FlushWaiter)) -> Bool
    ) -> [FlushWaiter] {
        let done = flushes.filter(isDone).map(\.waiter)
        flushes.removeAll(where: isDone)
        return done
    }
}
