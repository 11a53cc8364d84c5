internal import Foundation
internal import Kafka
internal import Metrics
internal import Operations
internal import Synchronization

/// Says whether the service can do its work, and what is amiss.
final class ServiceHealth: ProbeSource {
    private let outbox: Outbox
    private let relay: Relay
    private let pool: ParsePool
    private let brokerAge: Duration
    private let backlogRecords: Int
    private let oldestAge = Gauge(label: "bulletins_ingestor_outbox_oldest_age_seconds")
    private let ready = Gauge(label: "bulletins_ingestor_ready")
    private let isClosing = Mutex(false)

    /// - Parameters:
    ///   - brokerAge: how long ago a broker may last have been heard.
    ///   - backlogRecords: how many events may wait while no broker is heard.
    init(outbox: Outbox, relay: Relay, pool: ParsePool, brokerAge: Duration, backlogRecords: Int) {
        self.outbox = outbox
        self.relay = relay
        self.pool = pool
        self.brokerAge = brokerAge
        self.backlogRecords = backlogRecords
    }

    /// The service is ending: not ready any more.
    func close() { isClosing.withLock { $0 = true } }

    /// Ready: documents are parsed, the outbox takes entries, and a broker was heard lately or the backlog is within its
    /// bound.
    func readiness() async -> ReadinessReport {
        let status = outbox.status
        let (kafkaIsFine, kafkaDetail) = kafka()
        let backlogIsFine = status.pendingRecords <= backlogRecords
        let parsingIsFine = !pool.isExhausted
        let isFine = parsingIsFine && status.failure == nil && (kafkaIsFine || backlogIsFine)
        ready.record(isFine ? 1 : 0)
        return ReadinessReport(
            isClosing.withLock { $0 } ? .closing : isFine ? .ready : .notReady,
            checks: [
                .init("outbox", ok: status.failure == nil, status.failure.map { $0.code.rawValue } ?? "writable"),
                .init("kafka", ok: kafkaIsFine, kafkaDetail),
                .init("backlog", ok: backlogIsFine, "\(status.pendingRecords) of \(backlogRecords) events wait"),
                .init(
                    "parsing",
                    ok: parsingIsFine,
                    parsingIsFine ? "documents are parsed" : "all threads hang: restart it"
                ),
            ]
        )
    }

    private func kafka() -> (isFine: Bool, detail: String) {
        let health = relay.health
        guard let heard = health?.lastHeardFromBroker.map({ max(0, Date.now.timeIntervalSince($0)) }) else {
            return (false, "no broker has been heard yet: \(relay.lastError ?? "connecting")")
        }
        if health?.isBrokerReachable == true, heard <= Double(brokerAge.components.seconds) {
            return (true, "a broker was heard \(Int(heard)) s ago")
        }
        return (false, "no broker for \(Int(heard)) s: \(relay.lastError ?? "it does not answer")")
    }

    /// Brings the gauges up to date that only somebody who asks needs.
    func refreshMetrics() async {
        oldestAge.record((try? await outbox.oldestPendingAge()) ?? 0)
        _ = await readiness()
    }
}
