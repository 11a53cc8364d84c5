internal import Foundation
internal import GRDB
internal import Synchronization

/// Connections to partition files that are kept from one question to the next: opening one takes longer than many answers.
///
/// A connection is lent to one question at a time. One whose file was replaced or removed meanwhile is closed, and so is one
/// that nobody wanted for a minute, when the next question comes.
public final class OpenPartitions: Sendable {
    private struct Idle {
        var connection: PartitionConnection
        var since: ContinuousClock.Instant
    }

    /// A file takes three descriptors.
    private static let limit = 64
    private static let patience = Duration.seconds(60)

    // The latest last.
    private let idle = Mutex<[Idle]>([])

    /// None are open at first.
    public init() {}

    /// A connection to the file that is at `path` now; nil if none is idle.
    func take(_ path: String) -> PartitionConnection? {
        let file = PartitionConnection.file(at: path)
        let (connection, closed) = idle.withLock { idle in
            let closed = Self.removeOld(&idle) { $0.connection.path == path && $0.connection.file != file }
            guard let index = idle.lastIndex(where: { $0.connection.path == path }) else {
                return (nil as PartitionConnection?, closed)
            }
            return (idle.remove(at: index).connection, closed)
        }
        // Closed outside the lock.
        withExtendedLifetime(closed) {}
        return connection
    }

    /// Keeps a connection that nobody uses any more.
    func giveBack(_ connection: PartitionConnection) {
        guard connection.file != nil, connection.file == PartitionConnection.file(at: connection.path) else { return }
        let closed = idle.withLock { idle in
            var closed = Self.removeOld(&idle) { _ in false }
            if idle.count >= Self.limit { closed.append(idle.removeFirst()) }
            idle.append(Idle(connection: connection, since: .now))
            return closed
        }
        withExtendedLifetime(closed) {}
    }

    private static func removeOld(_ idle: inout [Idle], _ isStale: (Idle) -> Bool) -> [Idle] {
        let oldest = ContinuousClock.now - patience
        let closed = idle.filter { $0.since < oldest || isStale($0) }
        if !closed.isEmpty { idle.removeAll { $0.since < oldest || isStale($0) } }
        return closed
    }
}

/// A read-only connection to a partition file.
struct PartitionConnection: Sendable {
    let queue: DatabaseQueue
    let path: String
    /// Which file it has; nil where that is not sure, or the connection takes the file for one that nobody writes.
    let file: File?

    /// What tells a file from another that has its name.
    struct File: Hashable {
        var device: UInt64
        var number: UInt64
    }

    static func file(at path: String) -> File? {
        var found = stat()
        guard stat(path, &found) == 0 else { return nil }
        return File(device: UInt64(found.st_dev), number: UInt64(found.st_ino))
    }
}
