/// That a bulletin is withdrawn, and where the log says so.
public struct WithdrawnState: Codable, Hashable, Sendable {
    /// The generation of the log.
    public var generation: Int64
    /// The offset of the withdrawal in that log.
    public var offset: Int64
    /// `ce_time` of the withdrawal, where it had one.
    public var time: String?
    /// The reason given.
    public var reason: String?
}
