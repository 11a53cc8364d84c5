/// What the outbox needs of its disk. Intake is refused before anything that was accepted could run out of room.
///
/// A stored event needs room twice: in the log of SQLite (`PATH-wal`), and in its place once a checkpoint writes it there.
/// The log has its room from the start (``OutboxLog/preallocate(path:bytes:)``), so outcomes can be noted and delivered
/// events pruned even where others have filled the disk to its last byte: both overwrite the log and grow nothing.
struct OutboxRoom {
    /// Below so many bytes for events an event of usual size would not fit: intake counts as refused altogether.
    static let least: Int64 = 1 << 20

    /// Bytes that new events may take, beside the reserve and what the log holds that is not in its place yet; negative
    /// where there is none.
    let forEvents: Int64
    /// Nothing is kept that Kafka has, and the log is emptied after each transaction.
    let isShort: Bool

    /// - Parameters:
    ///   - free: bytes free on the disk; nil where the system does not tell.
    ///   - unplaced: bytes of the log that are not in their place yet.
    init(free: Int64?, unplaced: Int64, limits: OutboxLimits) {
        guard let free else {
            (forEvents, isShort) = (.max, false)
            return
        }
        let reserve = Int64(limits.reservedDiskBytes)
        forEvents = free - reserve - unplaced
        isShort = forEvents < reserve
    }

    /// What an event of that size takes, log and place together.
    static func needed(for bytes: Int) -> Int64 { Int64(bytes) * 2 }

    /// Whether nothing of usual size fits.
    var isFull: Bool { forEvents < Self.least }
    /// Whether there is so much again that it stays so for a while.
    var hasRecovered: Bool { forEvents >= Self.least * 2 }
}

extension OutboxLimits {
    /// Bytes of SQLite's log after which it is written to its place. A small reserve makes a small log.
    var checkpointBytes: Int { min(8 << 20, max(512 << 10, reservedDiskBytes / 8)) }

    /// Bytes of SQLite's log that are taken from the disk at the start and kept. Twice the above: where a checkpoint finds
    /// no room, as much again can be noted and pruned, and then it needs none.
    var logBytes: Int { checkpointBytes * 2 }

    /// Events that one transaction settles or prunes on a short disk: each changes a page or two, and all of them fit
    /// into the log several times over.
    var sparingStep: Int { checkpointBytes / OutboxFile.pageSize / 8 }
}
