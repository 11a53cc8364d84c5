/// Who of those that are behind reads now, and who waits in line. Pure: ``FetchTurns`` asks it under its lock.
///
/// A turn ends after so many bytes or so much time, if anybody waits; then the first in line is next and who had the turn
/// goes to its end. So each comes to read after all the others at the latest.
struct TurnOrder: Sendable {
    /// What bounds a turn.
    struct Limits: Sendable {
        /// Values that have been read.
        var bytes = 2 << 20
        /// For a partition that hardly gets anything, because its broker is slow.
        var time = Duration.seconds(5)
        /// Who has not been heard of for so long hangs (a disk, a lock) and must not keep others waiting.
        var silence = Duration.seconds(5)
    }

    private struct Turn {
        let worker: Int
        var begin: ContinuousClock.Instant
        var heard: ContinuousClock.Instant
        var bytes = 0
    }

    private let places: Int
    private let limits: Limits
    private var turns: [Turn] = []
    private var line: [Int] = []

    init(places: Int, limits: Limits = Limits()) {
        self.places = places
        self.limits = limits
    }

    func hasTurn(_ worker: Int) -> Bool { turns.contains { $0.worker == worker } }

    /// Whether the worker may read on now; if not, it stands in line. Returns also whose turn has come thereby.
    mutating func goesOn(_ worker: Int, at now: ContinuousClock.Instant) -> (Bool, called: [Int]) {
        turns.removeAll { $0.worker != worker && now - $0.heard > limits.silence }
        if let index = turns.firstIndex(where: { $0.worker == worker }) {
            turns[index].heard = now
            guard turns[index].bytes >= limits.bytes || now - turns[index].begin >= limits.time else {
                return (true, call(at: now))
            }
            turns.remove(at: index)
        }
        if !line.contains(worker) { line.append(worker) }
        let called = call(at: now)
        return (hasTurn(worker), called.filter { $0 != worker })
    }

    /// So many bytes of values were read in the worker's turn.
    mutating func read(_ bytes: Int, by worker: Int) {
        guard let index = turns.firstIndex(where: { $0.worker == worker }) else { return }
        turns[index].bytes += bytes
    }

    /// The worker is not behind any more, or ends. Returns whose turn has come.
    mutating func leave(_ worker: Int, at now: ContinuousClock.Instant) -> [Int] {
        turns.removeAll { $0.worker == worker }
        line.removeAll { $0 == worker }
        return call(at: now)
    }

    private mutating func call(at now: ContinuousClock.Instant) -> [Int] {
        let called = line.prefix(max(0, places - turns.count))
        line.removeFirst(called.count)
        turns += called.map { Turn(worker: $0, begin: now, heard: now) }
        return Array(called)
    }
}
