internal import Synchronization

/// Bounds the requests that are worked on at once.
package final class RequestGate: Sendable {
    private let limit: Int
    private let count = Mutex(0)

    package init(limit: Int) { self.limit = limit }

    /// Whether a request would get in now.
    package var isOpen: Bool { count.withLock { $0 < limit } }

    package func enter() -> Bool {
        count.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
    }

    package func leave() { count.withLock { $0 -= 1 } }
}

/// Bounds the bytes of all bodies that are held at once. Only what has arrived counts, not what a client announces.
package final class ByteBudget: Sendable {
    private let limit: Int
    private let used = Mutex(0)

    package init(limit: Int) { self.limit = limit }

    package func take(_ bytes: Int) -> Bool {
        used.withLock { used in
            guard used + bytes <= limit else { return false }
            used += bytes
            return true
        }
    }

    package func give(_ bytes: Int) { used.withLock { $0 -= bytes } }
}
