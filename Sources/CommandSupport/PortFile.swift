internal import Console
internal import Foundation

/// The file in which a program says where it listens, for whoever started it with port 0.
public enum PortFile {
    /// Writes the address and a line break; whoever waits for the file never reads half an address. Throws
    /// `CommandError`.
    public static func write(_ address: some CustomStringConvertible, to file: String) throws {
        do {
            // Written beside and renamed.
            try Data("\(address)\n".utf8).write(to: URL(filePath: file), options: .atomic)
        } catch {
            throw CommandError("cannot write \(file); name a file in a folder you may write to", exitStatus: .ioError)
        }
    }

    /// Takes it away when nobody listens any more.
    public static func remove(_ file: String) {
        try? FileManager.default.removeItem(atPath: file)
    }
}
