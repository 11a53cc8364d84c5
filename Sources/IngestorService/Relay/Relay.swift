internal import Foundation
internal import Ingestor
public import Kafka
public import Logging
public import ServiceLifecycle
internal import Synchronization

/// Carries what the outbox holds to Kafka: in order per bulletin, with an idempotent producer, for as long as it takes.
public final class Relay: Service {
    private let outbox: Outbox
    private let configuration: RelayConfiguration
    private let logger: Logger
    private let signal = Signal()
    private let metrics = RelayMetrics()
    private let state = Mutex(State())

    private struct State {
        var window = RelayWindow()
        /// Released by a settlement, to be sent.
        var ready = Fifo<PendingEntry>()
        var producer: KafkaProducer?
        var needsProducer = false
        /// When it must have ended, once it was told to.
        var drainUntil: ContinuousClock.Instant?
        var lastError: String?
    }

    /// A relay between `outbox` and the topic that `configuration` names; nothing is opened before ``run()``.
    public init(outbox: Outbox, configuration: RelayConfiguration, logger: Logger) {
        self.outbox = outbox
        self.configuration = configuration
        self.logger = logger
    }

    /// What is known about the brokers; nil before the first producer is made.
    public var health: KafkaHealth? { state.withLock { $0.producer?.health } }

    private var isBrokerReachable: Bool { health?.isBrokerReachable == true }

    /// The last failed delivery, in words, until one succeeds.
    public var lastError: String? { state.withLock { $0.lastError } }

    /// Publishes until it is told to end; then goes on for at most the drain time while a broker answers. What is left
    /// stays in the outbox. Throws only for a configuration that librdkafka refuses.
    public func run() async throws {
        outbox.observe { [signal] in
            signal.raise()
        } onNoted: { [weak self] settlements in
            self?.noted(settlements)
        }
        try await withGracefulShutdownHandler {
            try replaceProducer()
            await makeTopics()
            try await publish()
            await close()
        } onGracefulShutdown: { [self] in
            state.withLock { $0.drainUntil = .now + configuration.drainTime }
            signal.raise()
        }
    }

    // MARK: Sending

    private func publish() async throws {
        var cursor: Int64 = 0
        while !Task.isCancelled {
            if state.withLock({ $0.needsProducer }) { try replaceProducer() }
            for entry in takeReady() { await send(entry) }
            if mustEnd { return }
            guard !state.withLock({ $0.window.isFull }) else {
                await signal.wait(timeout: waitTime)
                continue
            }
            let entries: [PendingEntry]
            do {
                entries = try await outbox.pending(after: cursor, limit: 500, bytes: 8 << 20)
            } catch {
                logger.error("the outbox cannot be read; trying again: \(error)")
                await signal.wait(timeout: .seconds(1))
                continue
            }
            guard let last = entries.last else {
                if isDrained { return }
                await signal.wait(timeout: waitTime)
                continue
            }
            for entry in entries where state.withLock({ $0.window.admit(entry) }) { await send(entry) }
            cursor = last.sequence
        }
    }

    private func send(_ entry: PendingEntry) async {
        guard let producer = state.withLock({ $0.producer }) else { return retry(entry) }
        let record = ProducerRecord(
            topic: configuration.topic,
            key: Array(entry.bulletinID.utf8),
            value: entry.value,
            headers: entry.headers.map { KafkaHeader($0.name, $0.value?.bytes) }
        )
        do {
            try await producer.enqueue(record) { [weak self] in self?.delivered(entry, $0) }
        } catch let error as KafkaError {
            delivered(entry, .failure(error))
        } catch {
            // Cancelled while the queue was full.
            retry(entry)
        }
    }

    private func takeReady() -> [PendingEntry] {
        state.withLock { state in
            var entries = state.window.due(at: .now)
            while let entry = state.ready.removeFirst() { entries.append(entry) }
            return entries
        }
    }

    private var waitTime: Duration {
        let due = state.withLock { [$0.window.nextDue, $0.drainUntil].compactMap(\.self).min() }
        return due.map { min(max(ContinuousClock.now.duration(to: $0), .milliseconds(1)), .seconds(1)) } ?? .seconds(1)
    }

    // MARK: Outcomes, on the producer's and the outbox's threads

