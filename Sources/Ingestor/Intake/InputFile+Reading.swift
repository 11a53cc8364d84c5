internal import Foundation

extension InputFile {
    /// No document of this kind is longer; a larger file is a mistake or an attack.
    public static let defaultMaximumBytes = 32 * 1024 * 1024

    /// The whole input. Throws ``IntakeFailure`` where it cannot be read or is larger than `maximumBytes`.
    public func read(maximumBytes: Int = defaultMaximumBytes) throws(IntakeFailure) -> [UInt8] {
        let descriptor = path == "-" ? STDIN_FILENO : openForReading()
        guard descriptor >= 0 else { throw InputFinder.unreadable(path, errno) }
        defer { if path != "-" { close(descriptor) } }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        // One byte more than allowed tells a file that is too large without reading it whole.
        while bytes.count <= maximumBytes {
            let count = Foundation.read(descriptor, &chunk, min(chunk.count, maximumBytes + 1 - bytes.count))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw InputFinder.unreadable(path, errno) }
            if count == 0 { break }
            bytes.append(contentsOf: chunk[..<count])
        }
        guard bytes.count <= maximumBytes else {
            throw IntakeFailure(
                kind: .invalid,
                name: path,
                message: "it is larger than \(maximumBytes / 1024 / 1024) MiB; split it or leave it out"
            )
        }
        return bytes
    }
}
