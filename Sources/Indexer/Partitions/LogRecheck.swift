internal import Foundation
internal import Kafka
internal import Logging
internal import ReadModel

/// Looks up single records of the log, beside the queues that the workers read: whether the log is still the one that
/// filled a file.
///
/// A topic can be deleted and made again while an indexer reads it. Brokers tell the two apart by the topic's id, which
/// librdkafka does not know before 2.3: it goes on fetching at its offset from whatever log is there, and says nothing.
///
/// `@unchecked Sendable`: `consumer` and `isClosed` are used between ``enter(before:)`` and ``leave()`` alone, by one thread at
/// a time.
final class LogRecheck: @unchecked Sendable {
    /// What the log has at an offset.
    enum Finding: Equatable {
        /// The first record at or behind it.
        case record(LogMark)
        /// The log ends there.
        case end
        /// The log does not reach to it.
        case outOfRange
    }

    /// A second client: seeking in a worker's own queue waits for the fetch that is under way, which delays every bulletin
    /// that comes alone by up to half a second.
    private var consumer: KafkaConsumer?
    private var isClosed = false
    private let condition = MonotonicCondition()
    private var isTaken = false
    private let kafka: KafkaConfiguration
    private let logger: Logger

    /// Nothing is opened before the first question.
    init(kafka: KafkaConfiguration, logger: Logger) {
        var kafka = kafka
        for (property, value) in [
            ("enable.partition.eof", "true"), ("auto.offset.reset", "error"), ("statistics.interval.ms", "0"),
            // One record is wanted: the next question shall not wait for this one's fetches, nor for a pause after them.
            ("fetch.message.max.bytes", "16384"), ("fetch.wait.max.ms", "1"), ("fetch.error.backoff.ms", "10"),
            ("queued.max.messages.kbytes", "1024"),
        ] { kafka[property] = value }
        self.kafka = kafka
        // What is wrong with the brokers the indexer's own consumer tells.
        var logger = logger
        logger.logLevel = .critical
        self.logger = logger
    }

    /// What the log has at `offset`; nil if nobody answers within `timeout`, or another worker's question takes as long.
    ///
    /// Blocks. Throws `KafkaError` where asking again is of no use.
    func look(at offset: Int64, of partition: TopicPartition, timeout: Duration) throws -> Finding? {
        let deadline = ContinuousClock.now + timeout
        guard enter(before: deadline) else { return nil }
        defer { leave() }
        // A look beside a worker may begin when that has ended.
        guard !isClosed else { return nil }
        let consumer = try self.consumer ?? KafkaConsumer(configuration: kafka, logger: logger)
        self.consumer = consumer
        var isAnswered = false
        // A client that gave no answer may not give one to the next question either: it has been seen to fetch nothing for
        // minutes.
        defer {
            if isAnswered { _ = try? consumer.assignManually([:]) } else { drop() }
        }
        guard let queue = try consumer.assignManually([partition: offset])[partition] else { return nil }
        repeat {
            let read = try queue.read(maxRecords: 1, timeout: max(.zero, deadline - .now))
            isAnswered = !read.isEmpty || read.interruption != nil
            if let record = read.first { return .record(LogMark(record)) }
            switch read.interruption {
            case nil: break
            case .endOfPartition: return .end
            case .givenUp: return nil
            case .failure(let error):
                if error.category == .offsetOutOfRange { return .outOfRange }
                guard error.isRetriable || error.category == .unknownTopicOrPartition else { throw error }
                return nil
            }
        } while .now < deadline
        return nil
    }

    /// Ends the client; blocks for a moment.
    func close() {
        _ = enter(before: nil)
        defer { leave() }
        isClosed = true
        drop()
    }

    /// Blocks until no other thread asks, or `deadline` has come: false.
    private func enter(before deadline: ContinuousClock.Instant?) -> Bool {
        condition.withLock {
            while isTaken {
                guard let deadline else {
                    condition.wait()
                    continue
                }
                guard condition.wait(until: deadline) else { return false }
            }
            isTaken = true
            return true
        }
    }

    private func leave() {
        condition.withLock {
            isTaken = false
            condition.signal()
        }
    }

    private func drop() {
        try? consumer?.close(timeout: .seconds(1))
        consumer = nil
    }
}

/// When a worker looks again whether its log is the one that filled its file.
///
/// While records come without a pause the log cannot have been made anew in between: that takes longer, and a consumer
/// that is told so by the broker waits for half a second (`fetch.error.backoff.ms`). So it is due after each pause of a
/// quarter of a second, which is how long a worker reads in vain, also one in which the process stood still, and now and
/// then, since a queue that is full hides a pause.
struct RecheckSchedule: Equatable {
    static let interval = Duration.seconds(1)

    private var checked: ContinuousClock.Instant
    private var hasPaused = false

    /// The log has just been found to be the file's.
    init(checkedAt now: ContinuousClock.Instant) { checked = now }

    /// Reading waited, and nothing came.
    mutating func pause() { hasPaused = true }

    /// Whether to look before the next records are applied.
    func isDue(at now: ContinuousClock.Instant) -> Bool { hasPaused || now - checked >= Self.interval }
}
