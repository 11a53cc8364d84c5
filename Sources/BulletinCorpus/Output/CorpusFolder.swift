internal import Foundation

/// Writes a corpus as files, a thousand bulletins a folder, each with its gold beside it.
///
/// `DIR/00012/000012345.txt` (or `.html`), `DIR/00012/000012345.json`, and in the end `DIR/.manifest.json`: a folder
/// without a manifest is not finished.
public struct CorpusFolder {
    /// Bulletins per folder.
    public static let shardSize = 1_000

    private let path: String
    private let withGold: Bool
    private var shard: Int?
    private var shardPath = ""

    /// A new or empty folder. Throws ``CorpusError`` if it holds something or cannot be made.
    public init(path: String, withGold: Bool = true) throws(CorpusError) {
        self.path = path
        self.withGold = withGold
        let manager = FileManager.default
        var isFolder: ObjCBool = false
        if manager.fileExists(atPath: path, isDirectory: &isFolder) {
            guard isFolder.boolValue else { throw CorpusError.notAFolder(path) }
            let entries = try? manager.contentsOfDirectory(atPath: path)
            guard entries?.isEmpty == true else { throw CorpusError.notEmpty(path) }
        }
        try Self.makeFolder(path)
    }

    /// Writes one bulletin. Throws ``CorpusError`` where the disk refuses.
    public mutating func write(_ bulletin: CorpusBulletin) throws(CorpusError) {
        let number = bulletin.index / Self.shardSize
        if shard != number {
            let digits = String(number)
            shardPath = path + "/" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits
            try Self.makeFolder(shardPath)
            shard = number
        }
        let stem = shardPath + "/" + bulletin.gold.id
        try Self.write(bulletin.bytes, to: stem + (bulletin.isHTML ? ".html" : ".txt"))
        if withGold { try Self.write(Array((bulletin.gold.json(isIndented: true) + "\n").utf8), to: stem + ".json") }
    }

    /// Says that the corpus is complete and what it holds. Throws ``CorpusError`` where the disk refuses.
    public func finish(_ manifest: CorpusManifest) throws(CorpusError) {
        try Self.write(Array((manifest.json + "\n").utf8), to: path + "/.manifest.json")
    }

    private static func makeFolder(_ path: String) throws(CorpusError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw CorpusError.refused(path, code: Self.code(of: error))
        }
    }

    private static func write(_ bytes: [UInt8], to path: String) throws(CorpusError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw CorpusError.refused(path, code: errno) }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw CorpusError.refused(path, code: errno) }
            written += count
        }
    }

    private static func code(of error: any Error) -> Int32 {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        return underlying?.domain == NSPOSIXErrorDomain ? Int32(underlying?.code ?? 0) : EIO
    }
}

/// Why a corpus could not be written.
public enum CorpusError: Error, Hashable, Sendable {
    /// What was named as a folder is none.
    case notAFolder(String)
    /// The folder holds something already.
    case notEmpty(String)
    /// The system refused to make or write a file or folder; `code` is its `errno`.
    case refused(String, code: Int32)
}
