/// What the relay has taken out of the outbox and not yet settled: pure, driven under the relay's lock.
///
/// Of one bulletin at most one event is on its way. The next one goes only after the outcome of the one before stands
/// on the disk of the outbox: a crash between the two can repeat an event in the topic, but never put an older revision
/// behind a newer one.
struct RelayWindow {
    /// Where an event of the window stands.
    enum Phase: Hashable {
        /// Handed to the producer.
        case onItsWay
        /// Its outcome is known and not yet on the disk.
        case settling
        /// It failed in a way that passes; it is sent again at the given time.
        case failed(until: ContinuousClock.Instant)
    }

    private struct Lane {
        var current: PendingEntry
        var phase: Phase
        var attempts = 1
        /// Later events of the same bulletin, in order.
        var held = Fifo<PendingEntry>()
    }

    /// Bounds on what is held in memory.
    let maximumRecords: Int
    let maximumBytes: Int
    private var lanes: [String: Lane] = [:]
    private var failed: Set<String> = []
    /// Events in the window.
    private(set) var records = 0
    /// Their payload.
    private(set) var bytes = 0

    init(maximumRecords: Int = 10_000, maximumBytes: Int = 48 << 20) {
        self.maximumRecords = maximumRecords
        self.maximumBytes = maximumBytes
    }

    var isFull: Bool { records >= maximumRecords || bytes >= maximumBytes }
    var isEmpty: Bool { records == 0 }

    /// Takes an event in, in the order of sequence numbers. True: send it now. False: it waits for an earlier one.
    mutating func admit(_ entry: PendingEntry) -> Bool {
        records += 1
        bytes += entry.value.count
        guard lanes[entry.bulletinID] != nil else {
            lanes[entry.bulletinID] = Lane(current: entry, phase: .onItsWay)
            return true
        }
        lanes[entry.bulletinID]?.held.append(entry)
        return false
    }

    /// Its outcome is known; the outbox notes it now. False for an event that is not on its way.
    mutating func settling(_ entry: PendingEntry) -> Bool {
        guard let lane = lanes[entry.bulletinID], lane.current.sequence == entry.sequence else { return false }
        switch lane.phase {
        case .onItsWay:
            lanes[entry.bulletinID]?.phase = .settling
            return true
        case .settling, .failed: return false
        }
    }

    /// It could not be delivered and may be later.
    mutating func failed(_ entry: PendingEntry, now: ContinuousClock.Instant) {
        guard let lane = lanes[entry.bulletinID], lane.current.sequence == entry.sequence else { return }
        switch lane.phase {
        case .onItsWay:
            let delay = min(Duration.milliseconds(100) * (1 << min(lane.attempts, 8)), .seconds(15))
            lanes[entry.bulletinID]?.phase = .failed(until: now + delay)
            lanes[entry.bulletinID]?.attempts += 1
            failed.insert(entry.bulletinID)
        case .settling, .failed: break
        }
    }

    /// The outcome stands on the disk. Returns the bulletin's next event, to be sent now.
    mutating func noted(bulletinID: String, sequence: Int64) -> PendingEntry? {
        guard var lane = lanes[bulletinID], lane.current.sequence == sequence else { return nil }
        records -= 1
        bytes -= lane.current.value.count
        guard let next = lane.held.removeFirst() else {
            lanes[bulletinID] = nil
            return nil
        }
        lane.current = next
        lane.phase = .onItsWay
        lane.attempts = 1
        lanes[bulletinID] = lane
        return next
    }

    /// Takes out the events that are due to be sent again.
    mutating func due(at now: ContinuousClock.Instant) -> [PendingEntry] {
        var entries: [PendingEntry] = []
        for id in failed {
            guard let lane = lanes[id], case .failed(let until) = lane.phase, until <= now else { continue }
            lanes[id]?.phase = .onItsWay
            entries.append(lane.current)
        }
        for entry in entries { failed.remove(entry.bulletinID) }
        return entries.sorted { $0.sequence < $1.sequence }
    }

    /// When the next event is to be sent again; nil if none has failed.
    var nextDue: ContinuousClock.Instant? {
        failed.compactMap { id in
            if case .failed(let until)? = lanes[id]?.phase { until } else { nil }
        }.min()
    }

    /// Whether nothing is on its way or being noted.
    var isIdle: Bool {
        lanes.values.allSatisfy { lane in
            switch lane.phase {
            case .onItsWay, .settling: false
            case .failed: true
            }
        }
    }
}
