internal import Foundation
internal import GRDB
internal import Synchronization

/// Reads one partition file, without ever writing to it.
///
/// Sendable because GRDB's queue serialises what uses its connection.
final class PartitionReader: Sendable {
    let location: PartitionLocation
    /// The state at the time of opening.
    let state: PartitionState
    // Nil where so many files are open that this one is opened anew for each query.
    private let kept: PartitionConnection?
    private let connections: OpenPartitions?
    // The state that the first answer was given as of.
    private let first = Mutex<PartitionState?>(nil)
    private let deadline: QueryDeadline?

    /// Opens the file and reads its state; nil if the file is so new that it has no tables yet.
    /// - Parameter connections: lends a connection, and takes it back when the reader is let go of.
    init?(
        _ location: PartitionLocation,
        keepOpen: Bool,
        deadline: QueryDeadline? = nil,
        connections: OpenPartitions? = nil
    ) throws {
        self.location = location
        self.deadline = deadline
        self.connections = connections
        do {
            let connection =
                try connections?.take(location.absolutePath)
                ?? PartitionReader.open(location, isLent: connections != nil)
            let found = try connection.queue.read { database in
                deadline?.watch(database.sqliteConnection)
                return try Schema.check(database, path: location.path) > 0
                    ? try PartitionFile.readState(database, location) : nil
            }
            guard let found else { return nil }
            state = found
            kept = keepOpen ? connection : nil
        } catch {
            throw ReadModelError.wrap(error, path: location.path)
        }
    }

    deinit {
        guard let connections, let kept else { return }
        // The next question has a time limit of its own.
        let isFree: Void? = try? kept.queue.read { QueryDeadline.unwatch($0.sqliteConnection) }
        if isFree != nil { connections.giveBack(kept) }
    }

    /// Calls `body` within one read transaction, so that all it sees belongs together.
    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        do {
            let connection = try kept ?? PartitionReader.open(location, isLent: false)
            return try connection.queue.read { database in
                if kept == nil { deadline?.watch(database.sqliteConnection) }
                try first.withLock { if $0 == nil { $0 = try PartitionFile.readState(database, location) } }
                return try body(database)
            }
        } catch {
            throw ReadModelError.wrap(error, path: location.path)
        }
    }

    /// What the answers so far hold for at least: the state that the first of them saw.
    var asOf: PartitionState { first.withLock { $0 } ?? state }

    /// - Parameter isLent: to one question after the other, which may keep many connections open for long.
    private static func open(_ location: PartitionLocation, isLent: Bool) throws -> PartitionConnection {
        _ = SQLiteLibrary.isPrepared
        var configuration = Configuration()
        configuration.label = "bulletins.reader"
        configuration.readonly = true
        // Readers of a write-ahead log wait for nobody, save for the moments of its recovery or truncation.
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            try SQLFunctions.register(on: database)
            // The system keeps pages, too: what is held twice, times 64, is to stay small.
            if isLent { try database.execute(sql: "PRAGMA cache_size = -256") }
        }
        let path = location.absolutePath
        let file = PartitionConnection.file(at: path)
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            return PartitionConnection(queue: queue, path: path, file: file)
        } catch let error as DatabaseError
            where
            ([.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
            || error.extendedResultCode.rawValue == ReadModelError.sharedIndexHasNoRoom) && isSettled(path)
        {
            // A folder that cannot be written or a full disk, without the log's files, which SQLite would have to create:
            // nobody writes here, and everything is in the file itself.
            let queue = try DatabaseQueue(path: immutableURI(path), configuration: configuration)
            return PartitionConnection(queue: queue, path: path, file: nil)
        }
    }

    /// Whether the file is there and no write-ahead log holds more than it.
    private static func isSettled(_ path: String) -> Bool {
        guard FileManager.default.isReadableFile(atPath: path) else { return false }
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path + "-wal") else { return true }
        return (attributes[.size] as? NSNumber)?.int64Value == 0
    }

    /// The path as a URI; Debian's SQLite takes URIs wherever it takes paths (`SQLITE_USE_URI`).
    private static func immutableURI(_ path: String) -> String {
        let plain = CharacterSet.urlPathAllowed.subtracting(CharacterSet(charactersIn: "?#%;"))
        return "file:" + (path.addingPercentEncoding(withAllowedCharacters: plain) ?? path) + "?immutable=1"
    }
}

extension PartitionLocation {
    /// The bytes of the file and its write-ahead log.
    var fileBytes: Int64 {
        [path, path + "-wal"].reduce(0) { sum, path in
            let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? NSNumber
            return sum + (size?.int64Value ?? 0)
        }
    }
}
