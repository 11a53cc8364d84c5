#if canImport(Glibc)
    internal import Glibc
#endif

/// Which files were being read when the process came to a bad end, and how often: a file that brings the service down is
/// read alone, and after ``limit`` ends no more, so that it cannot keep all others out.
///
/// `.taking` in the watched folder holds the names, each with a zero behind it, and is there only while files are read. It
/// is not synced: it guards against the end of the process, and after one of the machine nothing is known of the file.
final class WatchJournal {
    /// A file that was being read at so many bad ends is rejected.
    static let limit = 3
    static let name = ".taking"

    /// The watched folder.
    private let folder: Int32
    private var file: Int32 = -1
    /// By name, from earlier lives of the service.
    private var ends: [[UInt8]: Int] = [:]

    /// Reads what an earlier life left in the folder behind `descriptor`. Throws ``WatchError``.
    init(in descriptor: Int32, path: String) throws(WatchError) {
        folder = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw WatchError("open", path, errno) }
        file = openat(folder, Self.name, O_RDWR | O_APPEND | O_NOFOLLOW | O_CLOEXEC)
        guard file >= 0 else { return }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(file, &buffer, buffer.count)
            if count <= 0 { break }
            bytes += buffer.prefix(count)
        }
        for name in bytes.split(separator: 0) { ends[Array(name), default: 0] += 1 }
    }

    deinit {
        close(folder)
        if file >= 0 { close(file) }
    }

    /// At how many bad ends the file was being read.
    func badEnds(_ name: [UInt8]) -> Int { ends[name] ?? 0 }

    /// The file is about to be read. Where that cannot be noted (a full disk), it is read all the same.
    func begin(_ name: [UInt8]) {
        if file < 0 {
            file = openat(folder, Self.name, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o660)
        }
        append(name)
    }

    /// The process is still here, and these files are not being read any more.
    func survived(_ names: some Sequence<[UInt8]>) {
        for name in names { ends[name] = nil }
        guard file >= 0 else { return }
        if ends.isEmpty {
            unlinkat(folder, Self.name, 0)
            close(file)
            file = -1
            return
        }
        _ = ftruncate(file, 0)
        for (name, count) in ends { for _ in 0..<count { append(name) } }
    }

    private func append(_ name: [UInt8]) {
        let line = name + [0]
        _ = write(file, line, line.count)
    }
}
