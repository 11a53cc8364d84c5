import Console

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Reads small files that settings come from.
enum SmallFile {
    /// A configuration file or a secret is not larger than this.
    static let limit = 1_048_576

    /// The file's text.
    /// - Throws: ``SettingsError`` naming the file, and `purpose`, if it cannot be read, is too large or is no UTF-8.
    static func read(_ path: String, purpose: String) throws(SettingsError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", path, purpose, errno) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = readBytes(descriptor, &chunk, chunk.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw failure("read", path, purpose, errno)
            }
            if count == 0 { break }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= limit else {
                throw SettingsError("\(purpose) \(path) is larger than \(limit) bytes")
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw SettingsError("\(purpose) \(path) is not UTF-8 text")
        }
        return text
    }

    /// The file's text without the line break that editors and `echo` put at its end.
    static func readSecret(_ path: String, purpose: String) throws(SettingsError) -> String {
        var text = Substring(try read(path, purpose: purpose))
        if text.last?.isNewline == true { text.removeLast() }
        return String(text)
    }

    private static func failure(_ verb: String, _ path: String, _ purpose: String, _ code: Int32) -> SettingsError {
        let error = CommandError(cannot: verb, path: path, code: code, access: .reading)
        return SettingsError("\(error.message) (\(purpose))", exitStatus: error.exitStatus)
    }
}

/// The system call, out of the reach of `SmallFile.read`.
private func readBytes(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
