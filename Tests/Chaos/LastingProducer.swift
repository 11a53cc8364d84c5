import Kafka
import Synchronization

/// Publishes through a producer that is replaced when it fails for good, as an idempotent one does when a broker that
/// comes back no longer knows its sequence numbers.
///
/// What the old one has not had acknowledged the new one publishes again, in the same order and before anything newer. Some
/// of it may then stand in the log twice. To the checker that makes no difference: what a file has to hold it reads in the
/// log, not here.
actor LastingProducer {
    private struct State {
        /// How many producers have failed for good: the one that is numbered so, and all before it.
        var failed = 0
        /// What they took on and had not acknowledged, each by the place that it had among all.
        var unacknowledged: [(place: Int, record: ProducerRecord)] = []
    }

    private let make: @Sendable () throws -> KafkaProducer
    private let onOutcome: @Sendable (Result<RecordMetadata, KafkaError>) -> Void
    private let state = Mutex(State())
    private var producer: KafkaProducer
    private var number = 1
    private var sent = 0
    private var replacement: Task<Void, any Error>?

    /// - Parameters:
    ///   - make: makes a producer.
    ///   - onOutcome: told once about each record, on a producer's thread.
    init(
        make: @escaping @Sendable () throws -> KafkaProducer,
        onOutcome: @escaping @Sendable (Result<RecordMetadata, KafkaError>) -> Void
    ) throws {
        self.make = make
        self.onOutcome = onOutcome
        producer = try make()
    }

    /// How often a producer had to be replaced.
    var replacements: Int { number - 1 }

    /// Hands one record over.
    func send(_ record: ProducerRecord) async throws {
        while true {
            try await replaceIfNeeded()
            sent += 1
            let asked = number
            do {
                return try await enqueue(record, place: sent)
            } catch let error as KafkaError where error.isFatal {
                fail(asked)
            } catch let error as KafkaError where error.category == .closed && (asked != number || replacement != nil) {
                // It was replaced while its queue was full.
            }
        }
    }

    /// Returns when the outcome of every record is known.
    func finish(timeout: Duration) async throws {
        repeat {
            try await replaceIfNeeded()
            try await producer.flush(timeout: timeout)
        } while hasFailed
        await producer.close()
    }

    private var hasFailed: Bool { state.withLock { $0.failed } == number }

    private func fail(_ number: Int) { state.withLock { $0.failed = max($0.failed, number) } }

    private func enqueue(_ record: ProducerRecord, place: Int) async throws {
        try await producer.enqueue(record) { [self, number] result in
            guard case .failure(let error) = result, error.isFatal else { return onOutcome(result) }
            state.withLock { state in
                state.failed = max(state.failed, number)
                state.unacknowledged.append((place, record))
            }
        }
    }

    /// One at a time; who comes meanwhile waits, so that nothing newer goes before what is published again.
    private func replaceIfNeeded() async throws {
        while true {
            if let replacement {
                try await replacement.value
            } else if hasFailed {
                let task = Task {
                    defer { replacement = nil }
                    try await replace()
                }
                replacement = task
            } else {
                return
            }
        }
    }

    private func replace() async throws {
        // Closed, it has reported every record.
        await producer.close(timeout: .zero)
        producer = try make()
        number += 1
        let records = state.withLock { state in
            defer { state.unacknowledged = [] }
            return state.unacknowledged.sorted { $0.place < $1.place }
        }
        for (place, record) in records { try await enqueue(record, place: place) }
    }
}
