public import Foundation

/// What a client knows about its brokers; made for readiness checks.
public struct KafkaHealth: Sendable {
    /// Whether a broker can be reached.
    public enum Reachability: String, Sendable {
        /// Nothing heard yet.
        case unknown
        /// At least one broker connection is up.
        case reachable
        /// All brokers are down.
        case unreachable
    }

    /// Whether a broker can be reached.
    public internal(set) var reachability = Reachability.unknown
    /// When a broker was last heard from.
    public internal(set) var lastHeardFromBroker: Date?
    /// The last connection-level error, cleared when a broker is heard again.
    public internal(set) var lastError: KafkaError?
    /// Set once the client can't be used any longer and must be replaced.
    public internal(set) var fatalError: KafkaError?

    /// Whether at least one broker connection is up.
    public var isBrokerReachable: Bool { reachability == .reachable }
}
