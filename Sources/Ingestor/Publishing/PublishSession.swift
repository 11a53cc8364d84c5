internal import Foundation
public import Kafka
public import Logging

/// One run of publishing against a broker: checks that it is there, makes the topic, publishes, closes.
public struct PublishSession: Sendable {
    private let kafka: KafkaConfiguration
    private let topic: String
    private let rejectedTopic: String
    private let partitions: Int
    private let isPartitionCountGiven: Bool
    private let replicationFactor: Int
    private let reader: DocumentReader
    private let checkpoint: String?
    private let logger: Logger

    /// A session; nothing is opened before ``publish(_:progress:)``. `partitions` and `replicationFactor` count only
    /// if the topic has to be made; with `isPartitionCountGiven` it is told where it has another number. `checkpoint` is a file by which an interrupted session is taken up again; it is
    /// removed once all inputs have been published.
    public init(
        kafka: KafkaConfiguration,
        topic: String,
        rejectedTopic: String,
        partitions: Int,
        isPartitionCountGiven: Bool = false,
        replicationFactor: Int,
        reader: DocumentReader = DocumentReader(),
        checkpoint: String? = nil,
        logger: Logger
    ) {
        self.kafka = kafka
        self.topic = topic
        self.rejectedTopic = rejectedTopic
        self.partitions = partitions
        self.isPartitionCountGiven = isPartitionCountGiven
        self.replicationFactor = replicationFactor
        self.reader = reader
        self.checkpoint = checkpoint
        self.logger = logger
    }

    /// Publishes all inputs and waits for every delivery report.
    ///
    /// - Throws: `KafkaError` where the broker cannot be reached or the topic cannot be made, ``PublishCheckpointError``
    ///   where the checkpoint does not fit; nothing was sent then.
    public func publish(
        _ inputs: [Result<InputFile, IntakeFailure>],
        progress: @escaping @Sendable (PublishReport) -> Void = { _ in }
    ) async throws -> PublishReport {
        // Without a single input that exists there is nothing to ask a broker for.
        guard inputs.contains(where: { (try? $0.get()) != nil }) else {
            return try await publishNothing(inputs)
        }
        try await Topics.create(
            [.bulletins(topic, partitions: partitions, replicationFactor: replicationFactor)],
            rejected: .bulletins(rejectedTopic, partitions: 1, replicationFactor: replicationFactor),
            kafka: kafka,
            asked: isPartitionCountGiven ? topic : nil,
            logger: logger
        )
        let published = try await openCheckpoint()
        let producer = try KafkaProducer(configuration: producerConfiguration, logger: logger)
        do {
            let publisher = BulletinPublisher(producer: producer, topic: topic, reader: reader, published: published)
            let report = try await publisher.publish(inputs, progress: progress)
            await producer.close()
            // What Kafka did not take is tried again by the next run; what cannot be parsed never will be.
            if let checkpoint, !report.failures.kinds.contains(.undelivered) {
                try? FileManager.default.removeItem(atPath: checkpoint)
            }
            return report
        } catch {
            await producer.close()
            throw error
        }
    }

    private func openCheckpoint() async throws -> PublishedEvents? {
        guard let checkpoint else { return nil }
        let (topic, kafka, logger) = (topic, kafka, logger)
        return try await DedicatedThread.run(name: "checkpoint") {
            try PublishCheckpoint.open(checkpoint, topic: topic, kafka: kafka, logger: logger).published
        }
    }

    private func publishNothing(_ inputs: [Result<InputFile, IntakeFailure>]) async throws -> PublishReport {
        var report = PublishReport()
        report.inputs = inputs.count
        report.documents = inputs.count
        for case .failure(let failure) in inputs { report.failures.append(failure) }
        return report
    }

    private var producerConfiguration: KafkaConfiguration {
        var kafka = kafka
        kafka["client.id"] = kafka["client.id"] ?? "bulletin-ingestor"
        // A person waits for a one-off load: a minute without the broker is a failure to be told, not to be sat out.
        kafka["message.timeout.ms"] = kafka["message.timeout.ms"] ?? "60000"
        return kafka
    }
}