    private func delivered(_ entry: PendingEntry, _ result: Result<RecordMetadata, KafkaError>) {
        let size = OutboxEntry.size(ofValue: entry.value.count, bulletinID: entry.bulletinID)
        switch result {
        case .success(let metadata):
            guard
                state.withLock({
                    $0.lastError = nil
                    return $0.window.settling(entry)
                })
            else { return }
            metrics.delivered(after: Double(max(0, OutboxWriter.now() - entry.acceptedAt)) / 1_000)
            let outcome = Settlement.Outcome.delivered(
                partition: metadata.topicPartition.partition,
                offset: metadata.offset
            )
            outbox.settle(
                Settlement(sequence: entry.sequence, bulletinID: entry.bulletinID, size: size, outcome: outcome)
            )
        case .failure(let error):
            metrics.failed(error.code.name)
            if error.category == .messageTooLarge {
                guard state.withLock({ $0.window.settling(entry) }) else { return }
                logger.error(
                    "Kafka refuses an event for good",
                    metadata: ["id": "\(entry.bulletinID)", "why": "\(error)"]
                )
                let outcome = Settlement.Outcome.refused(reason: "\(error)")
                outbox.settle(
                    Settlement(sequence: entry.sequence, bulletinID: entry.bulletinID, size: size, outcome: outcome)
                )
                return
            }
            let isNew = state.withLock { state in
                if error.isFatal { state.needsProducer = true }
                defer { state.lastError = "\(error)" }
                return state.lastError == nil
            }
            if isNew, error.category != .closed { logger.warning("delivery failed, trying again: \(error)") }
            retry(entry)
        }
    }

    private func retry(_ entry: PendingEntry) {
        state.withLock { $0.window.failed(entry, now: .now) }
        signal.raise()
    }

    private func noted(_ settlements: [Settlement]) {
        state.withLock { state in
            for settlement in settlements {
                let next = state.window.noted(bulletinID: settlement.bulletinID, sequence: settlement.sequence)
                if let next { state.ready.append(next) }
            }
        }
        signal.raise()
    }

    // MARK: Beginning and ending

    private func replaceProducer() throws {
        let old = state.withLock { state -> KafkaProducer? in
            state.needsProducer = false
            defer { state.producer = nil }
            return state.producer
        }
        if let old {
            logger.warning("the Kafka producer is replaced")
            // Its records come back as failures and are sent again by the new one.
            Task { await old.close(timeout: .zero) }
        }
        let producer = try KafkaProducer(configuration: configuration.producer, logger: logger)
        state.withLock { $0.producer = producer }
    }

    /// Makes the topics before the first event: a broker that makes them by itself would choose its own partitions.
    private func makeTopics() async {
        var delay = Duration.milliseconds(250)
        while !Task.isCancelled, !mustEnd {
            do {
                let (name, copies) = (configuration.topic, configuration.replicationFactor)
                try await Topics.create(
                    [.bulletins(name, partitions: configuration.partitions, replicationFactor: copies)],
                    rejected: .bulletins(configuration.rejectedTopic, partitions: 1, replicationFactor: copies),
                    kafka: configuration.kafka,
                    timeout: .seconds(5),
                    logger: logger
                )
                return
            } catch {
                state.withLock { $0.lastError = "\(error)" }
                logger.warning("Kafka is not ready, trying again; what comes in is kept: \(error)")
                await signal.wait(timeout: delay)
                delay = min(delay * 2, .seconds(5))
            }
        }
    }

    /// Whether the time for draining is over, or nobody is there to drain to.
    private var mustEnd: Bool {
        guard let until = state.withLock({ $0.drainUntil }) else { return false }
        return until <= .now || !isBrokerReachable
    }

    private var isDrained: Bool { state.withLock { $0.drainUntil != nil && $0.window.isEmpty } }

    private func close() async {
        let (producer, until) = state.withLock { ($0.producer, $0.drainUntil ?? .now) }
        let isReachable = isBrokerReachable
        await producer?.close(timeout: isReachable ? max(ContinuousClock.now.duration(to: until), .seconds(1)) : .zero)
        let left = outbox.status.pendingRecords
        if left > 0 { logger.notice("events stay in the outbox until the next start", metadata: ["count": "\(left)"]) }
    }
}
