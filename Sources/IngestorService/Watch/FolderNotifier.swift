internal import Foundation

#if canImport(Glibc)
    internal import Glibc
#endif

/// Tells when something happens in a folder: inotify(7), and a wake from outside. Belongs to one thread; only
/// ``wake()`` may be called from others.
///
/// It is a hint and not the truth: events get lost when too many come, and network file systems send none. So whoever
/// waits looks into the folder anyway, now and then.
final class FolderNotifier: @unchecked Sendable {  // The descriptors are constant; `write` to a pipe is thread-safe.
    private let pipe: (read: Int32, write: Int32)
    private let events: Int32

    /// Watches a folder. Throws ``WatchError`` where the system has no more watches or descriptors.
    init(path: String) throws(WatchError) {
        var ends: [Int32] = [-1, -1]
        guard Foundation.pipe(&ends) == 0 else { throw WatchError("watch", path, errno) }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        pipe = (ends[0], ends[1])
        events = inotify_init1(Int32(O_CLOEXEC | O_NONBLOCK))
        let mask = UInt32(IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_MODIFY | IN_ONLYDIR)
        guard events >= 0, inotify_add_watch(events, path, mask) >= 0 else {
            let code = errno
            close(pipe.read)
            close(pipe.write)
            if events >= 0 { close(events) }
            throw WatchError("watch", path, code)
        }
    }

    deinit {
        for descriptor in [pipe.read, pipe.write, events] { close(descriptor) }
    }

    /// Ends a ``wait(until:)``, or the next one.
    func wake() {
        var byte: UInt8 = 0
        // A full pipe wakes as well.
        _ = write(pipe.write, &byte, 1)
    }

    /// Returns when something has happened, somebody wakes it, or the time has come: the names that were renamed into
    /// the folder.
    func wait(until deadline: ContinuousClock.Instant) -> [[UInt8]] {
        let wait = max(ContinuousClock.now.duration(to: deadline), .zero)
        let milliseconds = wait.components.seconds * 1_000 + wait.components.attoseconds / 1_000_000_000_000_000
        var descriptors = [
            pollfd(fd: events, events: Int16(POLLIN), revents: 0),
            pollfd(fd: pipe.read, events: Int16(POLLIN), revents: 0),
        ]
        _ = poll(&descriptors, 2, Int32(clamping: milliseconds + 1))
        var scratch = [UInt8](repeating: 0, count: 64)
        while read(pipe.read, &scratch, scratch.count) > 0 {}
        return renamed()
    }

    private func renamed() -> [[UInt8]] {
        var names: [[UInt8]] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = read(events, &buffer, buffer.count)
            guard count > 0 else { return names }
            var start = 0
            let size = MemoryLayout<inotify_event>.size
            while start + size <= count {
                // The kernel writes whole events; the name behind each is filled up with zeroes.
                let event = buffer.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: start, as: inotify_event.self) }
                let end = start + size + Int(event.len)
                if event.mask & UInt32(IN_MOVED_TO) != 0, end <= count {
                    names.append(Array(buffer[(start + size)..<end].prefix { $0 != 0 }))
                }
                start = end
            }
        }
    }
}
