internal import Foundation
internal import GRDB
internal import Kafka
public import Logging
internal import Synchronization

/// What was accepted and has to get to Kafka: a SQLite file that survives `kill -9` and loss of power.
///
/// One thread writes. What is submitted while it syncs goes into its next transaction, so that any number of concurrent
/// callers share one fsync (group commit). Reading goes over a connection of its own.
public final class Outbox: Sendable {
    /// The file.
    public let path: String
    private let writer: OutboxWriter
    private let thread: DedicatedThread
    private let readers: ThreadPool
    private let reader: DatabaseQueue
    private let lock: OutboxLock
    /// Every event below this number is settled.
    private let settledBelow = Mutex<Int64>(0)

    /// Opens the file, creates it if need be, and takes its lock. Blocks; not for the cooperative pool.
    ///
    /// - Throws: ``OutboxError``.
    public init(path: String, limits: OutboxLimits = OutboxLimits(), logger: Logger) throws {
        self.path = path
        lock = try OutboxLock(path: path)
        let queue = try OutboxFile.openWriter(path: path, limits: limits)
        reader = try OutboxFile.openReader(path: path)
        let writer = try OutboxWriter(queue: queue, path: path, limits: limits, logger: logger)
        self.writer = writer
        thread = DedicatedThread(name: "outbox-writer") { writer.run() }
        readers = ThreadPool(name: "outbox-reader", threads: 1)
    }

    /// Stores entries, all of them or none, and returns when they are on the disk.
    ///
    /// - Returns: what became of each, in the order given.
    /// - Throws: ``OutboxError``; nothing was stored then.
    public func submit(_ entries: [OutboxEntry]) async throws(OutboxError) -> [Acceptance] {
        if entries.isEmpty { return [] }
        return try await withCheckedContinuation { continuation in
            writer.submit(.init(entries: entries) { continuation.resume(returning: $0) })
        }.get()
    }

    /// Where the latest event of a bulletin stands; nil for a bulletin that is not remembered here.
    public func delivery(of id: String) async throws -> DeliveryState? {
        try await read { try OutboxStatements.delivery(of: id, $0) }
    }

    /// How long the oldest pending event has waited, in seconds; 0 if none does.
    public func oldestPendingAge() async throws -> Double {
        if status.pendingRecords == 0 { return 0 }
        let start = settledBelow.withLock { $0 }
        guard let oldest = try await read({ try OutboxStatements.oldestPending(from: start, $0) }) else { return 0 }
        settledBelow.withLock { $0 = max($0, oldest.sequence) }
        return max(0, Double(OutboxWriter.now() - oldest.acceptedAt) / 1_000)
    }

    /// What it holds, and whether it can take more.
    public var status: OutboxStatus { writer.status }

    /// Notes what is still to be noted and lets go of the file. Submitting fails with `closed` from now on.
    public func close() async {
        writer.close()
        await thread.join()
        await readers.close()
        try? reader.close()
        lock.release()
    }

    deinit { writer.close() }

    // MARK: For the relay

    func pending(after sequence: Int64, limit: Int, bytes: Int) async throws -> [PendingEntry] {
        try await read { try OutboxStatements.pending(after: sequence, limit: limit, bytes: bytes, $0) }
    }

    /// Notes outcomes. `onNoted` of the relay hears of them once they are on the disk.
    func settle(_ settlement: Settlement) { writer.settle(settlement) }

    /// Who hears of new entries, and of settlements that are on the disk; called on the writer's thread.
    func observe(
        onAccepted: @escaping @Sendable () -> Void,
        onNoted: @escaping @Sendable ([Settlement]) -> Void
    ) {
        writer.observe(onAccepted: onAccepted, onNoted: onNoted)
    }

    private func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        let (reader, path) = (reader, path)
        return try await readers.run {
            do { return try reader.read(body) } catch { throw OutboxError.wrap(error, path: path) }
        }
    }
}
