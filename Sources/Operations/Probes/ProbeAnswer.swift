#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The paths that every service answers beside its own.
public enum ProbePath: String, CaseIterable, Sendable {
    /// Whether the process lives: 200 for as long as it can answer. Meant for restarting it.
    case live = "/live"
    /// Whether it can do its work: 200 or 503, with the reasons. Meant for sending it work.
    case ready = "/ready"
    /// Its metrics, in Prometheus's text exposition format 0.0.4.
    case metrics = "/metrics"
}

/// What a probe is answered; independent of the HTTP server that sends it.
public struct ProbeAnswer: Sendable {
    /// The HTTP status.
    public let status: Int
    /// The `Content-Type`.
    public let mediaType: String
    /// The body.
    public let body: [UInt8]

    /// Answers a probe of the service behind `source`.
    public init(to path: ProbePath, source: some ProbeSource, registry: MetricsRegistry) async {
        switch path {
        case .live:
            (status, mediaType, body) = (200, "application/json", Self.json(["status": "live"]))
        case .ready:
            let report = await source.readiness()
            status = report.status == .ready ? 200 : 503
            (mediaType, body) = ("application/json", Self.json(report))
        case .metrics:
            await source.refreshMetrics()
            ProcessMetrics.shared.refresh()
            status = 200
            mediaType = "text/plain; version=0.0.4; charset=utf-8"
            body = Array(registry.prometheusText().utf8)
        }
    }

    private static func json(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Only texts and flags go in: there is nothing that could fail to be encoded.
        return (try? encoder.encode(value)).map { Array($0) } ?? []
    }
}
