internal import BulletinEvents
internal import Foundation
internal import Kafka
internal import Logging
internal import ReadModel

/// What a partition worker tells the event loop.
struct WorkerReport: Sendable {
    /// Which worker: a partition may have a second one while the first, given up, is still stuck.
    let worker: WorkerControl
    let partition: TopicPartition
    let event: Event

    enum Event: Sendable {
        /// The file is open and needs this offset next.
        case opened(nextOffset: Int64)
        /// The log is known to be the one that filled the file, and the file goes on.
        case verified
        /// The worker's thread is about to end.
        case ended(nextOffset: Int64?, error: (any Error)?)
    }
}

/// Applies one partition's log to its file, on a thread of its own, from assignment to release.
///
/// Exactly once rests on one rule: a batch is applied only if the file still stands where the batch begins
/// (`PartitionFile.apply`). A zombie, a second writer or a batch delivered twice loses that comparison, reads where
/// the file stands now and goes on from there.
struct PartitionWorker {
    /// What all workers of an indexer share.
    struct Environment: Sendable {
        let configuration: IndexerConfiguration
        let clusterID: String
        let consumer: KafkaConsumer
        let rejected: RejectedRecordPublisher
        let metrics: IndexerMetrics
        let status: IndexerStatus
        let fileConfiguration: PartitionFile.Configuration
        let gate: ApplyGate
        /// Nil where there are too few partitions for turns.
        let turns: FetchTurns?
        /// Nil where no topic can be made anew: the broker is this process's own.
        let recheck: LogRecheck?
        let report: @Sendable (WorkerReport) -> Void
        let onProgress: @Sendable (IndexProgress) -> Void
    }

    let partition: TopicPartition
    let partitionCount: Int?
    let environment: Environment
    let control: WorkerControl
    let logger: Logger
    private let decoder = RecordDecoder()

    init(
        _ partition: TopicPartition,
        partitionCount: Int?,
        environment: Environment,
        control: WorkerControl,
        logger: Logger
    ) {
        self.partition = partition
        self.partitionCount = partitionCount
        self.environment = environment
        self.control = control
        var logger = logger
        logger[metadataKey: "topic"] = "\(partition.topic)"
        logger[metadataKey: "partition"] = "\(partition.partition)"
        self.logger = logger
    }

    /// Blocks until the partition is released or an error ends it; reports either.
    func run() {
        var nextOffset: Int64?
        do {
            guard let file = try openFile() else {
                report(.ended(nextOffset: nil, error: nil))
                return
            }
            control.opened(file.interrupter)
            var position = try file.state().nextOffset
            nextOffset = position
            environment.status.update(partition) { [position] in $0.nextOffset = position }
            let resume = try resumePoint(of: file, at: position)
            report(.opened(nextOffset: resume.start))
            if let (queue, mustSeek) = control.waitForQueue() {
                defer { nextOffset = position }
                if mustSeek {
                    // In this order: resuming sets the position.
                    try queue.resume()
                    try queue.seek(to: resume.start, timeout: .seconds(30))
                }
                try applyLog(from: queue, to: file, position: &position, resume)
            }
            try file.close()
            report(.ended(nextOffset: nextOffset, error: nil))
        } catch {
            report(.ended(nextOffset: nextOffset, error: error))
        }
    }

    private func report(_ event: WorkerReport.Event) {
        environment.report(WorkerReport(worker: control, partition: partition, event: event))
    }

    // MARK: - Applying

    private func applyLog(
        from queue: PartitionQueue,
        to file: PartitionFile,
        position: inout Int64,
        _ resume: Resume
    ) throws {
        var expected = resume.mark
        var backlog = Backlog(end: resume.end)
        let turn = environment.turns?.member(control)
        defer { turn?.leave() }
        // Behind the last record read: only if the file holds that, too, may what follows it be passed over.
        var readUpTo = position
        var schedule = RecheckSchedule(checkedAt: .now)
        if expected == nil { verified(position) }
        while !control.shouldStop {
            if let turn, try waitForTurn(turn, backlog.bytes(from: readUpTo), queue: queue, file: file) {
                schedule.pause()
                continue
            }
            let read = try readBatch(from: queue)
            let end = environment.consumer.knownWatermarks(partition)?.high
            backlog.read(records: read.records.count, bytes: read.bytes, end: end)
            turn?.read(read.bytes)
            environment.status.read(
                partition,
                oldest: read.records.first { $0.offset >= position }?.timestamp,
                end: end
            )
            if let mark = expected, !read.records.isEmpty || read.isAtEnd {
                try check(read.records.first, against: mark, file: file)
                expected = nil
                schedule = RecheckSchedule(checkedAt: .now)
                verified(position)
            }
            if read.isSilent { schedule.pause() }
            // What another writer has applied meanwhile is passed over: cheaper and surer than a seek.
            let records = Array(read.records.drop { $0.offset < position })
            if let last = read.records.last { readUpTo = last.offset + 1 }
            if !records.isEmpty {
                let begin = position
                let look = schedule.isDue(at: .now) ? try startLook(of: file) : nil
                position = try apply(records, from: position, queue: queue, file: file, look)
                if let look {
                    if position == begin, control.mayCommit {
                        guard try look.confirms() || recheckLog(of: file, at: position) else { break }
                        position = try apply(records, from: position, queue: queue, file: file)
                    }
                    schedule = RecheckSchedule(checkedAt: .now)
                }
                // Whatever was read and is not in the file has to be read again: nothing else would apply it.
                if position < readUpTo, !control.shouldStop {
                    try queue.seek(to: position, timeout: .seconds(30))
                    readUpTo = position
                    continue
                }
            }
            switch read.interruption {
            case nil: break
            case .endOfPartition(let end):
                guard position >= readUpTo else { break }
                try skipControlRecords(upTo: end, queue: queue, file: file, &position)
                turn?.rest(file)
            case .givenUp: return
            case .failure(let error):
                try handle(error, at: position, file: file)
                // Whatever happened to the topic meanwhile: what comes next is compared before it is applied.
                let resume = try resumePoint(of: file, at: position)
                try queue.seek(to: resume.start, timeout: .seconds(30))
                expected = resume.mark
            }
        }
    }

