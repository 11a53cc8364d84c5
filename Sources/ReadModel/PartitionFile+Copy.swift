internal import Foundation
internal import GRDB

extension PartitionFile {
    /// A copy of a partition file, and what it says of itself.
    public struct Copy: Sendable {
        /// Where it stands.
        public var state: PartitionState
        /// The last record that it holds.
        public var mark: LogMark?
        /// The schema's version.
        public var schemaVersion: Int
    }

    /// Copies the file at `location` to `path`, as of one transaction, while it is written and read; the copy is one file
    /// without a write-ahead log. Throws ``ReadModelError``.
    public static func copy(_ location: PartitionLocation, to path: String) throws -> Copy {
        guard FileManager.default.fileExists(atPath: location.path) else {
            throw ReadModelError(
                .missingFolder,
                "there is no file \(location.path): give the right data folder, or run an indexer first",
                path: location.path
            )
        }
        do {
            var configuration = GRDB.Configuration()
            configuration.label = "bulletins.copy"
            configuration.busyMode = .timeout(10)
            configuration.readonly = true
            let source = try DatabaseQueue(path: location.absolutePath, configuration: configuration)
            defer { try? source.close() }
            _ = try source.read { try Schema.check($0, path: location.path) }
            do {
                return try fill(path, from: source, location)
            } catch let error as DatabaseError where error.resultCode != .SQLITE_CORRUPT {
                // A copy that is not whole would only take up the room that was missing.
                for suffix in ["", "-journal", "-wal", "-shm"] { unlink(path + suffix) }
                throw ReadModelError.wrap(error, path: path)
            }
        } catch {
            throw ReadModelError.wrap(error, path: location.path)
        }
    }

    /// What a file that nobody writes says of itself, wherever it is; `location` is for messages. Throws ``ReadModelError``.
    public static func inspect(_ path: String, _ location: PartitionLocation) throws -> Copy {
        do {
            var configuration = GRDB.Configuration()
            configuration.label = "bulletins.inspect"
            configuration.readonly = true
            let queue = try DatabaseQueue(path: URL(fileURLWithPath: path).path, configuration: configuration)
            defer { try? queue.close() }
            return try queue.read { database in
                let version = try Schema.check(database, path: path)
                return Copy(
                    state: try readState(database, location),
                    mark: version >= 2 ? try readMark(database) : nil,
                    schemaVersion: version
                )
            }
        } catch {
            throw ReadModelError.wrap(error, path: path)
        }
    }

    /// The first record of the present log that left something in a file, whoever writes it; nil if none did. Reads whole
    /// tables. Throws ``ReadModelError``.
    public static func firstOffset(_ location: PartitionLocation) throws -> Int64? {
        do {
            var configuration = GRDB.Configuration()
            configuration.label = "bulletins.inspect"
            configuration.readonly = true
            let queue = try DatabaseQueue(path: location.absolutePath, configuration: configuration)
            defer { try? queue.close() }
            return try queue.read { database in
                _ = try Schema.check(database, path: location.path)
                return try Int64.fetchOne(
                    database,
                    sql: """
                        WITH present AS (SELECT generation FROM partition_state)
                        SELECT min(offset) FROM (
                            SELECT offset FROM bulletins, present USING (generation)
                            UNION ALL
                            SELECT offset FROM revisions, present USING (generation)
                            UNION ALL
                            SELECT offset FROM rejected, present USING (generation)
                            UNION ALL
                            SELECT withdrawn_offset FROM bulletins, present
                             WHERE withdrawn_generation = present.generation
                        )
                        """
                )
            }
        } catch {
            throw ReadModelError.wrap(error, path: location.path)
        }
    }

    private static func fill(
        _ path: String,
        from source: DatabaseQueue,
        _ location: PartitionLocation
    ) throws -> Copy {
        let target = try DatabaseQueue(path: URL(fileURLWithPath: path).path)
        // All pages in one step: one read transaction of the source, whatever is written meanwhile.
        try source.backup(to: target)
        let copy = try target.writeWithoutTransaction { database in
            // One file alone is what is hashed and moved.
            _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = DELETE")
            let version = try SQLStatement.number(database, "PRAGMA user_version")
            return Copy(
                state: try readState(database, location),
                mark: version >= 2 ? try readMark(database) : nil,
                schemaVersion: version
            )
        }
        try target.close()
        return copy
    }

    /// Puts the file at `new`, which nobody uses, in the place of the one at `location`, which nobody writes.
    ///
    /// The old write-ahead log goes before: SQLite would apply it to the new file. Whoever reads the old file goes on
    /// reading that. Throws ``ReadModelError``.
    public static func replace(_ location: PartitionLocation, by new: PartitionLocation) throws {
        for file in [location, new] where FileManager.default.fileExists(atPath: file.path) {
            do {
                let queue = try DatabaseQueue(path: file.absolutePath)
                try queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
                try queue.close()
            } catch {
                throw ReadModelError.wrap(error, path: file.path)
            }
        }
        do {
            try FileManager.default.createDirectory(atPath: location.folder, withIntermediateDirectories: true)
        } catch {
            throw ReadModelError(
                .noPermission,
                "\(location.folder) cannot be created: check its permissions",
                path: location.folder
            )
        }
        for suffix in ["-wal", "-shm"] {
            unlink(location.path + suffix)
            unlink(new.path + suffix)
        }
        guard rename(new.path, location.path) == 0 else {
            throw ReadModelError(
                .noPermission,
                "\(new.path) cannot be moved to \(location.path): \(String(cString: strerror(errno)))",
                path: location.path
            )
        }
    }
}
