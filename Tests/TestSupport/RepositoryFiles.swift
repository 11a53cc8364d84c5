public import Foundation

/// Finds files of this repository from a test, wherever it was cloned to.
public enum RepositoryFiles {
    /// The repository's root folder.
    public static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A file or folder by its path from the root.
    public static func url(_ path: String) -> URL {
        root.appending(path: path)
    }

    /// A file's bytes. Throws where it cannot be read.
    public static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: url(path)))
    }

    /// The files of a folder with the given extension, sorted by name. Throws where the folder cannot be read.
    public static func files(in path: String, withExtension pathExtension: String) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: url(path), includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == pathExtension }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
    }

    /// Real bulletins lie beside the repository, never in it; nil where they are missing, and the test says so.
    public static func shared(_ path: String) -> URL? {
        let url = root.deletingLastPathComponent().appending(path: "shared").appending(path: path)
        return FileManager.default.fileExists(atPath: url.path) ? url : nil
    }
}
