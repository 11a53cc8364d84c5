import Foundation

/// A small file system of its own, which a test may fill. Its calls block, for as long as a few megabytes take.
public final class SmallDisk: Sendable {
    /// Whether file systems can be mounted here, which takes root, and in containers a capability.
    public static let isPossible = (try? run("unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt")) == true

    /// Where it is mounted.
    public let path: String
    private var filler: String { path + "/filler" }

    /// Mounts a disk at `path`, a folder that is made if need be.
    public init(at path: String, megabytes: Int) throws {
        self.path = path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard try Self.run("mount", "-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", path) else {
            throw SmallDiskError(description: "no file system can be mounted at \(path)")
        }
    }

    /// A test that failed leaves nothing behind.
    deinit { remove() }

    /// Takes the disk away, with what is on it. May be called again.
    public func remove() { umount2(path, 2) }  // MNT_DETACH

    /// Fills it to the last byte.
    public func fill() throws {
        guard try !Self.run("dd", "if=/dev/zero", "of=\(filler)", "bs=4k") else {
            throw SmallDiskError(description: "\(path) cannot be filled")
        }
    }

    /// Takes away what ``fill()`` has put there.
    public func makeRoom() throws {
        if FileManager.default.fileExists(atPath: filler) { try FileManager.default.removeItem(atPath: filler) }
    }

    private static func run(_ arguments: String...) throws -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try ProcessStarts.run(process)
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}

/// A disk that does not do what it is there for.
public struct SmallDiskError: Error, CustomStringConvertible {
    /// What it does not do.
    public let description: String
}
