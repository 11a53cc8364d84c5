internal import Foundation
internal import Kafka
internal import Synchronization

/// A few threads for work that blocks or computes for long; such work must never run on the cooperative pool.
///
/// The queue is not bounded here: callers bound what they submit (concurrent requests, files in work).
final class ThreadPool: Sendable {
    private struct State {
        var work = Fifo<@Sendable () -> Void>()
        var isClosed = false
    }

    private final class Core: Sendable {
        let state = Mutex(State())
        let semaphore = DispatchSemaphore(value: 0)

        /// Work left when the pool is closed is still done.
        func loop() {
            while true {
                semaphore.wait()
                let (work, isClosed) = state.withLock { ($0.work.removeFirst(), $0.isClosed) }
                if let work { work() } else if isClosed { return }
            }
        }
    }

    private let core = Core()
    private let threads: [DedicatedThread]

    init(name: String, threads count: Int) {
        threads = (0..<max(1, count)).map { [core] index in
            DedicatedThread(name: "\(name)-\(index)") { core.loop() }
        }
    }

    deinit { stop() }

    /// Queues work; false if the pool is closed.
    func submit(_ work: @escaping @Sendable () -> Void) -> Bool {
        let isTaken = core.state.withLock { state in
            if state.isClosed { return false }
            state.work.append(work)
            return true
        }
        if isTaken { core.semaphore.signal() }
        return isTaken
    }

    /// Runs work on one of the threads and returns what it returns. Throws `CancellationError` if the pool is closed.
    func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let isTaken = submit { continuation.resume(with: Result(catching: body)) }
            if !isTaken { continuation.resume(throwing: CancellationError()) }
        }
    }

    /// Takes no more work, finishes what is queued, ends the threads.
    func close() async {
        stop()
        for thread in threads { await thread.join() }
    }

    private func stop() {
        core.state.withLock { $0.isClosed = true }
        for _ in threads { core.semaphore.signal() }
    }
}
