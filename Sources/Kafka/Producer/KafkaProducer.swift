import CRdKafka
public import Logging

/// Publishes records, idempotently: retries neither duplicate nor reorder.
///
/// Defaults, all of which the configuration can override: `enable.idempotence=true`, `acks=all`, `linger.ms=5`,
/// `compression.codec=zstd` (lz4 where librdkafka lacks zstd), `partitioner=murmur2_random` (a key lands on the same
/// partition as from Java clients), at most 64 MB or 100,000 records queued (`queue.buffering.max.*`), records of at most
/// 8 MiB (`message.max.bytes`, see ``maximumRecordBytes``), `statistics.interval.ms=2000`.
///
/// Records of one partition are stored in the order in which they were accepted. A record that fails (after
/// `message.timeout.ms`) is skipped, not waited for: whoever sends it again puts it behind later ones.
public final class KafkaProducer: Sendable {
    /// The largest record that is sent unless configured otherwise. A text of 2 MiB stands in its event twice, raw and
    /// cleaned, and JSON escapes some of it; the topics that this project makes take as much (`max.message.bytes`),
    /// while Kafka's default is 1 MiB.
    public static let maximumRecordBytes = 8 * 1024 * 1024

    private let core: ProducerCore
    private let thread: DedicatedThread

    /// Makes a producer; connecting goes on in the background.
    ///
    /// - Throws: ``KafkaError`` of category `configuration` that names the setting.
    public init(configuration: KafkaConfiguration, logger: Logger) throws(KafkaError) {
        try configuration.validate()
        let hasZstd = ConfigurationHandle.builtinFeatures().contains("zstd")
        let configuration = configuration.withDefaults([
            ("client.id", "bulletins-producer"),
            ("enable.idempotence", "true"),
            ("acks", "all"),
            // Under load batches fill while others are on their way; all that a longer wait adds then is latency.
            ("linger.ms", "5"),
            ("compression.codec", hasZstd ? "zstd" : "lz4"),
            ("partitioner", "murmur2_random"),
            ("queue.buffering.max.kbytes", "65536"),
            ("message.max.bytes", String(Self.maximumRecordBytes)),
            ("statistics.interval.ms", "2000"),
        ])
        let context = ClientContext(
            role: .producer,
            logger: logger,
            bootstrapServers: configuration.bootstrapServers ?? ""
        )
        let handle = try ClientHandle(
            RD_KAFKA_PRODUCER,
            configuration: configuration,
            events: RD_KAFKA_EVENT_DR | RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_STATS,
            context: context
        )
        let core = try ProducerCore(handle: handle)
        self.core = core
        thread = DedicatedThread(name: "kafka-producer") { core.run() }
    }

    deinit {
        // Ends the thread; records not yet delivered come back as failures. To deliver them, call `close`.
        core.close(purgingAt: .now)
    }

    /// Publishes one record and returns when the broker has acknowledged it.
    ///
    /// - Throws: ``KafkaError``; `CancellationError` only if the task was cancelled before the record was accepted. An
    ///   accepted record is waited for whatever happens.
    public func send(_ record: ProducerRecord) async throws -> RecordMetadata {
        let report = DeliveryReport()
        try await enqueue(record) { report.fulfil($0) }
        return try await report.outcome().get()
    }

    /// Hands one record over and returns when it is in the local queue; waits, without blocking a thread, while the
    /// queue is full. That wait is the back-pressure: memory is bounded by `queue.buffering.max.*`.
    ///
    /// - Parameter onDelivery: called exactly once if this returns without error, never otherwise; on the producer's
    ///   thread, so it must be quick and must not block.
    /// - Throws: ``KafkaError`` if the record can't be accepted (too large, unknown partition, producer closed);
    ///   `CancellationError` if the task is cancelled while it waits.
    public func enqueue(
        _ record: ProducerRecord,
        onDelivery: @escaping @Sendable (Result<RecordMetadata, KafkaError>) -> Void
    ) async throws {
        while true {
            switch core.produce(record, delivery: onDelivery) {
            case .accepted: return
            case .full(let generation): try await core.waitForSpace(since: generation)
            case .refused(let error): throw error
            }
        }
    }

    /// Returns when the outcome of every record accepted before the call is known (delivered or failed).
    ///
    /// - Throws: ``KafkaError`` (`timedOut`) if that takes longer than `timeout`; the records stay queued.
    public func flush(timeout: Duration) async throws(KafkaError) {
        guard await core.flush(until: .now + timeout) else {
            throw KafkaError(
                .timedOut,
                operation: "flush producer",
                reason: "\(core.outstanding) records are not acknowledged after \(timeout)",
                nextStep: core.context.unavailableHint
            )
        }
    }

    /// Takes no more records, delivers what is queued for at most `timeout`, then gives the rest up: their
    /// `onDelivery` gets a failure of category `closed`. Returns when every record has its report.
    public func close(timeout: Duration = .seconds(10)) async {
        core.close(purgingAt: .now + timeout)
        await thread.join()
    }

    /// What is known about the brokers.
    public var health: KafkaHealth { core.context.health }

    /// Records accepted whose outcome isn't known yet.
    public var outstandingRecords: Int { core.outstanding }
}
