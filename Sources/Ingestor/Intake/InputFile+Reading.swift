internal import Foundation

extension InputFile {
    /// No document of this kind is longer; a larger file is a mistake or an attack.
    public static let defaultMaximumBytes = 32 * 1024 * 1024

    /// The whole input. Throws ``IntakeFailure`` where it cannot be read or is larger than `maximumBytes`.
    public func read(maximumBytes: Int = defaultMaximumBytes) throws(IntakeFailure) -> [UInt8] {
        let handle: FileHandle
        if path == "-" {
            handle = .standardInput
        } else {
            do {
                handle = try FileHandle(forReadingFrom: URL(filePath: path))
            } catch {
                throw IntakeFailure(kind: .unreadable, name: path, message: InputFinder.reason(of: error))
            }
        }
        defer { if path != "-" { try? handle.close() } }
        // One byte more than allowed tells a file that is too large without reading it whole.
        var bytes: [UInt8] = []
        do {
            while bytes.count <= maximumBytes,
                let chunk = try handle.read(upToCount: min(1 << 20, maximumBytes + 1 - bytes.count)), !chunk.isEmpty
            {
                bytes.append(contentsOf: chunk)
            }
        } catch {
            throw IntakeFailure(kind: .unreadable, name: path, message: InputFinder.reason(of: error))
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
