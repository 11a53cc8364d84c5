internal import BulletinEvents
internal import BulletinParser
internal import Foundation
public import Kafka

/// Parses inputs on all cores and publishes them in the order of the inputs.
///
/// The order counts: of two versions of one bulletin the later one must stay the later one in the log.
public struct BulletinPublisher: Sendable {
    private let producer: KafkaProducer
    private let topic: String
    private let source: String
    private let budget: (any InFlightBudget)?
    private let parallelism: Int

    /// A publisher to `topic`.
    ///
    /// - Parameters:
    ///   - source: the CloudEvents `source` of the events, a URI reference.
    ///   - budget: bounds what is on its way; nil where the broker keeps everything.
    ///   - parallelism: how many documents are parsed at once; the number of processors if nil.
    public init(
        producer: KafkaProducer,
        topic: String,
        source: String = "urn:bulletins:ingestor",
        budget: (any InFlightBudget)? = nil,
        parallelism: Int? = nil
    ) {
        self.producer = producer
        self.topic = topic
        self.source = source
        self.budget = budget
        self.parallelism = parallelism ?? ProcessInfo.processInfo.activeProcessorCount
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
            try await withThrowingTaskGroup(of: (Int, [Result<Prepared, IntakeFailure>]).self) { group in
                // A few inputs more than processors are in work, so that none waits for a large one to be sent.
                let window = parallelism * 4
                var next = 0
                var nextToSend = 0
                var ready: [Int: [Result<Prepared, IntakeFailure>]] = [:]
                func launch() {
                    while next < inputs.count, next - nextToSend < window {
                        let (index, input) = (next, inputs[next])
                        group.addTask { (index, prepare(input)) }
                        next += 1
                    }
                }
                launch()
                while let (index, prepared) = try await group.next() {
                    ready[index] = prepared
                    while let prepared = ready.removeValue(forKey: nextToSend) {
                        try Task.checkCancellation()
                        for document in prepared { try await send(document, tracker, progress) }
                        tracker.inputTaken()
                        progress(tracker.report)
                        nextToSend += 1
                    }
                    launch()
                }
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

    private func prepare(_ input: Result<InputFile, IntakeFailure>) -> [Result<Prepared, IntakeFailure>] {
        let encoder = EventEncoder()
        return DocumentReader.bulletins(in: input).map { result in
            result.flatMap { document in
                do {
                    let metadata = EventMetadata.publication(of: document.bulletin, source: source)
                    let record = try encoder.encode(document.bulletin, metadata: metadata)
                    return .success(Prepared(name: document.name, record: record))
                } catch {
                    return .failure(.init(kind: .invalid, name: document.name, message: "cannot be written as JSON"))
                }
            }
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
