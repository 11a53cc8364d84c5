internal import Foundation

/// Walks a folder by the names' bytes: one name in another encoding must not hide the folder.
enum FolderWalk {
    /// The files whose names are those of documents and archives, depth first, each folder's entries in the order of
    /// their bytes.
    static func files(in folder: [UInt8]) -> [Result<InputFile, IntakeFailure>] {
        let names: [[UInt8]]
        switch entries(of: folder) {
        case .success(let found): names = found
        case .failure(let failure): return [.failure(failure)]
        }
        let pages = Set(names.compactMap { FileName.stem(of: $0, in: FileName.pages) })
        var found: [Result<InputFile, IntakeFailure>] = []
        for name in names where name.first != UInt8(ascii: ".") {
            let path = folder.last == UInt8(ascii: "/") ? folder + name : folder + [UInt8(ascii: "/")] + name
            var status = stat()
            guard path.withSystemPath({ lstat($0, &status) }) == 0 else {
                found.append(.failure(InputFinder.unreadable(text(path), errno)))
                continue
            }
            if InputFinder.isFolder(status) {
                found += files(in: path)
                continue
            }
            guard FileName.isWanted(text(name)) else { continue }
            // What describes the page beside it (`a.json` beside `a.txt`) is no document of its own.
            if let stem = FileName.stem(of: name, in: ["json"]), pages.contains(stem) { continue }
            // A link counts as what it leads to; a pipe or a device would be waited for without end.
            guard path.withSystemPath({ stat($0, &status) }) == 0 else {
                found.append(.failure(InputFinder.unreadable(text(path), errno)))
                continue
            }
            if status.st_mode & S_IFMT == S_IFREG { found.append(.success(InputFile(systemPath: path))) }
        }
        return found
    }

    private static func entries(of folder: [UInt8]) -> Result<[[UInt8]], IntakeFailure> {
        guard let stream = folder.withSystemPath({ opendir($0) }) else {
            return .failure(InputFinder.unreadable(text(folder), errno))
        }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while let entry = readdir(stream) {
            // The name ends with a zero within the field that holds it.
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            names.append(name)
        }
        return .success(names.sorted { $0.lexicographicallyPrecedes($1) })
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

extension [UInt8] {
    /// Calls `body` with these bytes as a path for the system.
    func withSystemPath<Value>(_ body: (UnsafePointer<CChar>) -> Value) -> Value {
        (map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { buffer in
            // Never empty: the zero at its end is always there.
            body(buffer.baseAddress!)
        }
    }
}
