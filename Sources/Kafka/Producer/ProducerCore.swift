import CRdKafka
import Foundation
import Synchronization

/// What the producer and its thread share. The thread holds this and not the producer, so that dropping the producer
/// ends the thread.
final class ProducerCore: Sendable {
    typealias Delivery = @Sendable (Result<RecordMetadata, KafkaError>) -> Void
    typealias State = ProducerState<CheckedContinuation<Void, any Error>, CheckedContinuation<Bool, Never>>

    enum Attempt {
        case accepted
        case full(generation: UInt64)
        case refused(KafkaError)
    }

    /// Travels through librdkafka as the record's opaque pointer.
    private final class Ticket: Sendable {
        let epoch: Int
        let delivery: Delivery

        init(epoch: Int, delivery: @escaping Delivery) {
            self.epoch = epoch
            self.delivery = delivery
        }
    }

    let context: ClientContext
    private let handle: ClientHandle
    private let queue: QueueHandle
    private let state = Mutex(State())
    private let nextWaiter = Atomic<UInt64>(0)
    /// When the thread must give up delivering what is left; set by closing.
    private let purgeDeadline = Mutex<ContinuousClock.Instant?>(nil)

    init(handle: ClientHandle) throws(KafkaError) {
        self.handle = handle
        context = handle.context
        guard let main = rd_kafka_queue_get_main(handle.pointer) else {
            throw KafkaError(.wrongState, operation: "create Kafka producer", reason: "librdkafka has no main queue")
        }
        queue = QueueHandle(main, client: handle)
    }

    var outstanding: Int { state.withLock { $0.outstanding } }

    // MARK: Records in

    func produce(_ record: ProducerRecord, delivery: @escaping Delivery) -> Attempt {
        guard let (epoch, generation) = state.withLock({ $0.begin() }) else {
            return .refused(closedError(record.topic))
        }
        // +1; taken back when the delivery report comes, or below if the record is refused.
        let ticket = Unmanaged.passRetained(Ticket(epoch: epoch, delivery: delivery))
        let code = produce(record, opaque: ticket.toOpaque())
        let accepted = code == RD_KAFKA_RESP_ERR_NO_ERROR
        if !accepted { ticket.release() }
        resume(state.withLock { $0.end(epoch: epoch, accepted: accepted) }, flushed: true)
        switch code {
        case RD_KAFKA_RESP_ERR_NO_ERROR: return .accepted
        case RD_KAFKA_RESP_ERR__QUEUE_FULL: return .full(generation: generation)
        default: return .refused(context.error(code, operation: "produce to \(record.topic)"))
        }
    }