    /// Stands in line where the partition is so far behind that only some may read at a time, and takes up no memory
    /// meanwhile; whether it had to.
    private func waitForTurn(
        _ turn: FetchTurns.Member,
        _ backlog: Int,
        queue: PartitionQueue,
        file: PartitionFile
    ) throws -> Bool {
        guard backlog > turn.share else {
            turn.pass()
            return false
        }
        if turn.goesOn() { return false }
        logger.debug("far behind, as others are: waiting for its turn", metadata: ["bytes": "\(backlog)"])
        try queue.pause()
        file.releaseMemory()
        turn.wait()
        if !control.shouldStop { try queue.resume() }
        return true
    }

    /// The log is the file's: Kafka hears where the file stands, also where the group has no offset yet or a wrong one.
    private func verified(_ position: Int64) {
        mirror(position)
        report(.verified)
    }

    /// Behind the last record there may be markers of transactions, which nobody is shown: without this step the file
    /// would lag behind the log for as long as nothing is published.
    private func skipControlRecords(
        upTo end: Int64,
        queue: PartitionQueue,
        file: PartitionFile,
        _ position: inout Int64
    ) throws {
        guard end > position, control.mayCommit else { return }
        switch try file.apply(LogBatch(begin: position, end: end, entries: []), mayCommit: { control.mayCommit }) {
        case .applied(let summary):
            position = end
            environment.status.applied(partition, nextOffset: end, newest: nil, end: end)
            mirror(end)
            environment.onProgress(IndexProgress(partition: partition, nextOffset: end, summary: summary))
        case .conflict(let state):
            position = try followOtherWriter(state, from: position, queue: queue, file: file)
        case .abandoned: break
        }
    }

    /// Reads what is there, and a little longer while more keeps coming, within the limits of one transaction.
    private func readBatch(from queue: PartitionQueue) throws -> LogRead {
        let limits = environment.configuration.batch
        var batch = try queue.read(maxRecords: limits.records, maxBytes: limits.bytes, timeout: .milliseconds(250))
        var records = Array(batch)
        var bytes = records.reduce(0) { $0 + $1.valueCount }
        let deadline = ContinuousClock.now.advanced(by: limits.delay)
        while batch.interruption == nil, !batch.isEmpty, records.count < limits.records, bytes < limits.bytes,
            ContinuousClock.now < deadline
        {
            // A millisecond without a record means the log is drained: latency counts then, not throughput.
            batch = try queue.read(
                maxRecords: limits.records - records.count,
                maxBytes: limits.bytes - bytes,
                timeout: .milliseconds(1)
            )
            records.append(contentsOf: batch)
            bytes += batch.reduce(0) { $0 + $1.valueCount }
        }
        return LogRead(records: records, bytes: bytes, interruption: batch.interruption)
    }

