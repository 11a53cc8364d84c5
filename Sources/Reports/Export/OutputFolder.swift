public import Console
internal import Foundation

/// A new or empty folder that files are written into.
public struct OutputFolder: Sendable {
    /// Where it is.
    public let path: String

    /// Makes the folder, or takes an empty one. Throws `CommandError` where that cannot be.
    public init(_ path: String) throws(CommandError) {
        self.path = path
        let manager = FileManager.default
        if let names = try? manager.contentsOfDirectory(atPath: path) {
            guard names.isEmpty else {
                throw CommandError("\(path) is not empty; give a new or empty folder", exitStatus: .usage)
            }
            return
        }
        do {
            try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw CommandError(
                "cannot create the folder \(path); name one in a folder you may write to",
                exitStatus: .ioError
            )
        }
    }

    /// Opens a new file in it, folders on the way included, lets `body` write and closes it.
    ///
    /// Throws `CommandError` where it cannot be made, `OutputError` where it cannot be written.
    public func write(_ name: String, _ body: (ConsoleOutput) throws -> Void) throws {
        let file = path + "/" + name
        let folder = (file as NSString).deletingLastPathComponent
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try OutputFile.write(file, body)
    }
}

/// A file that is written whole or not at all.
public enum OutputFile {
    /// Writes a file by `body`, beside its place, and puts it there when it is whole; `-` is standard output.
    ///
    /// Throws `CommandError` where it cannot be made, `OutputError` where it cannot be written.
    public static func write(_ path: String, _ body: (ConsoleOutput) throws -> Void) throws {
        if path == "-" {
            try body(.standardOutput)
            return try ConsoleOutput.standardOutput.flush()
        }
        let temporary = path + ".partial"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw CommandError(cannot: "create", path: path, code: errno, access: .writing)
        }
        do {
            defer { close(descriptor) }
            let output = ConsoleOutput(fileDescriptor: descriptor, name: path)
            try body(output)
            try output.flush()
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, path) == 0 else {
            throw CommandError(cannot: "write", path: path, code: errno, access: .writing)
        }
    }
}