    private func produce(_ record: ProducerRecord, opaque: UnsafeMutableRawPointer) -> rd_kafka_resp_err_t {
        var headers: OpaquePointer?
        if !record.headers.isEmpty {
            headers = rd_kafka_headers_new(record.headers.count)
            for header in record.headers {
                let code = withBytes(header.value) { value, size in
                    rd_kafka_header_add(headers, header.name, -1, value, size)
                }
                guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
                    rd_kafka_headers_destroy(headers)
                    return code
                }
            }
        }
        let code = withBytes(record.key) { key, keySize in
            withBytes(record.value) { value, valueSize in
                bulletins_kafka_produce(
                    handle.pointer,
                    record.topic,
                    record.partition ?? -1,  // RD_KAFKA_PARTITION_UA: the partitioner decides
                    key,
                    keySize,
                    value,
                    valueSize,
                    headers,
                    opaque
                )
            }
        }
        // On success librdkafka has taken the headers over.
        if code != RD_KAFKA_RESP_ERR_NO_ERROR, let headers { rd_kafka_headers_destroy(headers) }
        return code
    }

    /// Lends the bytes as C wants them: nil is NULL, empty is a pointer that isn't.
    private func withBytes<Result>(_ bytes: [UInt8]?, _ body: (UnsafeRawPointer?, Int) -> Result) -> Result {
        guard let bytes else { return body(nil, 0) }
        return bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress, !buffer.isEmpty else {
                return withUnsafeBytes(of: UInt8(0)) { body($0.baseAddress, 0) }
            }
            return body(base, buffer.count)
        }
    }

    /// Suspends a caller that found the queue full until records have left it.
    func waitForSpace(since generation: UInt64) async throws {
        let id = nextWaiter.add(1, ordering: .relaxed).newValue
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                // Looked at under the lock: a cancellation before this point is seen here, one after it finds the
                // waiter in the list.
                let outcome: Result<Bool, any Error> = state.withLock { state in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    return .success(state.waitForSpace(id: id, since: generation, continuation))
                }
                switch outcome {
                case .success(true): break
                case .success(false): continuation.resume()
                case .failure(let error): continuation.resume(throwing: error)
                }
            }
        } onCancel: {
            state.withLock { $0.cancelWait(id: id) }?.resume(throwing: CancellationError())
        }
    }

    /// True once everything accepted before the call is settled, false when the deadline came first.
    func flush(until deadline: ContinuousClock.Instant) async -> Bool {
        await withCheckedContinuation { continuation in
            let waits = state.withLock { $0.flush(until: deadline, continuation) }
            if waits {
                queue.wake()
            } else {
                continuation.resume(returning: true)
            }
        }
    }

    /// Stops taking records; the thread delivers the rest until the deadline, then purges it.
    func close(purgingAt deadline: ContinuousClock.Instant) {
        purgeDeadline.withLock { $0 = min($0 ?? deadline, deadline) }
        let waiters = state.withLock { $0.close() }
        // They try again and find the producer closed.
        for waiter in waiters { waiter.resume() }
        queue.wake()
    }

    // MARK: Reports out, on the producer's thread

    func run() {
        let clock = ContinuousClock()
        var hasPurged = false
        while true {
            let now = clock.now
            let (expired, isDrained, nextDeadline) = state.withLock { state in
                (state.expiredFlushes(at: now), state.isDrained, state.nextDeadline)
            }
            resume(expired, flushed: false)
            if isDrained { break }
            if !hasPurged, let deadline = purgeDeadline.withLock({ $0 }), deadline <= now {
                // Every purged record comes back as a delivery report with an error.
                rd_kafka_purge(handle.pointer, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT)
                hasPurged = true
            }
            let wait = min(nextDeadline.map { now.duration(to: $0) } ?? .milliseconds(100), .milliseconds(100))
            _ = pollOnce(milliseconds: wait.timeoutMilliseconds)
        }
        state.withLock { $0.destroyed() }
    }

    private func pollOnce(milliseconds: Int32) -> Bool {
        var reported = 0
        let hadEvent = queue.poll(milliseconds: milliseconds) { event in
            switch rd_kafka_event_type(event) {
            case RD_KAFKA_EVENT_DR:
                var hasHeard = false
                while let message = rd_kafka_event_message_next(event) {
                    // Once for all that one answer acknowledges.
                    if !hasHeard, message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR {
                        hasHeard = true
                        context.heardFromBroker()
                    }
                    report(message)
                    reported += 1
                }
            default:
                _ = context.handleCommon(event, client: handle)
            }
        }
        // Only now: librdkafka counts a record as gone when its event is destroyed.
        if reported > 0 {
            for waiter in state.withLock({ $0.freed(reported) }) { waiter.resume() }
        }
        return hadEvent
    }

    private func report(_ message: UnsafePointer<rd_kafka_message_t>) {
        // Every record was produced with a ticket, whose +1 is taken back here.
        guard let opaque = message.pointee._private else { return }
        let ticket = Unmanaged<Ticket>.fromOpaque(opaque).takeRetainedValue()
        let topic = message.pointee.rkt.flatMap { rd_kafka_topic_name($0) }.map { String(cString: $0) } ?? ""
        let partition = TopicPartition(topic: topic, partition: message.pointee.partition)
        if message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR {
            var type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
            let timestamp = rd_kafka_message_timestamp(message, &type)
            ticket.delivery(
                .success(
                    RecordMetadata(
                        topicPartition: partition,
                        offset: message.pointee.offset,
                        timestamp: type == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE ? nil : timestamp
                    )
                )
            )
        } else {
            let fatal = rd_kafka_fatal_error(handle.pointer, nil, 0) != RD_KAFKA_RESP_ERR_NO_ERROR
            ticket.delivery(
                .failure(context.error(message.pointee.err, operation: "produce to \(topic)", isFatal: fatal))
            )
        }
        resume(state.withLock { $0.settle(epoch: ticket.epoch) }, flushed: true)
    }

    private func resume(_ flushes: [CheckedContinuation<Bool, Never>], flushed: Bool) {
        for flush in flushes { flush.resume(returning: flushed) }
    }

    private func closedError(_ topic: String) -> KafkaError {
        KafkaError(.closed, operation: "produce to \(topic)", reason: "the producer is closed")
    }
}
