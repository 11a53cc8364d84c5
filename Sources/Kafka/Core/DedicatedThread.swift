import Foundation
import Synchronization

/// A named thread for code that blocks: librdkafka polls, SQLite transactions. Such code must never run on Swift's
/// cooperative pool, which has only as many threads as the machine has cores.
public final class DedicatedThread: Sendable {
    private enum Completion {
        case running(waiters: [CheckedContinuation<Void, Never>])
        case finished
    }

    /// The thread reports its end here; kept apart so that the thread doesn't keep its owner alive.
    private final class Latch: Sendable {
        let completion = Mutex(Completion.running(waiters: []))
        let group = DispatchGroup()

        init() { group.enter() }

        func finish() {
            let waiters = completion.withLock { completion -> [CheckedContinuation<Void, Never>] in
                switch completion {
                case .running(let waiters):
                    completion = .finished
                    return waiters
                case .finished:
                    return []
                }
            }
            group.leave()
            for waiter in waiters { waiter.resume() }
        }
    }

    /// The name, as seen in debuggers (the kernel shows the first 15 bytes).
    public let name: String
    private let latch = Latch()

    /// Starts a thread that runs `body` once. It runs on even if this object is dropped.
    public init(name: String, _ body: @escaping @Sendable () -> Void) {
        self.name = name
        let thread = Thread { [latch] in
            body()
            latch.finish()
        }
        thread.name = name
        // 8 MB like a main thread: parsers and SQLite may recurse.
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// Suspends until the body has returned.
    public func join() async {
        await withCheckedContinuation { continuation in
            let isFinished = latch.completion.withLock { completion in
                switch completion {
                case .running(let waiters):
                    completion = .running(waiters: waiters + [continuation])
                    return false
                case .finished:
                    return true
                }
            }
            if isFinished { continuation.resume() }
        }
    }

    /// Blocks until the body has returned; for code that is itself on a dedicated thread.
    public func joinBlocking() {
        latch.group.wait()
    }

    /// Runs one blocking piece of work on a thread of its own and returns what it returns.
    public static func run<Value: Sendable>(
        name: String,
        _ body: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            _ = DedicatedThread(name: name) {
                continuation.resume(with: Result { try body() })
            }
        }
    }
}
