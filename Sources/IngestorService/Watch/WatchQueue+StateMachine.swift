/// Decides which files of the watched folder are taken, and when: pure, driven by what a look into the folder showed.
struct WatchQueue {
    /// What tells that a file has not changed.
    struct Fingerprint: Hashable {
        var device: UInt64
        var inode: UInt64
        var size: Int64
        /// When it was last written, in nanoseconds since 1970.
        var modifiedAt: Int64
    }

    /// Where a file stands.
    private enum Phase {
        /// It may still be written; it is taken once it has been the same for long enough.
        case settling(since: ContinuousClock.Instant)
        /// It can be taken.
        case ready
    }

    /// Whether files are taken at all. What is amiss with the moment holds all of them up, so that none overtakes
    /// another.
    private enum Gate {
        case open
        /// Tried again at the given time; it was tried so often.
        case held(until: ContinuousClock.Instant, attempts: Int)
    }

    private struct Candidate {
        var fingerprint: Fingerprint
        var phase: Phase
    }

    let settleTime: Duration
    private var candidates: [[UInt8]: Candidate] = [:]
    private var renamed: Set<[UInt8]> = []
    private var gate = Gate.open

    init(settleTime: Duration) { self.settleTime = settleTime }

    var isEmpty: Bool { candidates.isEmpty }

    /// A file was renamed into the folder: it was whole when it appeared.
    mutating func arrived(_ name: [UInt8]) { renamed.insert(name) }

    /// What a look into the folder showed. `age` is how long ago each file was last written.
    mutating func look(
        _ files: [(name: [UInt8], fingerprint: Fingerprint, age: Duration)],
        now: ContinuousClock.Instant
    ) {
        var next: [[UInt8]: Candidate] = [:]
        for (name, fingerprint, age) in files {
            if var known = candidates[name], known.fingerprint == fingerprint {
                if renamed.contains(name) { known.phase = .ready }
                next[name] = known
            } else if renamed.contains(name) || age >= settleTime {
                next[name] = Candidate(fingerprint: fingerprint, phase: .ready)
            } else {
                // A clock that was set back must not make a file wait for ever.
                let since = age < .zero ? now : now - age
                next[name] = Candidate(fingerprint: fingerprint, phase: .settling(since: since))
            }
        }
        candidates = next
        renamed = []
    }

    /// The files to be taken now, the one written first at the front: of two revisions the later one must come later.
    func due(at now: ContinuousClock.Instant) -> [(name: [UInt8], fingerprint: Fingerprint)] {
        if case .held(let until, _) = gate, until > now { return [] }
        return candidates.filter { isDue($0.value, now) }
            .map { (name: $0.key, fingerprint: $0.value.fingerprint) }
            .sorted { one, other in
                let (first, second) = (one.fingerprint.modifiedAt, other.fingerprint.modifiedAt)
                return first == second ? one.name.lexicographicallyPrecedes(other.name) : first < second
            }
    }

    /// It was moved away.
    mutating func finished(_ name: [UInt8]) {
        candidates[name] = nil
        gate = .open
    }

    /// Something could not be taken now; later it may. Waits grow from one second to half a minute.
    mutating func hold(now: ContinuousClock.Instant) {
        let attempts: Int
        switch gate {
        case .open: attempts = 0
        case .held(_, let before): attempts = before
        }
        let delay = min(Duration.seconds(1) * (1 << min(attempts, 5)), .seconds(30))
        gate = .held(until: now + delay, attempts: attempts + 1)
    }

    /// When there will be something to do without anything happening in the folder; nil if nothing waits.
    func nextDue(now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        let first = candidates.values.map { candidate in
            switch candidate.phase {
            case .ready: now
            case .settling(let since): since + settleTime
            }
        }.min()
        switch gate {
        case .open: return first
        case .held(let until, _): return first.map { max($0, until) }
        }
    }

    private func isDue(_ candidate: Candidate, _ now: ContinuousClock.Instant) -> Bool {
        switch candidate.phase {
        case .ready: true
        case .settling(let since): since + settleTime <= now
        }
    }
}
