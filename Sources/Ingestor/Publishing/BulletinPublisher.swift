internal import BulletinEvents
internal import BulletinParser
public import Kafka

/// Parses inputs on all cores and publishes them in the order of the inputs.
///
/// The order counts: of two versions of one bulletin the later one must stay the later one in the log.
public struct BulletinPublisher: Sendable {
    private let producer: KafkaProducer
    private let topic: String
    private let source: String
    private let budget: (any InFlightBudget)?
    private let reader: DocumentReader
    private let parallelism: Int?
    private let published: PublishedEvents?

    /// A publisher to `topic`.
    ///
    /// - Parameters:
    ///   - source: the CloudEvents `source` of the events, a URI reference.
    ///   - budget: bounds what is on its way; nil where the broker keeps everything.
    ///   - reader: parses the documents.
    ///   - parallelism: how many documents are parsed at once; the number of processors if nil.
    public init(
        producer: KafkaProducer,
        topic: String,
        source: String = "urn:bulletins:ingestor",
        budget: (any InFlightBudget)? = nil,
        reader: DocumentReader = DocumentReader(),
        parallelism: Int? = nil
    ) {
        self.init(
            producer: producer,
            topic: topic,
            source: source,
            budget: budget,
            reader: reader,
            parallelism: parallelism,
            published: nil
        )
    }

    /// A publisher that passes over what stands in the topic already.
    init(
        producer: KafkaProducer,
        topic: String,
        source: String = "urn:bulletins:ingestor",
        budget: (any InFlightBudget)? = nil,
        reader: DocumentReader,
        parallelism: Int? = nil,
        published: PublishedEvents?
    ) {
        self.published = published
        self.producer = producer
        self.topic = topic
        self.source = source
        self.budget = budget
        self.reader = reader
        self.parallelism = parallelism
    }

    /// Publishes all inputs and waits for every delivery report.
    ///
    /// - Parameter progress: called as inputs are taken and records delivered, from any thread.
    /// - Returns: what was delivered and what failed; a failed input never stops the others.
    /// - Throws: `CancellationError` if the task is cancelled between two inputs.
    public func publish(
        _ inputs: [Result<InputFile, IntakeFailure>],
        progress: @escaping @Sendable (PublishReport) -> Void = { _ in }
    ) async throws -> PublishReport {
        let tracker = DeliveryTracker(PublishReport())
        do {
            try await ParallelIntake(parallelism: parallelism).forEach(of: inputs, prepare: prepare) { document in
                tracker.documentTaken()
                try await send(document, tracker, progress)
            } onEndOfInput: {
                tracker.inputTaken()
                progress(tracker.report)
            }
        } catch {
            await tracker.allSettled()
            throw error
        }
        await tracker.allSettled()
        return tracker.report
    }

    // MARK: - One document

    private struct Prepared: Sendable {
        let name: String
        let record: EventRecord
    }

    private func prepare(_ document: InputDocument) -> Result<Prepared, IntakeFailure> {
        // Exported events are published as they are: parsed again, they would be the work of another parser.
        if case .event(let line) = document.content {
            do throws(EventError) {
                return .success(Prepared(name: document.name, record: try line.record()))
            } catch {
                return .failure(IntakeFailure(error, of: document.name))
            }
        }
        return reader.parse(document).map { document in
            let metadata = EventMetadata.publication(of: document.bulletin, source: source)
            return Prepared(
                name: document.name,
                record: EventEncoder().encode(document.bulletin, metadata: metadata)
            )
        }
    }

    private func send(
        _ prepared: Result<Prepared, IntakeFailure>,
        _ tracker: DeliveryTracker,
        _ progress: @escaping @Sendable (PublishReport) -> Void
    ) async throws {
        let document: Prepared
        switch prepared {
        case .success(let success): document = success
        case .failure(let failure):
            tracker.failed(failure)
            return
        }
        if let published, let id = document.record.headers.first(where: { $0.name == "ce_id" })?.value?.bytes,
            published.take(id)
        {
            tracker.passedOver()
            return
        }
        let bytes = document.record.value?.count ?? 0
        await budget?.acquire(bytes: bytes)
        let record = ProducerRecord(
            topic: topic,
            key: document.record.key,
            value: document.record.value,
            headers: document.record.headers.map { KafkaHeader($0.name, $0.value?.bytes) }
        )
        tracker.accepted()
        do {
            try await producer.enqueue(record) { result in
                switch result {
                case .success(let metadata):
                    budget?.delivered(bytes: bytes, to: metadata)
                    tracker.settled(.success(bytes))
                case .failure(let error):
                    budget?.failed(bytes: bytes)
                    tracker.settled(.failure(Self.failure(document.name, error)))
                }
                progress(tracker.report)
            }
        } catch {
            budget?.failed(bytes: bytes)
            tracker.settled(.failure(Self.failure(document.name, error)))
            if error is CancellationError { throw error }
        }
    }

    private static func failure(_ name: String, _ error: any Error) -> IntakeFailure {
        let isTooLarge = (error as? KafkaError)?.category == .messageTooLarge
        return IntakeFailure(kind: isTooLarge ? .invalid : .undelivered, name: name, message: "\(error)")
    }
}
