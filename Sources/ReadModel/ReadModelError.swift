internal import GRDB

/// What went wrong with a read model, for people and for programs: what, where, and what to do about it.
///
/// Neither the message nor any other field holds text of a bulletin.
public struct ReadModelError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of trouble this is; newer versions may add codes.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The stable name.
        public var rawValue: String

        /// A code by its stable name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Another process held the file's write lock for longer than the busy timeout: try again.
        public static let busy = Code(rawValue: "busy")
        /// ``PartitionFile/Interrupter`` ended what was going on; it was rolled back.
        public static let interrupted = Code(rawValue: "interrupted")
        /// No space left on the file's disk.
        public static let diskFull = Code(rawValue: "disk-full")
        /// The file or its disk cannot be written.
        public static let readOnly = Code(rawValue: "read-only")
        /// The operating system refused the file or folder.
        public static let noPermission = Code(rawValue: "no-permission")
        /// Reading or writing the file failed.
        public static let inputOutput = Code(rawValue: "input-output")
        /// The file is no SQLite database, or one of another program.
        public static let notADatabase = Code(rawValue: "not-a-database")
        /// The file is damaged.
        public static let corrupt = Code(rawValue: "corrupt")
        /// A newer version of this program wrote the file.
        public static let newerSchema = Code(rawValue: "newer-schema")
        /// The file was filled from another log than the one at hand.
        public static let otherLog = Code(rawValue: "other-log")
        /// The topic has another number of partitions than when the file was begun.
        public static let otherPartitions = Code(rawValue: "other-partitions")
        /// SQLite refuses one entry of a batch for a reason of that entry's own; see ``ReadModelError/entryOffset``.
        public static let entryRefused = Code(rawValue: "entry-refused")
        /// A data folder does not exist.
        public static let missingFolder = Code(rawValue: "missing-folder")
        /// No bulletin has this id.
        public static let unknownBulletin = Code(rawValue: "unknown-bulletin")
        /// More than one bulletin's id begins like this; see ``ReadModelError/candidates``.
        public static let ambiguousBulletin = Code(rawValue: "ambiguous-bulletin")
        /// The answer is larger than one process hands to another.
        public static let answerTooLarge = Code(rawValue: "answer-too-large")
        /// A server wants another token, or one that may do more.
        public static let accessDenied = Code(rawValue: "access-denied")
        /// A server is not what it should be, or cannot prove who it is.
        public static let serverRefused = Code(rawValue: "server-refused")
        /// The caller passed something that makes no sense.
        public static let invalidArgument = Code(rawValue: "invalid-argument")
        /// Any other failure of SQLite.
        public static let sqlite = Code(rawValue: "sqlite")
    }

    /// The kind of trouble.
    public var code: Code
    /// One line for people: what happened, where, and what to do.
    public var message: String
    /// The file or folder concerned.
    public var path: String?
    /// The log offset of the entry that SQLite refused.
    public var entryOffset: Int64?
    /// SQLite's extended result code, where SQLite failed.
    public var sqliteCode: Int32?
    /// Ids that an ambiguous one may have meant; at most ten.
    public var candidates: [String]

    init(
        _ code: Code,
        _ message: String,
        path: String? = nil,
        entryOffset: Int64? = nil,
        sqliteCode: Int32? = nil,
        candidates: [String] = []
    ) {
        self.code = code
        self.message = message
        self.path = path
        self.entryOffset = entryOffset
        self.sqliteCode = sqliteCode
        self.candidates = candidates
    }

    /// The message.
    public var description: String { message }
}

extension ReadModelError {
    /// `error` as it concerns the file at `path`; errors that are one of ours already stay as they are.
    static func wrap(_ error: any Error, path: String) -> ReadModelError {
        if let error = error as? ReadModelError { return error }
        guard let error = error as? DatabaseError else {
            return ReadModelError(.inputOutput, "\(path): \(error)", path: path)
        }
        let (code, advice) = explain(error)
        // A backup's error is not the connection's, whose last one is none.
        let message = error.message.flatMap { $0 == "not an error" ? nil : $0 }
        let reason = message ?? (code == .diskFull ? "database or disk is full" : "\(error.resultCode)")
        return ReadModelError(
            code,
            "\(path): \(reason) (SQLite code \(error.extendedResultCode.rawValue)); \(advice)",
            path: path,
            sqliteCode: error.extendedResultCode.rawValue
        )
    }

    /// SQLITE_IOERR_SHMSIZE: the file `-shm` could not be made as large as it has to be.
    static let sharedIndexHasNoRoom: Int32 = 10 | 19 << 8

    private static func explain(_ error: DatabaseError) -> (Code, String) {
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            (.busy, "another process is writing this file: find it with `fuser FILE`, or try again later")
        case .SQLITE_INTERRUPT:
            (.interrupted, "the transaction was rolled back and can be repeated")
        case .SQLITE_FULL:
            (.diskFull, "free some space on this disk and start again; nothing was changed")
        case .SQLITE_IOERR where error.extendedResultCode.rawValue == sharedIndexHasNoRoom:
            (.diskFull, "free some space on this disk and start again; nothing was changed")
        case .SQLITE_READONLY:
            (.readOnly, "make the file and its folder writable for this user")
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
            (.noPermission, "check that the folder exists and that this user may read and write it")
        case .SQLITE_NOTADB:
            (.notADatabase, "this is no read model: move the file away, or give another data folder")
        case .SQLITE_CORRUPT:
            (.corrupt, "move the file away, and an indexer fills a new one from the log")
        case .SQLITE_IOERR:
            (.inputOutput, "check the disk and the kernel's messages; the last transaction was rolled back")
        default:
            (.sqlite, "please report this with the message")
        }
    }

    /// Whether SQLite's answer speaks of the row at hand and not of the file or the machine.
    static func concernsEntry(_ error: any Error) -> Bool {
        guard let error = error as? DatabaseError else { return error is EncodingError }
        return [.SQLITE_CONSTRAINT, .SQLITE_TOOBIG, .SQLITE_MISMATCH, .SQLITE_RANGE].contains(error.resultCode)
    }
}
