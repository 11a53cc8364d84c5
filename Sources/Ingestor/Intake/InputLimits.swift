/// How much an input may hold. What is larger is a mistake or an attack, and is refused before it fills the memory.
public struct InputLimits: Hashable, Sendable {
    /// Bytes of one document, unpacked; also of one line or item of a dump.
    public var documentBytes = 32 << 20
    /// Bytes of everything in one archive or compressed file, unpacked.
    public var unpackedBytes = 1 << 40
    /// Members of one archive.
    public var members = 10_000_000
    /// How many times its packed size an archive may unpack to. Pages of one template pack to a fortieth; a bomb packs
    /// to a thousandth.
    public var expansion = 250
    /// Unpacked bytes from which on the expansion counts: little of anything may pack well.
    public var expansionCountsFrom = 64 << 20
    /// How deep archives may lie in archives.
    public var nesting = 3

    /// The usual limits.
    public init() {}

    /// A size as people read it.
    static func words(_ bytes: Int) -> String {
        bytes >= 1 << 30 ? "\(bytes >> 30) GiB" : bytes >= 1 << 20 ? "\(bytes >> 20) MiB" : "\(bytes) bytes"
    }
}
