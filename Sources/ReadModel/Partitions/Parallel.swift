internal import Foundation
internal import Synchronization

/// Work on several files at a time.
enum Parallel {
    /// A question is soon answered: more threads would wait for the same disk and memory.
    private static let threads = min(4, ProcessInfo.processInfo.activeProcessorCount)

    /// What `body` makes of each, in their order. The caller's thread does its part and waits for the others, which are made
    /// for this and not of the concurrency pool: `body` may block. Throws what the first that fails throws.
    static func map<Item: Sendable, Value: Sendable>(
        _ items: [Item],
        _ body: @escaping @Sendable (Item) throws -> Value
    ) throws -> [Value] {
        let work = Work(items, body)
        let others = (1..<max(1, min(threads, items.count))).map { _ in
            let done = DispatchSemaphore(value: 0)
            let thread = Thread {
                work.run()
                done.signal()
            }
            // As for a thread of the main program: SQLite may recurse.
            thread.stackSize = 8 << 20
            thread.start()
            return done
        }
        work.run()
        for other in others { other.wait() }
        return try work.values()
    }

    private final class Work<Item: Sendable, Value: Sendable>: Sendable {
        private let items: [Item]
        private let body: @Sendable (Item) throws -> Value
        private let next = Atomic(0)
        private let results: Mutex<[Result<Value, any Error>?]>

        init(_ items: [Item], _ body: @escaping @Sendable (Item) throws -> Value) {
            self.items = items
            self.body = body
            results = Mutex(Array(repeating: nil, count: items.count))
        }

        /// Takes one item after the other until none is left.
        func run() {
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < items.count else { return }
                let result = Result { try body(items[index]) }
                results.withLock { $0[index] = result }
            }
        }

        func values() throws -> [Value] {
            try results.withLock { results in try results.compactMap { try $0?.get() } }
        }
    }
}
