internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// One partition's read model: the file, its single writer, and the offset that moves with the rows.
///
/// All calls block, and belong on one thread that is not of the concurrency pool. A second writer on the same file
/// can do no harm: SQLite lets one transaction at a time write, and the compare-and-set on the offset lets each
/// stretch of the log in once.
public final class PartitionFile {
    /// How the file is opened.
    public struct Configuration: Hashable, Sendable {
        /// How long to wait for another process's transaction before giving up with the code `busy`.
        public var busyTimeout: Duration
        /// Memory for pages, in KiB, for each open file. A batch touches the ends of some fifteen trees and random
        /// leaves of five indices; what does not fit is read again from the system's page cache.
        public var cacheKibibytes: Int
        /// The write-ahead log is copied into the file when it has grown to this many KiB.
        public var checkpointKibibytes: Int

        /// The defaults: 5 seconds, 8 MiB, 16 MiB.
        public init(
            busyTimeout: Duration = .seconds(5),
            cacheKibibytes: Int = 8192,
            checkpointKibibytes: Int = 16384
        ) {
            self.busyTimeout = busyTimeout
            self.cacheKibibytes = cacheKibibytes
            self.checkpointKibibytes = checkpointKibibytes
        }
    }

    /// Whether the file belongs to the log at hand.
    public enum LogIdentity: Hashable, Sendable {
        /// The file was filled from this log.
        case matches
        /// The file had no log yet and belongs to this one now.
        case adopted
    }

    /// Where the file is.
    public let location: PartitionLocation

    /// The state that this object last read or wrote; `apply` compares the file's with it.
    var known: PartitionState
    let queue: DatabaseQueue
    // Made when it is needed. Its statements must be gone before the connection is.
    private var writer: BulletinWriter?
    private var isClosed = false

    /// Opens the file, creates it and its folders if need be, and brings an older schema up to date.
    ///
    /// Throws ``ReadModelError``.
    public init(_ location: PartitionLocation, configuration: Configuration = Configuration()) throws {
        self.location = location
        _ = SQLiteLibrary.isPrepared
        let path = location.absolutePath
        do {
            try FileManager.default.createDirectory(atPath: location.folder, withIntermediateDirectories: true)
        } catch {
            throw ReadModelError(
                .noPermission,
                "\(location.folder) cannot be created: check that its parent exists, is a folder and is writable",
                path: location.folder
            )
        }
        do {
            queue = try DatabaseQueue(path: path, configuration: PartitionFile.grdb(configuration))
            (known, writer) = try queue.writeWithoutTransaction { database in
                try PartitionFile.prepare(database, location, configuration)
                return (try PartitionFile.readState(database, location), try BulletinWriter(database))
            }
        } catch {
            throw ReadModelError.wrap(error, path: location.path)
        }
    }

    /// Lets go of pages and statements, which the next transaction makes again: for a file that is not written for a while.
    public func releaseMemory() {
        guard !isClosed else { return }
        writer = nil
        queue.releaseMemory()
    }

    /// Releases the file. The object cannot be used afterwards; letting go of it does the same.
    public func close() throws {
        writer = nil
        isClosed = true
        do { try queue.close() } catch { throw ReadModelError.wrap(error, path: location.path) }
    }

    deinit {
        writer = nil
    }

    /// Calls `body` with the connection and the writer, and names the file in what it throws.
    func access<Result>(_ body: (Database, BulletinWriter) throws -> Result) throws -> Result {
        guard !isClosed else {
            throw ReadModelError(.invalidArgument, "\(location.path) was closed", path: location.path)
        }
        do {
            return try queue.writeWithoutTransaction { database in
                let writer = try self.writer ?? BulletinWriter(database)
                self.writer = writer
                return try body(database, writer)
            }
        } catch {
            throw ReadModelError.wrap(error, path: location.path)
        }
    }
}

@available(*, unavailable, message: "belongs to one thread, like its SQLite connection")
extension PartitionFile: Sendable {}

// MARK: - Opening

extension PartitionFile {
    private static func grdb(_ configuration: Configuration) -> GRDB.Configuration {
        var grdb = GRDB.Configuration()
        grdb.label = "bulletins.partition"
        let timeout = configuration.busyTimeout.components
        grdb.busyMode = .timeout(Double(timeout.seconds) + Double(timeout.attoseconds) / 1e18)
        // The keys are declared for readers and checked by `checkIntegrity`. Enforcing them would look each parent up
        // for rows that are only ever written beside it.
        grdb.foreignKeysEnabled = false
        grdb.prepareDatabase { try SQLFunctions.register(on: $0) }
        return grdb
    }

