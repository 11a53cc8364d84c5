internal import Foundation
internal import ReadModel

/// Names the processes that hold SQLite's locks on a partition file, so that whoever waits can say for whom.
enum LockHolder {
    /// `process 4711 (bulletin-indexer)`, several separated by commas; nil where the system does not tell.
    ///
    /// Linux lists locks in `/proc/locks` by the file's number; in WAL mode they are on the file `-shm`.
    static func describe(_ location: PartitionLocation) -> String? {
        guard let locks = try? String(contentsOfFile: "/proc/locks", encoding: .utf8) else { return nil }
        let files = [location.path, location.path + "-shm"].compactMap(fileNumber)
        var processes: Set<Int32> = []
        for line in locks.split(separator: "\n") {
            // 1: POSIX  ADVISORY  WRITE 4711 fd:01:131074 120 120
            let words = line.split(separator: " ")
            guard words.count >= 6, words[3] == "WRITE", let process = Int32(words[4]), process != getpid() else {
                continue
            }
            if files.contains(where: { words[5].hasSuffix(":\($0)") }) { processes.insert(process) }
        }
        guard !processes.isEmpty else { return nil }
        return processes.sorted().map { process in
            let name = try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8)
            return
                "process \(process) (\(name?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "of another container"))"
        }.joined(separator: ", ")
    }

    private static func fileNumber(_ path: String) -> UInt64? {
        var status = stat()
        return stat(path, &status) == 0 ? UInt64(status.st_ino) : nil
    }
}
