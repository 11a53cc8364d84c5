public import Foundation

/// A folder of its own for one test, removed with the last reference to it.
public final class TemporaryFolder: Sendable {
    /// Where it is.
    public let url: URL

    /// Its path.
    public var path: String { url.path }

    /// Makes the folder. Throws where the system's folder for temporary files is not writable.
    public init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "bulletins-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// The path of an entry.
    public func path(_ name: String) -> String { url.appending(path: name).path }

    /// Makes a folder inside and returns its path. Throws where it cannot be made.
    public func folder(_ name: String) throws -> String {
        let folder = url.appending(path: name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder.path
    }

    /// Writes a file and returns its path. Throws where it cannot be written.
    @discardableResult
    public func write(_ text: String, to name: String) throws -> String {
        try write(Array(text.utf8), to: name)
    }

    /// Writes a file and returns its path. Throws where it cannot be written.
    @discardableResult
    public func write(_ bytes: [UInt8], to name: String) throws -> String {
        let file = url.appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        return file.path
    }
}
