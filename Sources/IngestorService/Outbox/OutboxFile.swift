internal import Foundation
internal import GRDB
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The outbox's SQLite file: opening, schema, and the lock that keeps a second process away.
///
/// | table | holds |
/// |---|---|
/// | `event` | accepted events with their payload, until they are delivered and pruned |
/// | `delivery` | what became of an event; an event without a row here is pending |
/// | `bulletin` | the latest event of each bulletin, by which `unchanged` and the delivery are told |
enum OutboxFile {
    /// "BULO" in ASCII, so that no other program's database is taken for an outbox.
    private static let applicationID = 0x4255_4C4F
    private static let version = 1
    /// Bytes of SQLite's pages.
    static let pageSize = 8192
    /// How long the writer waits for whoever holds the file's lock, in seconds.
    static let busySeconds = 60

    /// Opens the writer's connection and creates what is missing. Throws ``OutboxError``.
    static func openWriter(path: String, limits: OutboxLimits) throws -> DatabaseQueue {
        do {
            var configuration = Configuration()
            configuration.label = "bulletins.outbox.writer"
            configuration.foreignKeysEnabled = false
            configuration.busyMode = .timeout(Double(busySeconds))
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction { try prepare($0, path: path, limits: limits) }
            OutboxLog.preallocate(path: path, bytes: limits.logBytes)
            return queue
        } catch {
            throw OutboxError.wrap(error, path: path)
        }
    }

    /// Opens a second connection that only reads, beside the writer. Throws ``OutboxError``.
    static func openReader(path: String) throws -> DatabaseQueue {
        do {
            var configuration = Configuration()
            configuration.label = "bulletins.outbox.reader"
            configuration.readonly = true
            configuration.busyMode = .timeout(10)
            return try DatabaseQueue(path: path, configuration: configuration)
        } catch {
            throw OutboxError.wrap(error, path: path)
        }
    }

    private static func prepare(_ database: Database, path: String, limits: OutboxLimits) throws {
        let isNew = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0
        if isNew {
            try database.execute(sql: "PRAGMA page_size = \(pageSize)")
            // A drained backlog gives its space back to the disk, a little at a time.
            try database.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
        } else {
            let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
            let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
            guard application == applicationID else {
                throw OutboxError(.foreign, "\(path) is a database of another program: name another file as the outbox")
            }
            guard found <= version else {
                throw OutboxError(
                    .foreign,
                    "\(path) was written by a newer version (schema \(found), this one knows \(version)): upgrade"
                )
            }
        }
        _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
        // FULL: what is answered with 202 is on the disk, also after a loss of power.
        try database.execute(sql: "PRAGMA synchronous = FULL")
        try database.execute(sql: "PRAGMA temp_store = MEMORY")
        try database.execute(sql: "PRAGMA cache_size = -8192")
        _ = try Int.fetchOne(database, sql: "PRAGMA secure_delete = OFF")
        // `OutboxLog` does it, after whoever waits has been answered.
        _ = try Int.fetchOne(database, sql: "PRAGMA wal_autocheckpoint = 0")
        _ = try Int.fetchOne(database, sql: "PRAGMA journal_size_limit = \(limits.logBytes)")
        if isNew {
            try database.inTransaction(.immediate) {
                try database.execute(sql: schema)
                try database.execute(sql: "PRAGMA application_id = \(applicationID)")
                try database.execute(sql: "PRAGMA user_version = \(version)")
                return .commit
            }
        }
    }

    // AUTOINCREMENT: a pruned event's number is never given to another.
    private static let schema = """
        CREATE TABLE event (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            bulletin_id TEXT NOT NULL,
            accepted_at INTEGER NOT NULL,
            size INTEGER NOT NULL,
            headers BLOB NOT NULL,
            value BLOB NOT NULL
        ) STRICT;
        CREATE TABLE delivery (
            sequence INTEGER PRIMARY KEY,
            settled_at INTEGER NOT NULL,
            partition INTEGER,
            record_offset INTEGER,
            error TEXT
        ) STRICT;
        CREATE TABLE bulletin (
            id TEXT PRIMARY KEY,
            sequence INTEGER NOT NULL,
            effect INTEGER NOT NULL,
            fingerprint TEXT NOT NULL,
            accepted_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX bulletin_sequence ON bulletin(sequence);
        """
}

/// Holds `PATH.lock` for as long as it lives; the kernel lets go of it when the process ends, however it ends.
final class OutboxLock: Sendable {
    private let descriptor: Int32
    private let isHeld = Mutex(true)

    /// Throws ``OutboxError`` where another process holds it or the file cannot be made.
    init(path: String) throws(OutboxError) {
        let file = path + ".lock"
        descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw OutboxError(
                errno == ENOSPC ? .diskFull : .unavailable,
                "cannot open \(file): \(String(cString: strerror(errno))); check that its folder exists and is writable"
            )
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw OutboxError(.locked, "another process works on the outbox \(path): stop it, or name another file")
        }
    }

    deinit { release() }

    /// Lets another process have the outbox.
    func release() {
        let wasHeld = isHeld.withLock { isHeld in
            defer { isHeld = false }
            return isHeld
        }
        if wasHeld { close(descriptor) }
    }
}

/// What a disk still holds.
enum DiskSpace {
    /// Bytes free for this user on the disk of `path`; nil where the system does not tell.
    static func free(at path: String) -> Int64? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        return Int64(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
    }
}
