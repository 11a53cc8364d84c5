internal import Foundation

/// Says who works on a data folder: many indexers of one Kafka cluster side by side, or one embedded pipeline alone.
///
/// Indexers need no lock against each other, for the offset in each file lets each stretch of the log in once. An
/// embedded pipeline starts a new log in every file, which would pull them away from under anybody else.
///
/// The lock is the system's (`flock`) on the file `.lock` in the folder, so it ends with the process, however it ends.
final class DataFolderLock {
    enum Mode {
        /// Beside other indexers.
        case shared
        /// Alone.
        case exclusive
    }

    private let descriptor: Int32

    /// Takes the lock and makes the folder if need be.
    ///
    /// Throws ``IndexerError``: `folderInUse` if somebody else has it, `folderUnusable` if it cannot be written.
    ///
    /// - Parameters:
    ///   - name: the lock's file.
    ///   - holder: who else may have it, in messages.
    ///   - waits: waits for whoever has it, which blocks, instead of throwing.
    init(
        _ folder: String,
        mode: Mode,
        name: String = ".lock",
        holder: String? = nil,
        waits: Bool = false
    ) throws(IndexerError) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            var status = stat()
            let isFile = stat(folder, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
            throw .folderUnusable(
                folder,
                isFile ? "it is a file" : "it cannot be made: \(Self.reason(of: error, at: folder))"
            )
        }
        let file = open(folder + "/" + name, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw .folderUnusable(folder, String(cString: strerror(errno))) }
        // A file system without locks (some network ones) says so with another error: there nobody can be kept out.
        if flock(file, (mode == .shared ? LOCK_SH : LOCK_EX) | (waits ? 0 : LOCK_NB)) != 0, errno == EWOULDBLOCK {
            close(file)
            let others = holder ?? (mode == .shared ? "`bulletins up`" : "an indexer or another `bulletins up`")
            throw .folderInUse(folder, others, lock: name)
        }
        descriptor = file
    }

    deinit { close(descriptor) }

    private static func reason(of error: any Error, at folder: String) -> String {
        let posix = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        if let posix, posix.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(posix.code))) }
        // Foundation gives some reasons (a read-only file system) a code of its own; the system call tells them all.
        guard mkdir(folder, 0o777) != 0, errno != ENOENT else { return "check that its parent exists" }
        return String(cString: strerror(errno))
    }
}
