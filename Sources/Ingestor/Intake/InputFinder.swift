internal import Foundation

/// A file, or standard input, that holds one or more documents.
public struct InputFile: Hashable, Sendable {
    /// The path as the user would recognise it; `-` is standard input.
    public let path: String

    /// A file by its path.
    public init(path: String) {
        self.path = path
    }
}

/// Expands what a user names into files: files as they are, folders recursively and sorted, `-` as standard input.
public enum InputFinder {
    /// What a folder is searched for; a file that is named itself is taken whatever its extension.
    public static let extensions: Set<String> = ["txt", "text", "html", "htm", "xhtml", "json", "jsonl", "ndjson"]

    /// The inputs in a stable order, and what could not be found. Hidden files and folders are passed over, symbolic
    /// links to folders are not followed, so a walk always ends.
    public static func find(_ paths: [String]) -> [Result<InputFile, IntakeFailure>] {
        paths.flatMap { path in
            path == "-" ? [.success(InputFile(path: path))] : find(path)
        }
    }

    private static func find(_ path: String) -> [Result<InputFile, IntakeFailure>] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            return [.failure(.init(kind: .missing, name: path, message: "there is no such file or folder"))]
        }
        guard isFolder.boolValue else { return [.success(InputFile(path: path))] }
        do {
            let files = try files(in: path)
            guard !files.isEmpty else {
                let known = extensions.sorted().map { "." + $0 }.joined(separator: ", ")
                return [.failure(.init(kind: .missing, name: path, message: "the folder holds no file of \(known)"))]
            }
            return files.map { .success(InputFile(path: $0)) }
        } catch {
            return [.failure(.init(kind: .unreadable, name: path, message: reason(of: error)))]
        }
    }

    private static func files(in folder: String) throws -> [String] {
        var found: [String] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() where !name.hasPrefix(".") {
            let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
            let type = try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
            if type == .typeDirectory {
                found += try files(in: path)
            } else if extensions.contains(URL(filePath: path).pathExtension.lowercased()) {
                found.append(path)
            }
        }
        return found
    }

    /// An error of Foundation's as the system words it.
    static func reason(of error: any Error) -> String {
        let posix = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        if let posix, posix.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(posix.code))) }
        return "cannot be read"
    }
}
