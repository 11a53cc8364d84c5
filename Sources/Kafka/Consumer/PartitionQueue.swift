import CRdKafka
import Dispatch
import Synchronization

/// The records of one assigned partition, for one worker thread.
///
/// It delivers nothing after the partition was given up. Memory is bounded by librdkafka's prefetch limits
/// (`queued.min.messages`, `queued.max.messages.kbytes`).
public final class PartitionQueue: Sendable {
    private typealias Message = UnsafeMutablePointer<rd_kafka_message_t>

    /// Messages taken from C that no batch owns yet.
    private struct Leftovers: @unchecked Sendable {  // Guarded by the queue's lock, used by its one reader.
        var messages: [Message] = []
    }

    private struct State {
        var isReading = false
        var isGivenUp = false
        var isPaused = false
        /// Signalled when the read that was going on at give-up has left.
        var readerLeft: DispatchSemaphore?
        var leftovers = Leftovers()
        /// The offset after the last record handed out, or the start; nil while it is a logical one.
        var nextOffset: Int64?
    }

    /// Which partition it is.
    public let topicPartition: TopicPartition
    private let queue: QueueHandle
    private let serveEvents: (@Sendable () -> Void)?
    private let state: Mutex<State>

    private var client: ClientHandle { queue.client }

    /// - Parameter serveEvents: called before each wait; for consumers without an event loop.
    init(
        _ topicPartition: TopicPartition,
        startOffset: Int64,
        client: ClientHandle,
        serveEvents: (@Sendable () -> Void)?
    ) throws(KafkaError) {
        guard
            let pointer = rd_kafka_queue_get_partition(
                client.pointer,
                topicPartition.topic,
                topicPartition.partition
            )
        else {
            throw client.context.error(
                RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION,
                operation: "open the queue of \(topicPartition)"
            )
        }
        self.topicPartition = topicPartition
        self.serveEvents = serveEvents
        queue = QueueHandle(pointer, client: client)
        state = Mutex(State(nextOffset: startOffset >= 0 ? startOffset : nil))
        // Forwarded nowhere, before fetching starts: otherwise its first records would land in the event queue.
        rd_kafka_queue_forward(pointer, nil)
    }

    deinit {
        state.withLock { state in
            for message in state.leftovers.messages { rd_kafka_message_destroy(message) }
        }
    }

    /// Waits until there is a record (or something to report), then takes what is there.
    ///
    /// Blocks: call it on the partition's own ``DedicatedThread``, one call at a time.
    ///
    /// - Parameters:
    ///   - maxRecords: at most so many records.
    ///   - maxBytes: stop when the values read so far come to this; the last record may pass it.
    ///   - timeout: how long to wait for the first record.
    /// - Returns: a batch, empty if nothing came in time or ``wake()`` was called.
    /// - Throws: ``KafkaError`` (`wrongState`) if another read is going on. Failures of the stream are the batch's
    ///   ``RecordBatch/interruption``.
    public func read(maxRecords: Int, maxBytes: Int? = nil, timeout: Duration) throws(KafkaError) -> RecordBatch {
        serveEvents?()
        let entered = state.withLock { state -> (isGivenUp: Bool, leftovers: Leftovers)? in
            guard !state.isReading else { return nil }
            guard !state.isGivenUp else { return (true, Leftovers()) }
            state.isReading = true
            defer { state.leftovers = Leftovers() }
            return (false, state.leftovers)
        }
        guard let entered else {
            throw KafkaError(.wrongState, operation: "read \(topicPartition)", reason: "another read is going on")
        }
        guard !entered.isGivenUp else { return batch([], .givenUp) }

        var taken = entered.leftovers.messages
        take(into: &taken, maxRecords: max(1, maxRecords), maxBytes: maxBytes, timeout: timeout)
        return leave(with: taken, maxRecords: max(1, maxRecords))
    }

    /// Makes a blocked ``read(maxRecords:maxBytes:timeout:)``, or else the next one, return at once. From any thread.
    public func wake() { queue.wake() }

