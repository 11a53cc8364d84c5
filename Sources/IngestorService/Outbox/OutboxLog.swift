internal import Foundation
internal import GRDB
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// SQLite's write-ahead log: when it is written to its place (a checkpoint), and that it stays within its bounds.
///
/// SQLite would do the former by itself, within a commit that somebody waits for. Belongs to the writer's thread.
final class OutboxLog: Sendable {
    /// How long a checkpoint waits for readers. Whoever reads for long must not hold intake up.
    private static let patience = 500

    private let limits: OutboxLimits
    /// Bytes in the log that are not in their place yet: estimated at each transaction, known after each checkpoint.
    private let estimate: Mutex<Int64>

    init(limits: OutboxLimits) {
        self.limits = limits
        // What a process that was killed left there is not known before the first checkpoint.
        estimate = Mutex(Int64(limits.logBytes))
    }

    /// Bytes in the log that are not in their place yet.
    var unplaced: Int64 { estimate.withLock { $0 } }

    /// A transaction was committed that changed about so many rows and stored so many bytes.
    func grew(rows: Int, bytes: Int) {
        guard rows > 0 else { return }
        // Trees, sequence, map of pages; then each row's own.
        let pages = 8 + rows * 2
        estimate.withLock { $0 += Int64(bytes) + Int64(pages * OutboxFile.pageSize) }
    }

    /// Writes the log to its place if it is long enough.
    func checkpointIfDue(_ queue: DatabaseQueue) throws {
        guard unplaced >= Int64(limits.checkpointBytes) else { return }
        let frames = try checkpoint(.passive, queue)
        // Readers can keep SQLite from beginning at the log's start again; once in a while they are waited for.
        if frames * OutboxFile.pageSize > limits.logBytes { try empty(queue) }
    }

    /// Writes all of the log to its place, so that it is overwritten from its start. Its room stays taken.
    func empty(_ queue: DatabaseQueue) throws { _ = try checkpoint(.restart, queue) }

    /// Returns how many pages the log holds.
    private func checkpoint(_ mode: Database.CheckpointMode, _ queue: DatabaseQueue) throws -> Int {
        try queue.writeWithoutTransaction { database in
            _ = try Int.fetchOne(database, sql: "PRAGMA busy_timeout = \(Self.patience)")
            defer { _ = try? Int.fetchOne(database, sql: "PRAGMA busy_timeout = \(OutboxFile.busySeconds * 1_000)") }
            do {
                let (frames, placed) = try database.checkpoint(mode)
                estimate.withLock { $0 = Int64(max(0, frames - placed) * OutboxFile.pageSize) }
                return max(0, frames)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                // Somebody reads: tried again with the next transaction.
                return 0
            }
        }
    }

    /// Takes the log's room from the disk, as far as there is any. To SQLite what was never written is an end of the log.
    static func preallocate(path: String, bytes: Int) {
        let descriptor = open(path + "-wal", O_RDWR | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        _ = posix_fallocate(descriptor, 0, off_t(bytes))
    }
}
