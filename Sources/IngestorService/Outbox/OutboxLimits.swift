/// What the outbox may hold.
public struct OutboxLimits: Hashable, Sendable {
    /// Bytes that may wait for Kafka; more is refused with `backlogFull`.
    public var pendingBytes: Int
    /// Bytes that stay free on the disk; below it intake is refused with `diskFull`, so that deliveries can still be
    /// noted and delivered events pruned.
    public var reservedDiskBytes: Int
    /// How long delivered payloads are kept.
    public var retention: Duration
    /// Bytes of delivered payloads that are kept.
    public var retainedBytes: Int
    /// Acceptances whose bulletins are remembered for `unchanged` and for asking about the delivery.
    public var rememberedRecords: Int

    /// The defaults: 4 GiB waiting, 64 MiB reserved, a day or 256 MiB of what is delivered, a million remembered.
    public init(
        pendingBytes: Int = 4 << 30,
        reservedDiskBytes: Int = 64 << 20,
        retention: Duration = .seconds(86_400),
        retainedBytes: Int = 256 << 20,
        rememberedRecords: Int = 1_000_000
    ) {
        self.pendingBytes = pendingBytes
        self.reservedDiskBytes = reservedDiskBytes
        self.retention = retention
        self.retainedBytes = retainedBytes
        self.rememberedRecords = rememberedRecords
    }
}

/// What the outbox holds, and whether it can take more.
public struct OutboxStatus: Hashable, Sendable {
    /// Events that Kafka has not acknowledged.
    public internal(set) var pendingRecords = 0
    /// Their bytes.
    public internal(set) var pendingBytes = 0
    /// Bytes of delivered payloads that are still kept.
    public internal(set) var retainedBytes = 0
    /// Events that Kafka refused for good since the start.
    public internal(set) var refusedRecords = 0
    /// Transactions that held entries, since the start.
    public internal(set) var commits = 0
    /// Why the outbox could not be written when it was last tried; nil if it could.
    public internal(set) var failure: OutboxError?
}