    /// Goes on reading at another offset. Blocks; on the worker's thread, between reads.
    ///
    /// It doesn't work after an `offsetOutOfRange` failure, which stops fetching: assign the partition anew.
    public func seek(to offset: Int64, timeout: Duration) throws(KafkaError) {
        let operation = "seek \(topicPartition) to \(offset)"
        try client.checkOffset(offset, operation: operation)
        let stale = state.withLock { state -> Leftovers? in
            guard !state.isReading, !state.isGivenUp else { return nil }
            defer { state.leftovers = Leftovers() }
            return state.leftovers
        }
        guard let stale else {
            throw KafkaError(.wrongState, operation: operation, reason: "the partition is being read or was given up")
        }
        for message in stale.messages { rd_kafka_message_destroy(message) }
        let list = try seek(to: offset, until: .now + timeout, operation: operation)
        if let failed = list.firstError { throw client.context.error(failed.error, operation: operation) }
        state.withLock { state in
            state.nextOffset = offset >= 0 ? offset : nil
        }
    }

    /// Asks again when no answer comes: librdkafka loses one now and then (seen with 2.0.2), and seeking twice is seeking once.
    private func seek(
        to offset: Int64,
        until deadline: ContinuousClock.Instant,
        operation: String
    ) throws(KafkaError) -> PartitionList {
        while true {
            let list = PartitionList([topicPartition: offset])
            let wait = min(.seconds(3), deadline - .now)
            // 0 would mean "don't wait and report nothing".
            guard let error = rd_kafka_seek_partitions(client.pointer, list.pointer, max(1, wait.timeoutMilliseconds))
            else { return list }
            let failure = KafkaError(
                consuming: error,
                operation: operation,
                nextStep: client.context.unavailableHint
            )
            guard failure.code == .timedOut, .now < deadline else { throw failure }
        }
    }

    /// Stops fetching; what was fetched already is dropped and fetched again after ``resume()``.
    public func pause() throws(KafkaError) {
        state.withLock { $0.isPaused = true }
        let list = PartitionList([topicPartition])
        try client.context.check(
            rd_kafka_pause_partitions(client.pointer, list.pointer),
            operation: "pause \(topicPartition)"
        )
    }

    /// Fetches again after ``pause()``.
    public func resume() throws(KafkaError) {
        let list = PartitionList([topicPartition])
        try client.context.check(
            rd_kafka_resume_partitions(client.pointer, list.pointer),
            operation: "resume \(topicPartition)"
        )
        state.withLock { $0.isPaused = false }
    }

    /// The next offset that will be read; nil while the start position isn't known yet.
    public var position: Int64? { state.withLock { $0.nextOffset } }

    /// Whether the partition was given up.
    public var isGivenUp: Bool { state.withLock { $0.isGivenUp } }

    // MARK: -

    /// Ends delivery for good. When it returns, no read is in librdkafka any longer: a later assignment of the same
    /// partition uses the same C queue, and a late reader would steal its records.
    func giveUp() {
        // librdkafka keeps an application's pause over a new assignment: the partition's next queue would stand still.
        if state.withLock({ $0.isPaused }) { try? resume() }
        let reader = state.withLock { state -> DispatchSemaphore? in
            state.isGivenUp = true
            guard state.isReading else { return nil }
            let semaphore = state.readerLeft ?? DispatchSemaphore(value: 0)
            state.readerLeft = semaphore
            return semaphore
        }
        guard let reader else { return }
        queue.wake()
        reader.wait()
        reader.signal()
    }

    private func take(into taken: inout [Message], maxRecords: Int, maxBytes: Int?, timeout: Duration) {
        // librdkafka waits until the whole batch is full; so only the first record is waited for.
        if taken.isEmpty { takeChunk(into: &taken, count: 1, milliseconds: timeout.timeoutMilliseconds) }
        var bytes = taken.reduce(0) { $0 + $1.pointee.len }
        while !taken.isEmpty, taken.count < maxRecords {
            var count = min(maxRecords - taken.count, 256)
            if let maxBytes {
                guard bytes < maxBytes else { return }
                // By the average so far, so that few records too many are taken.
                count = min(count, max(1, (maxBytes - bytes) * taken.count / max(1, bytes)))
            }
            let before = taken.count
            takeChunk(into: &taken, count: count, milliseconds: 0)
            bytes += taken[before...].reduce(0) { $0 + $1.pointee.len }
            if taken.count - before < count { return }
        }
    }

