internal import GRDB
internal import GRDBSQLite

/// When a query has to be finished.
///
/// SQLite asks it, by a progress handler, so that no statement runs for longer.
final class QueryDeadline: Sendable {
    /// Instructions of SQLite's machine between two looks at the clock: about a millisecond.
    private static let checkInterval: Int32 = 20_000

    private let instant: ContinuousClock.Instant

    init(_ limit: Duration) { instant = .now + limit }

    var isPast: Bool { ContinuousClock.now >= instant }

    /// Ends the statements of a connection that run after it. It must live for as long as these do.
    func watch(_ connection: OpaquePointer?) {
        sqlite3_progress_handler(
            connection,
            Self.checkInterval,
            { pointer in
                guard let pointer else { return 0 }
                return Unmanaged<QueryDeadline>.fromOpaque(pointer).takeUnretainedValue().isPast ? 1 : 0
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }

    /// Lets statements run as long as they want.
    static func unwatch(_ connection: OpaquePointer?) { sqlite3_progress_handler(connection, 0, nil, nil) }
}
