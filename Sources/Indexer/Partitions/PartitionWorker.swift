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
    let decoder = RecordDecoder()

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
