internal import Foundation
internal import HTTPService

#if canImport(Glibc)
    internal import Glibc
#endif

/// The watched folder and the two in it that files are moved to. Everything goes by descriptors and single names, so
/// nothing outside can be reached, whatever a file is called and whatever is put in a folder's place meanwhile.
final class WatchedFolder: Sendable {
    /// A file that was opened, and is what it was when it was found.
    struct OpenFile {
        let descriptor: Int32
        let fingerprint: WatchQueue.Fingerprint
    }

    static let done = "done"
    static let rejected = "rejected"
    /// Endings of files that programs have not finished; they rename them later.
    private static let unfinished = [".part", ".partial", ".tmp", ".crdownload", ".download", ".swp", "~"]

    let path: String
    private let folder: Int32
    private let doneFolder: Int32
    private let rejectedFolder: Int32

    /// Opens the folder, and makes the two in it. Throws ``WatchError``.
    init(path: String) throws(WatchError) {
        self.path = path
        folder = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw WatchError("open", path, errno) }
        do throws(WatchError) {
            doneFolder = try Self.make(Self.done, in: folder, path: path)
            do throws(WatchError) {
                rejectedFolder = try Self.make(Self.rejected, in: folder, path: path)
            } catch {
                close(doneFolder)
                throw error
            }
        } catch {
            close(folder)
            throw error
        }
    }

    deinit {
        for descriptor in [folder, doneFolder, rejectedFolder] { close(descriptor) }
    }

    /// What was being read when the service ended last. Throws ``WatchError``.
    func journal() throws(WatchError) -> WatchJournal { try WatchJournal(in: folder, path: path) }

    private static func make(_ name: String, in folder: Int32, path: String) throws(WatchError) -> Int32 {
        if mkdirat(folder, name, 0o770) != 0, errno != EEXIST { throw WatchError("make", "\(path)/\(name)", errno) }
        // A link in its place would lead somewhere else.
        let descriptor = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw WatchError("open", "\(path)/\(name)", errno) }
        guard faccessat(descriptor, ".", W_OK | X_OK, 0) == 0 else {
            throw WatchError("write to", "\(path)/\(name)", errno)
        }
        return descriptor
    }

    // MARK: - Looking

    /// What is in the folder and is nobody's work in progress; folders are passed over. Throws ``WatchError``.
    func look() throws(WatchError) -> [(name: [UInt8], fingerprint: WatchQueue.Fingerprint, age: Duration)] {
        let copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = fdopendir(copy) else {
            let code = errno
            if copy >= 0 { close(copy) }
            throw WatchError("read", path, code)
        }
        defer { closedir(stream) }
        let now = Int64(Date().timeIntervalSince1970 * 1e9)
        var found: [(name: [UInt8], fingerprint: WatchQueue.Fingerprint, age: Duration)] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            guard Self.isWanted(name), let (fingerprint, mode) = status(name), mode & S_IFMT != S_IFDIR else {
                continue
            }
            found.append((name, fingerprint, .nanoseconds(now - fingerprint.modifiedAt)))
        }
        return found
    }

    private static func isWanted(_ name: [UInt8]) -> Bool {
        guard name.first != UInt8(ascii: "."), !name.isEmpty else { return false }
        return !unfinished.contains { name.suffix($0.utf8.count).elementsEqual($0.utf8) }
    }

    private func status(_ name: [UInt8]) -> (WatchQueue.Fingerprint, mode_t)? {
        var status = stat()
        guard name.withPath({ fstatat(folder, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0 else { return nil }
        return (WatchQueue.Fingerprint(status), status.st_mode)
    }

    // MARK: - Taking

    /// Opens a file for reading, if it is a plain one. A link is never followed, and a pipe never waited for. Nil for one
    /// that is gone.
    func open(_ name: [UInt8]) -> Result<OpenFile, Refusal>? {
        guard let (_, mode) = status(name) else { return nil }
        guard mode & S_IFMT == S_IFREG else {
            let what = mode & S_IFMT == S_IFLNK ? "a symbolic link, which is not followed" : "a pipe, socket or device"
            return .failure(Refusal(.parseFailed, "this is \(what); put the file itself here"))
        }
        let descriptor = name.withPath { openat(folder, $0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) }
        guard descriptor >= 0 else {
            let code = errno
            if code == ENOENT { return nil }
            // That there are too many open files, or too little memory, is no fault of this one's.
            let isItsFault = ![EMFILE, ENFILE, ENOMEM].contains(code)
            return .failure(
                Refusal(
                    isItsFault ? .parseFailed : .overloaded,
                    "it cannot be opened: \(String(cString: strerror(code)))"
                )
            )
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            return nil
        }
        return .success(OpenFile(descriptor: descriptor, fingerprint: WatchQueue.Fingerprint(status)))
    }

    /// Whether the name still leads to the file that was read, and that has not changed.
    func isUnchanged(_ name: [UInt8], _ fingerprint: WatchQueue.Fingerprint) -> Bool {
        status(name)?.0 == fingerprint
    }

    // MARK: - Moving

    /// Moves a file to `done/`. Throws ``WatchError``.
    func finish(_ name: [UInt8]) throws(WatchError) { try move(name, to: doneFolder, as: free(name, in: doneFolder)) }

    /// Writes the reason beside where the file will be, and moves the file to `rejected/`. Throws ``WatchError``.
    func reject(_ name: [UInt8], reason: [UInt8]) throws(WatchError) {
        let target = free(name, in: rejectedFolder)
        // A name may have 255 bytes; the ending must fit.
        let reasonName = Array(target.prefix(255 - 12)) + Array(".reason.json".utf8)
        let draft = Array(".reason.draft".utf8)
        try write(reason, to: draft)
        guard
            draft.withPath({ from in reasonName.withPath { renameat(rejectedFolder, from, rejectedFolder, $0) } }) == 0
        else { throw WatchError("write", "\(path)/\(Self.rejected)", errno) }
        try move(name, to: rejectedFolder, as: target)
    }

    private func write(_ bytes: [UInt8], to name: [UInt8]) throws(WatchError) {
        let descriptor = name.withPath {
            openat(rejectedFolder, $0, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o660)
        }
        guard descriptor >= 0 else { throw WatchError("write", "\(path)/\(Self.rejected)", errno) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw WatchError("write", "\(path)/\(Self.rejected)", errno) }
            rest = rest.dropFirst(count)
        }
    }

    private func move(_ name: [UInt8], to target: Int32, as newName: [UInt8]) throws(WatchError) {
        guard name.withPath({ from in newName.withPath { renameat(folder, from, target, $0) } }) == 0 else {
            // Somebody else has taken it away: that is theirs to do.
            if errno == ENOENT { return }
            throw WatchError("move", "\(path)/\(String(decoding: name, as: UTF8.self))", errno)
        }
    }

    /// The name, with a number behind it where one of that name is there already. Nobody else writes there.
    private func free(_ name: [UInt8], in target: Int32) -> [UInt8] {
        func exists(_ name: [UInt8]) -> Bool {
            var status = stat()
            return name.withPath { fstatat(target, $0, &status, AT_SYMLINK_NOFOLLOW) } == 0
        }
        guard exists(name) else { return name }
        for number in 1... {
            let ending = Array(".\(number)".utf8)
            let candidate = Array(name.prefix(255 - ending.count)) + ending
            if !exists(candidate) { return candidate }
        }
        return name
    }
}

extension WatchQueue.Fingerprint {
    init(_ status: stat) {
        self.init(
            device: UInt64(truncatingIfNeeded: status.st_dev),
            inode: UInt64(truncatingIfNeeded: status.st_ino),
            size: Int64(status.st_size),
            modifiedAt: Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
        )
    }
}

extension [UInt8] {
    /// Calls `body` with these bytes as a path for the system.
    fileprivate func withPath<Value>(_ body: (UnsafePointer<CChar>) -> Value) -> Value {
        (map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { buffer in
            // Never empty: the zero at its end is always there.
            body(buffer.baseAddress!)
        }
    }
}
