/// Whether a service can do its work, and what is amiss: what `GET /ready` answers.
public struct ReadinessReport: Encodable, Sendable {
    /// One thing that the service needs.
    public struct Check: Encodable, Sendable {
        /// What it is: `kafka`, `outbox`.
        public let name: String
        /// Whether it is as it should be.
        public let ok: Bool
        /// In words, for people.
        public let detail: String

        /// One thing that the service needs.
        public init(_ name: String, ok: Bool, _ detail: String) {
            self.name = name
            self.ok = ok
            self.detail = detail
        }
    }

    /// What the service can do now.
    public enum Status: String, Encodable, Sendable {
        /// Its work.
        case ready
        /// Not its work; a check tells why.
        case notReady = "not-ready"
        /// It is ending and takes nothing new.
        case closing
    }

    /// What the service can do now.
    public let status: Status
    /// Each thing that it needs. A service may be ready although one is amiss, where another makes up for it.
    public let checks: [Check]

    /// A report.
    public init(_ status: Status, checks: [Check]) {
        self.status = status
        self.checks = checks
    }
}

/// What probes and Prometheus ask a service.
public protocol ProbeSource: Sendable {
    /// Whether it can do its work. Must answer within a second, whatever is amiss.
    func readiness() async -> ReadinessReport
    /// Brings gauges up to date that are only worth it when somebody reads them; called before each `/metrics`.
    func refreshMetrics() async
}

extension ProbeSource {
    /// Nothing to bring up to date.
    public func refreshMetrics() async {}
}
