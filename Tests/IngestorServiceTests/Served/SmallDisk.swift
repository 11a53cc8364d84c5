import Foundation
import TestSupport

/// A small file system of its own, which a test may fill.
final class SmallDisk: Sendable {
    /// Whether file systems can be mounted here, which takes root, and in containers a capability.
    static let isPossible: Bool = {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    let path: String
    private let folder: TemporaryFolder

    init(megabytes: Int, in folder: TemporaryFolder) async throws {
        self.folder = folder
        path = try folder.folder("disk")
        let mounted = try await run("mount", ["-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", path], in: folder)
        guard mounted.status == 0 else { throw TestFailure(mounted.messages) }
    }

    /// A test that failed leaves nothing behind.
    deinit { umount2(path, 2) }  // MNT_DETACH

    var outbox: String { path + "/outbox.sqlite" }
    private var filler: String { path + "/filler" }

    /// Fills it to the last byte.
    func fill() async throws {
        let filled = try await run("dd", ["if=/dev/zero", "of=\(filler)", "bs=4k"], in: folder)
        guard filled.status != 0 else { throw TestFailure("the disk cannot be filled") }
    }

    /// Takes away what ``fill()`` has put there.
    func makeRoom() throws {
        if FileManager.default.fileExists(atPath: filler) { try FileManager.default.removeItem(atPath: filler) }
    }

    func remove() async throws {
        let gone = try await run("umount", ["-l", path], in: folder)
        guard gone.status == 0 else { throw TestFailure(gone.messages) }
    }
}