    private static func prepare(
        _ database: Database,
        _ location: PartitionLocation,
        _ configuration: Configuration
    ) throws {
        // Before anything is written: another program's database must stay as it is.
        try Schema.check(database, path: location.path)
        if sqlite3_db_readonly(database.sqliteConnection, "main") != 0 {
            throw ReadModelError(
                .readOnly,
                "\(location.path) is read-only: make the file and its folder writable for this user",
                path: location.path
            )
        }
        // 8 KiB: half the pages of the default for the long texts and the index's blobs; only a new file takes it.
        try database.execute(sql: "PRAGMA page_size = \(pageSize)")
        // Readers go on reading while a transaction is written.
        _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
        try keepLog(database)
        // NORMAL syncs the log at checkpoints only. After a power loss the last transactions may be gone, but always
        // whole ones, the latest first: the offset goes back together with the rows, and the indexer, which resumes
        // from this offset and never from Kafka's, reads them again. A kill of the process alone loses nothing.
        try database.execute(sql: "PRAGMA synchronous = NORMAL")
        try database.execute(sql: "PRAGMA cache_size = -\(max(64, configuration.cacheKibibytes))")
        try database.execute(sql: "PRAGMA temp_store = MEMORY")
        // Debian's SQLite overwrites deleted content with zeros, at a cost; the texts were published.
        _ = try Int.fetchOne(database, sql: "PRAGMA secure_delete = OFF")
        let pages = max(1, configuration.checkpointKibibytes * 1024 / pageSize)
        _ = try Int.fetchOne(database, sql: "PRAGMA wal_autocheckpoint = \(pages)")
        // The log stays on disk; after a large transaction it is cut back to this size.
        _ = try Int.fetchOne(
            database,
            sql: "PRAGMA journal_size_limit = \(max(1, configuration.checkpointKibibytes) * 2048)"
        )
        if try Schema.check(database, path: location.path) > 0 {
            try fill(database, location)
        } else {
            // All or nothing: readers cannot tell a file that a crash left half made from a damaged one.
            try database.inSavepoint {
                try fill(database, location)
                return .commit
            }
        }
    }

    /// Makes what a file has before its first record, as far as it is missing or an older program's.
    private static func fill(_ database: Database, _ location: PartitionLocation) throws {
        try Schema.migrate(database, path: location.path)
        try adoptLocation(database, location)
        try refold(database)
        try TextSketchTable.prepare(database)
    }

    static let pageSize = 8192

    /// Keeps the -wal and -shm files when the last connection closes, so that a reader that may not write into the
    /// folder can still open the file.
    private static func keepLog(_ database: Database) throws {
        var on: Int32 = 1
        let code = sqlite3_file_control(database.sqliteConnection, "main", SQLITE_FCNTL_PERSIST_WAL, &on)
        guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }

    /// Writes the topic and partition into a new file, and compares them in an old one.
    private static func adoptLocation(_ database: Database, _ location: PartitionLocation) throws {
        if let state = try findState(database) {
            guard state.topic == location.topic, state.partition == location.partition else {
                throw ReadModelError(
                    .otherLog,
                    "\(location.path) was filled from partition \(state.partition) of topic \(state.topic):"
                        + " move it back to where it belongs",
                    path: location.path
                )
            }
            return
        }
        try database.execute(
            sql: """
                INSERT OR IGNORE INTO partition_state (id, cluster_id, topic, partition, generation, next_offset)
                VALUES (1, NULL, ?, ?, 0, 0)
                """,
            arguments: [location.topic, location.partition]
        )
    }

    /// Folds again what another version of the folding table folded, because queries fold with today's.
    private static func refold(_ database: Database) throws {
        let found = try String.fetchOne(database, sql: "SELECT value FROM schema_info WHERE name = 'folding'")
        if found == FoldedText.fingerprint { return }
        try database.inSavepoint {
            if found != nil {
                try database.execute(
                    sql: """
                        UPDATE people SET folded = nullif(fold(name), name);
                        UPDATE organizations SET folded = nullif(fold(name), name),
                                                 canonical_folded = nullif(fold(canonical_name), canonical_name);
                        UPDATE directive_rows SET folded = nullif(fold(speaker), speaker);
                        UPDATE directive_responsibles SET folded = nullif(fold(name), name);
                        UPDATE documents SET folded = nullif(fold(title), title);
                        """
                )
                try rebuildSearchIndex(database)
            }
            try SearchIndexSQL.fillTables(database)
            try database.execute(
                sql: "INSERT OR REPLACE INTO schema_info (name, value) VALUES ('folding', ?)",
                arguments: [FoldedText.fingerprint]
            )
            return .commit
        }
    }
}

extension PartitionLocation {
    /// The path from the root: what SQLite is given, so that no name is taken for a URI.
    var absolutePath: String { URL(fileURLWithPath: path).path }
}
