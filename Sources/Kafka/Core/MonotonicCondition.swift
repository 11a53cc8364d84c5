public import Foundation

/// A lock with a condition whose waits are measured by a clock that nobody sets.
///
/// On Linux Foundation's `NSCondition` and Dispatch's semaphores wait until a time of day: one that is set back by an hour
/// while they wait makes them wait an hour longer.
///
/// `@unchecked Sendable`: POSIX's mutex and condition are made to be used by many threads at a time.
public final class MonotonicCondition: NSLocking, @unchecked Sendable {
    // At addresses of their own: POSIX forbids to move them.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    /// A condition that nobody holds or waits for.
    public init() {
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        #if os(Linux)
            pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        #endif
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Blocks until the lock is the caller's.
    public func lock() { pthread_mutex_lock(mutex) }

    /// Gives the lock back.
    public func unlock() { pthread_mutex_unlock(mutex) }

    /// Wakes one that waits.
    public func signal() { pthread_cond_signal(condition) }

    /// Wakes all that wait.
    public func broadcast() { pthread_cond_broadcast(condition) }

    /// Waits without the lock, which the caller holds, until somebody wakes it; also now and then without a reason.
    public func wait() { pthread_cond_wait(condition, mutex) }

    /// Waits as ``wait()`` does, no longer than until `deadline`: false if that has come.
    public func wait(until deadline: ContinuousClock.Instant) -> Bool {
        let left = deadline - .now
        guard left > .zero else { return false }
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        let nanoseconds = time.tv_nsec + Int(left.components.attoseconds / 1_000_000_000)
        // Years are as good as for ever, and no overflow.
        time.tv_sec += Int(min(left.components.seconds, 1 << 31)) + nanoseconds / 1_000_000_000
        time.tv_nsec = nanoseconds % 1_000_000_000
        return pthread_cond_timedwait(condition, mutex, &time) != ETIMEDOUT
    }
}
