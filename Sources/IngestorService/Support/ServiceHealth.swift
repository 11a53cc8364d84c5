internal import Foundation
internal import Kafka
internal import Metrics
internal import Synchronization

/// Says whether the service can do its work, and what is amiss.
final class ServiceHealth: Sendable {
    /// What `GET /ready` answers.
    struct Report: Encodable, Sendable {
        struct Check: Encodable, Sendable {
            let ok: Bool
            let detail: String
        }

        let status: String
        let outbox: Check
        let kafka: Check
        let backlog: Check
        let pendingRecords: Int
        let pendingBytes: Int
        let oldestPendingSeconds: Double

        var isReady: Bool { status == "ready" }
    }

    private let outbox: Outbox
    private let relay: Relay
    private let kafkaAge: Duration
    private let backlogRecords: Int
    private let age = Gauge(label: "bulletins_ingestor_outbox_oldest_age_seconds")
    private let ready = Gauge(label: "bulletins_ingestor_ready")
    private let isClosing = Mutex(false)

    /// - Parameters:
    ///   - kafkaAge: how long ago a broker may last have been heard.
    ///   - backlogRecords: how many events may wait while no broker is heard.
    init(outbox: Outbox, relay: Relay, kafkaAge: Duration, backlogRecords: Int) {
        self.outbox = outbox
        self.relay = relay
        self.kafkaAge = kafkaAge
        self.backlogRecords = backlogRecords
    }

    /// The service is ending: not ready any more.
    func close() { isClosing.withLock { $0 = true } }

    /// Ready: the outbox takes entries, and a broker was heard lately or the backlog is within its bound.
    func report() async -> Report {
        let status = outbox.status
        let oldest = (try? await outbox.oldestPendingAge()) ?? -1
        let health = relay.health
        let heard = health?.lastHeardFromBroker.map { Date.now.timeIntervalSince($0) }
        let allowed = Double(kafkaAge.components.seconds)
        let kafkaIsFine = health?.isBrokerReachable == true && (heard ?? .infinity) <= allowed
        let backlogIsFine = status.pendingRecords <= backlogRecords
        let isClosing = isClosing.withLock { $0 }
        let isReady = status.failure == nil && (kafkaIsFine || backlogIsFine) && !isClosing
        let kafkaDetail =
            switch (kafkaIsFine, heard) {
            case (true, let heard?): "a broker was heard \(Int(max(0, heard))) s ago"
            case (_, let heard?): "no broker for \(Int(max(0, heard))) s: \(relay.lastError ?? "it does not answer")"
            case (_, nil): "no broker has been heard yet: \(relay.lastError ?? "connecting")"
            }
        ready.record(isReady ? 1 : 0)
        return Report(
            status: isClosing ? "closing" : isReady ? "ready" : "not ready",
            outbox: .init(ok: status.failure == nil, detail: status.failure.map { $0.code.rawValue } ?? "writable"),
            kafka: .init(ok: kafkaIsFine, detail: kafkaDetail),
            backlog: .init(ok: backlogIsFine, detail: "\(status.pendingRecords) of \(backlogRecords) events wait"),
            pendingRecords: status.pendingRecords,
            pendingBytes: status.pendingBytes,
            oldestPendingSeconds: oldest
        )
    }

    /// Brings the gauges up to date that only somebody who asks needs.
    func recordAge() async {
        age.record((try? await outbox.oldestPendingAge()) ?? 0)
        _ = await report()
    }
}
