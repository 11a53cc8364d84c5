internal import ReadModel
internal import Synchronization

/// Lets a few of the partitions that are behind read at a time, while the others are paused: what librdkafka has fetched of
/// one, decompressed, takes up to some megabytes, and SQLite holds pages and statements for each.
///
/// Partitions that are not behind read as they like: a new bulletin waits for no turn.
final class FetchTurns: Sendable {
    private struct State {
        var order: TurnOrder
        var controls: [Int: WorkerControl] = [:]
        var nextWorker = 0
        /// Who was behind, and has not come to the log's end since.
        var wasBehind: Set<Int> = []
    }

    /// From how many bytes on a partition is behind.
    private let share: Int
    private let state: Mutex<State>
    private let silence: Duration

    /// - Parameters:
    ///   - places: how many read at a time.
    ///   - share: how many bytes of values one may have before it without being behind.
    init(places: Int, share: Int, limits: TurnOrder.Limits = TurnOrder.Limits()) {
        self.share = share
        silence = limits.silence
        state = Mutex(State(order: TurnOrder(places: places, limits: limits)))
    }

    /// A worker's place among the others; its ``Member/leave()`` takes it away.
    func member(_ control: WorkerControl) -> Member {
        let worker = state.withLock { state in
            state.nextWorker += 1
            state.controls[state.nextWorker] = control
            return state.nextWorker
        }
        return Member(worker: worker, turns: self, control: control)
    }

    private func change<Result>(_ body: (inout TurnOrder) -> (Result, called: [Int])) -> Result {
        let (result, called) = state.withLock { state in
            let (result, called) = body(&state.order)
            return (result, called.compactMap { state.controls[$0] })
        }
        // Not under the lock: who waits looks at the order under a lock of its own.
        for control in called { control.wakeUp() }
        return result
    }

    /// One worker's part; for its thread alone.
    struct Member {
        fileprivate let worker: Int
        fileprivate let turns: FetchTurns
        fileprivate let control: WorkerControl

        /// From how many bytes on it is behind.
        var share: Int { turns.share }

        /// Whether the worker may read on; if not, it stands in line from now on.
        func goesOn() -> Bool {
            turns.state.withLock { _ = $0.wasBehind.insert(worker) }
            return turns.change { $0.goesOn(worker, at: .now) }
        }

        /// Blocks until it is the worker's turn, or it shall end.
        func wait() {
            while !control.shouldStop, !goesOn() {
                // Looked at again now and then: those who read may all hang, and nobody calls then.
                control.wait(atMost: turns.silence) { [turns, worker] in
                    turns.state.withLock { $0.order.hasTurn(worker) }
                }
            }
        }

        /// The log holds nothing more: what catching up took in memory is given back, once.
        func rest(_ file: PartitionFile) {
            guard turns.state.withLock({ $0.wasBehind.remove(worker) }) != nil else { return }
            file.releaseMemory()
        }

        /// So many bytes of values were read.
        func read(_ bytes: Int) { turns.state.withLock { $0.order.read(bytes, by: worker) } }

        /// The worker is not behind, for now.
        func pass() { turns.change { ((), called: $0.leave(worker, at: .now)) } }

        /// The worker ends.
        func leave() {
            pass()
            turns.state.withLock { state in
                state.controls[worker] = nil
                state.wasBehind.remove(worker)
            }
        }
    }
}

/// How much of a log is still to be read, as far as is known.
struct Backlog {
    /// Where the log ended when that was last told.
    var end: Int64
    /// Bytes of one value, on average; a guess before the first.
    private var valueBytes = 8192.0

    init(end: Int64) { self.end = end }

    /// Takes in what was read, and the log's end if that is known.
    mutating func read(records: Int, bytes: Int, end: Int64?) {
        if let end { self.end = end }
        guard records > 0 else { return }
        // The last few hundred count.
        let weight = min(1, Double(records) / 200)
        valueBytes += weight * (Double(bytes) / Double(records) - valueBytes)
    }

    /// Bytes of values behind `position`.
    func bytes(from position: Int64) -> Int { Int(Double(max(0, end - position)) * valueBytes) }
}
