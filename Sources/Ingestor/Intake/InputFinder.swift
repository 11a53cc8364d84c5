internal import Foundation

/// A file, or standard input, that holds one or more documents.
public struct InputFile: Hashable, Sendable {
    /// The path as the user would recognise it; `-` is standard input.
    public let path: String
    /// The path as the system knows it, where that is no UTF-8: archives from Chinese Windows hold GBK names.
    let systemPath: [UInt8]?

    /// A file by its path.
    public init(path: String) {
        self.path = path
        systemPath = nil
    }

    /// A file by its path's bytes, of any encoding.
    init(systemPath: [UInt8]) {
        path = String(decoding: systemPath, as: UTF8.self)
        self.systemPath = String(validating: systemPath, as: UTF8.self) == nil ? systemPath : nil
    }

    /// Opens it for reading. Returns the descriptor, or -1 with `errno` set.
    func openForReading() -> Int32 {
        (systemPath ?? Array(path.utf8)).withSystemPath { open($0, O_RDONLY | O_CLOEXEC) }
    }
}

/// Expands what a user names into files: files as they are, whatever their names; folders recursively and sorted, for
/// documents, dumps and archives; `-` as standard input.
public enum InputFinder {
    /// The inputs in a stable order, and what could not be found. Hidden files and folders are passed over, symbolic
    /// links to folders are not followed, so a walk always ends. What cannot be read in a folder fails by itself.
    public static func find(_ paths: [String]) -> [Result<InputFile, IntakeFailure>] {
        paths.flatMap { path in
            path == "-" ? [.success(InputFile(path: path))] : find(path)
        }
    }

    private static func find(_ path: String) -> [Result<InputFile, IntakeFailure>] {
        var status = stat()
        guard stat(path, &status) == 0 else {
            return [.failure(errno == ENOENT || errno == ENOTDIR ? missing(path) : unreadable(path, errno))]
        }
        guard isFolder(status) else { return [.success(InputFile(path: path))] }
        let found = FolderWalk.files(in: Array(path.utf8))
        guard !found.isEmpty else {
            let known = (FileName.documents.sorted() + ["gz", "tar", "tgz"]).map { "." + $0 }.joined(separator: ", ")
            return [.failure(.init(kind: .missing, name: path, message: "the folder holds no file of \(known)"))]
        }
        return found
    }

    private static func missing(_ path: String) -> IntakeFailure {
        // Arguments reach Swift repaired: the bytes of such a name are gone, while a folder's entries keep theirs.
        let hint = path.unicodeScalars.contains("\u{FFFD}") ? "; its name is no UTF-8: name the folder instead" : ""
        return .init(kind: .missing, name: path, message: "there is no such file or folder" + hint)
    }

    static func unreadable(_ path: String, _ code: Int32) -> IntakeFailure {
        .init(kind: .unreadable, name: path, message: String(cString: strerror(code)))
    }

    static func isFolder(_ status: stat) -> Bool { status.st_mode & S_IFMT == S_IFDIR }
}
