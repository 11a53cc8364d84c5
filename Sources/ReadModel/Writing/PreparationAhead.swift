internal import BulletinEvents
internal import Foundation
internal import Synchronization

/// Prepares the bulletins of a batch on a thread of its own, while their rows are written.
///
/// Nobody waits for anybody: what is not ready when its turn comes the writer prepares itself, and the thread goes on behind
/// it. Started only where a processor is free, as far as this process's writers go.
final class PreparationAhead: Sendable {
    private struct State {
        /// The entry that the writer has come to, or the number of all once it is done.
        var written = -1
        var ready: [Int: PreparedBulletin] = [:]
    }

    // Writers at work and threads beside them.
    private static let busy = Atomic(0)
    // A short batch is written before a thread has begun.
    private static let least = 32

    private let state = Mutex(State())

    /// Counts the caller among the writers at work until `body` returns.
    static func countingWriter<Result>(_ body: () throws -> Result) rethrows -> Result {
        busy.add(1, ordering: .relaxed)
        defer { busy.subtract(1, ordering: .relaxed) }
        return try body()
    }

    /// Starts with the second of `entries`; nil where that is not worth while.
    static func start(_ entries: [LogBatch.Entry]) -> PreparationAhead? {
        guard entries.count >= least else { return nil }
        guard busy.add(1, ordering: .relaxed).oldValue < ProcessInfo.processInfo.activeProcessorCount else {
            busy.subtract(1, ordering: .relaxed)
            return nil
        }
        let ahead = PreparationAhead()
        let thread = Thread {
            ahead.run(entries)
            busy.subtract(1, ordering: .relaxed)
        }
        thread.name = "preparation"
        thread.start()
        return ahead
    }

    private func run(_ entries: [LogBatch.Entry]) {
        guard let preparation = try? BulletinPreparation() else { return }
        var next = 1
        while true {
            // The writer may be at `written` for a while: the next one comes sooner than that is done here.
            next = max(next, state.withLock { $0.written } + 1)
            guard next < entries.count else { return }
            // What cannot be prepared fails where its record is known.
            if case .published(let bulletin, _, _) = entries[next], let prepared = try? preparation.prepare(bulletin) {
                state.withLock { if next > $0.written { $0.ready[next] = prepared } }
            }
            next += 1
        }
    }

    /// What is prepared of the entry that the writer has come to; nil where it is not ready.
    func take(_ index: Int) -> PreparedBulletin? {
        state.withLock { state in
            state.written = index
            return state.ready.removeValue(forKey: index)
        }
    }

    /// The writer needs nothing more.
    func stop() {
        state.withLock { state in
            state.written = .max - 1
            state.ready = [:]
        }
    }
}