    private func takeChunk(into taken: inout [Message], count: Int, milliseconds: Int32) {
        withUnsafeTemporaryAllocation(of: Optional<Message>.self, capacity: count) { buffer in
            buffer.initialize(repeating: nil)
            let number = rd_kafka_consume_batch_queue(queue.pointer, milliseconds, buffer.baseAddress, count)
            guard number > 0 else { return }
            taken.append(contentsOf: buffer.prefix(number).compactMap { $0 })
        }
    }

    /// Ends the read: cuts at the first error, keeps the rest for the next read, drops all if given up meanwhile.
    private func leave(with taken: [Message], maxRecords: Int) -> RecordBatch {
        let cut = taken.firstIndex { $0.pointee.err != RD_KAFKA_RESP_ERR_NO_ERROR }
        let recordCount = min(cut ?? taken.count, maxRecords)
        let hasInterruption = cut == recordCount
        let rest = Array(taken.dropFirst(recordCount + (hasInterruption ? 1 : 0)))
        let position = rest.isEmpty && recordCount > 0 ? client.position(of: topicPartition) : nil
        let (isGivenUp, nextOffset, reader) = state.withLock { state -> (Bool, Int64?, DispatchSemaphore?) in
            state.isReading = false
            defer { state.readerLeft = nil }
            if state.isGivenUp { return (true, state.nextOffset, state.readerLeft) }
            state.leftovers.messages = rest
            if recordCount > 0 {
                let afterLast = taken[recordCount - 1].pointee.offset + 1
                state.nextOffset = max(afterLast, position ?? afterLast)
            }
            return (false, state.nextOffset, nil)
        }
        reader?.signal()
        if isGivenUp {
            for message in taken { rd_kafka_message_destroy(message) }
            return batch([], .givenUp)
        }
        // Records may have been fetched long ago: they are no sign that a broker is there. Statistics tell that.
        var interruption: StreamInterruption?
        if hasInterruption, let cut {
            interruption = self.interruption(taken[cut])
            rd_kafka_message_destroy(taken[cut])
        }
        return batch(Array(taken.prefix(recordCount)), interruption, nextOffset: nextOffset)
    }

    private func interruption(_ message: Message) -> StreamInterruption {
        switch message.pointee.err {
        case RD_KAFKA_RESP_ERR__PARTITION_EOF:
            return .endOfPartition(nextOffset: message.pointee.offset)
        default:
            let reason = rd_kafka_message_errstr(message).map { String(cString: $0) }
            return .failure(
                client.context.error(message.pointee.err, operation: "read \(topicPartition)", reason: reason)
            )
        }
    }

    private func batch(
        _ messages: [Message],
        _ interruption: StreamInterruption?,
        nextOffset: Int64? = nil
    ) -> RecordBatch {
        RecordBatch(
            RecordBatch.Messages(messages, topicPartition: topicPartition, client: client),
            interruption: interruption,
            nextOffset: nextOffset
        )
    }
}

extension ClientHandle {
    /// One past what librdkafka has handed out, control records included; nil if it hasn't handed out anything.
    func position(of partition: TopicPartition) -> Int64? {
        let list = PartitionList([partition])
        guard rd_kafka_position(pointer, list.pointer) == RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
        return list.elements.first.flatMap {
            $0.error == RD_KAFKA_RESP_ERR_NO_ERROR && $0.offset >= 0 ? $0.offset : nil
        }
    }

    /// Only real offsets and the two of ``KafkaOffset``: librdkafka takes other negative numbers for something else.
    func checkOffset(_ offset: Int64, operation: String) throws(KafkaError) {
        guard offset >= 0 || offset == KafkaOffset.beginning || offset == KafkaOffset.end else {
            throw KafkaError(.invalidArgument, operation: operation, reason: "\(offset) is not an offset")
        }
    }
}