    /// Applies records in one transaction and returns where the file stands then; nothing is applied if `look` does not
    /// confirm that they are of the file's log.
    private func apply(
        _ records: [ConsumerRecord],
        from begin: Int64,
        queue: PartitionQueue,
        file: PartitionFile,
        _ look: LogLook? = nil
    ) throws -> Int64 {
        guard let last = records.last else { return begin }
        let permit = environment.gate.permit()
        defer { permit.giveBack() }
        var batch = decoder.batch(records, from: begin, to: last.offset + 1)
        var published = 0
        while true {
            let rejections = batch.rejections
            // Kafka may be slow, or not there.
            if !rejections.isEmpty {
                permit.giveBack()
                if let look, !look.confirms() { return begin }
            }
            guard environment.rejected.publish(Array(rejections.dropFirst(published)), control: control) else {
                return begin
            }
            published = rejections.count
            guard control.mayCommit else { return begin }
            let started = ContinuousClock.now
            do {
                switch try file.apply(batch, mayCommit: { control.mayCommit && look?.confirms() ?? true }) {
                case .applied(let summary):
                    environment.metrics.committed(summary, records: records.count, in: .now - started)
                    applied(batch, newest: last.timestamp)
                    logger.debug("applied", metadata: ["offsets": "\(begin)..<\(batch.end)"])
                    mirror(batch.end)
                    environment.onProgress(
                        IndexProgress(partition: partition, nextOffset: batch.end, summary: summary)
                    )
                    return batch.end
                case .conflict(let state):
                    let next = try followOtherWriter(state, from: begin, queue: queue, file: file)
                    // What the other has not applied of these records is not read again: it is applied from here.
                    guard next >= begin, next <= last.offset else { return next }
                    permit.giveBack()
                    let rest = Array(records.drop { $0.offset < next })
                    return try apply(rest, from: next, queue: queue, file: file, look)
                case .abandoned: return begin
                }
            } catch let error as ReadModelError where error.code == .interrupted {
                guard control.mayCommit else { return begin }
            } catch let error as ReadModelError where error.code == .busy {
                permit.giveBack()
                warnOfLock(file.location, error)
                guard !control.shouldStop else { return begin }
                control.pause(.milliseconds(200))
            } catch let error as ReadModelError where error.code == .entryRefused {
                // One record fails by itself: it alone is rejected, and the batch is applied again without it.
                guard let index = records.firstIndex(where: { $0.offset == error.entryOffset }) else { throw error }
                batch.entries[index] = .rejected(
                    decoder.rejection(
                        of: records[index],
                        stage: .apply,
                        reason: .notApplicable,
                        message: error.message
                    )
                )
                // The list of rejections changed in the middle: publish the new one, not those published before.
                guard environment.rejected.publish([batch.rejection(at: index)].compactMap(\.self), control: control)
                else { return begin }
                published = batch.rejections.count
            }
        }
    }

    /// Tells probes and metrics that the batch can be found now.
    private func applied(_ batch: LogBatch, newest: Int64?) {
        environment.status.applied(
            partition,
            nextOffset: batch.end,
            newest: newest,
            end: environment.consumer.knownWatermarks(partition)?.high
        )
        guard let published = batch.entries.last?.event?.time.flatMap({ try? Date($0, strategy: .iso8601) }) else {
            return
        }
        environment.metrics.endToEnd.recordSeconds(max(0, Date().timeIntervalSince(published)))
    }

    /// Somebody else has applied this part of the log: take up where the file stands now.
    private func followOtherWriter(
        _ state: PartitionState,
        from position: Int64,
        queue: PartitionQueue,
        file: PartitionFile
    ) throws -> Int64 {
        logger.notice(
            "another writer has moved this file on, following it",
            metadata: ["nextOffset": "\(state.nextOffset)", "file": "\(file.location.path)"]
        )
        _ = try file.verifyLog(clusterID: environment.clusterID)
        // A file that went back was replaced by an older copy: what lies between has to be read again.
        if state.nextOffset < position { try queue.seek(to: state.nextOffset, timeout: .seconds(30)) }
        environment.metrics.conflicts.increment()
        return state.nextOffset
    }

    /// Keeps Kafka's committed offset up to date for lag tools; a failure is retried by the next commit.
    private func mirror(_ nextOffset: Int64) {
        guard control.mayCommit else { return }
        let logger = logger
        do {
            try environment.consumer.commit([partition: nextOffset]) { result in
                if case .failure(let error) = result {
                    logger.debug("the offset was not mirrored to Kafka", metadata: ["error": "\(error)"])
                }
            }
        } catch {
            logger.debug("the offset was not mirrored to Kafka", metadata: ["error": "\(error)"])
        }
    }

    private func handle(_ error: KafkaError, at position: Int64, file: PartitionFile) throws {
        switch error.category {
        case .offsetOutOfRange:
            let log = try? environment.consumer.queryWatermarks(partition, timeout: .seconds(5))
            throw IndexerError.logMismatch(partition, nextOffset: position, file: file.location.path, log: log)
        case .configuration, .authorization, .messageTooLarge, .closed: throw error
        case .unavailable, .queueFull, .unknownTopicOrPartition, .other:
            if error.isFatal { throw error }
            logger.warning("reading is interrupted, waiting", metadata: ["error": "\(error)"])
        }
    }
}

/// What one look at the queue gave.
private struct LogRead {
    var records: [ConsumerRecord]
    /// Of their values.
    var bytes: Int
    var interruption: StreamInterruption?

    /// Nothing came for as long as a read waits.
    var isSilent: Bool { records.isEmpty && interruption == nil }

    /// The log holds nothing more, for now.
    var isAtEnd: Bool {
        if case .endOfPartition = interruption { true } else { false }
    }
}

extension LogBatch {
    fileprivate var rejections: [RejectedRecord] {
        entries.indices.compactMap(rejection(at:))
    }

    fileprivate func rejection(at index: Int) -> RejectedRecord? {
        if case .rejected(let record) = entries[index] { record } else { nil }
    }
}
