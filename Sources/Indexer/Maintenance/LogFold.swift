internal import Kafka
internal import Logging
internal import ReadModel

/// Fills a file from a partition's log, alone and without a group: for making files anew and for comparing.
///
/// What it does to a file is what an indexer does; only that rejected records are not published once more.
struct LogFold {
    let kafka: KafkaConfiguration
    let logger: Logger
    var batchRecords = 500
    var batchBytes = 8 << 20

    /// Applies the log from where the file stands up to `end`, an offset, or all that the log holds now. Blocks.
    ///
    /// - Parameter onProgress: where the file stands, and where it will be.
    /// - Returns: where it stands.
    /// - Throws: `KafkaError`, `ReadModelError`, ``IndexerError`` where the log does not hold what the file needs.
    @discardableResult
    func fill(
        _ file: PartitionFile,
        _ partition: TopicPartition,
        upTo end: Int64? = nil,
        onProgress: (Int64, Int64) throws -> Void = { _, _ in }
    ) throws -> Int64 {
        var kafka = kafka
        kafka["enable.partition.eof"] = "true"
        let consumer = try KafkaConsumer(configuration: kafka, logger: logger)
        defer { try? consumer.close(timeout: .seconds(2)) }
        let log = try consumer.queryWatermarks(partition, timeout: .seconds(30))
        let end = end ?? log.high
        var position = try file.state().nextOffset
        guard position >= log.low, end <= log.high else {
            throw IndexerError.logMismatch(
                partition,
                nextOffset: position < log.low ? position : end,
                file: file.location.path,
                log: log
            )
        }
        try onProgress(position, end)
        // A topic that was made anew while this was interrupted has another record there.
        var expected = try file.mark().flatMap { $0.offset >= log.low && $0.offset < position ? $0 : nil }
        let start = expected?.offset ?? position
        guard position < end || expected != nil,
            let queue = try consumer.assignManually([partition: start])[partition]
        else { return position }
        let decoder = RecordDecoder()
        while position < end || expected != nil {
            let read = try queue.read(maxRecords: batchRecords, maxBytes: batchBytes, timeout: .seconds(30))
            if let mark = expected, let first = read.first {
                try check(.record(LogMark(first)), against: mark, partition, file)
                expected = nil
            }
            let records = read.filter { $0.offset >= position && $0.offset < end }
            if let last = records.last {
                position = try apply(records, from: position, to: last.offset + 1, file, decoder)
                try onProgress(position, end)
            }
            if position < end, read.contains(where: { $0.offset >= end }) {
                // Only control records lie between the last record and the end.
                position = try apply([], from: position, to: end, file, decoder)
            }
            switch read.interruption {
            case .failure(let error): throw error
            case .endOfPartition where expected != nil:
                if let mark = expected { try check(.end, against: mark, partition, file) }
            case .endOfPartition(let logEnd) where position < end && logEnd >= end:
                position = try apply([], from: position, to: end, file, decoder)
            case .endOfPartition, .givenUp, nil:
                if read.isEmpty, read.interruption == nil { throw IndexerError.logIsSilent(partition, at: position) }
            }
        }
        return position
    }

    private func check(
        _ finding: LogRecheck.Finding,
        against mark: LogMark,
        _ partition: TopicPartition,
        _ file: PartitionFile
    ) throws {
        _ = try LogRecheck.verdict(on: finding, at: mark, of: partition, kafka: kafka, logger: logger)
            .check(mark, of: partition, file: file.location.path)
    }

    private func apply(
        _ records: [ConsumerRecord],
        from begin: Int64,
        to end: Int64,
        _ file: PartitionFile,
        _ decoder: RecordDecoder
    ) throws -> Int64 {
        var batch = decoder.batch(records, from: begin, to: end)
        while true {
            do {
                switch try file.apply(batch) {
                case .applied: return end
                case .conflict, .abandoned: throw IndexerError.fileInUse(file.location.path)
                }
            } catch let error as ReadModelError where error.code == .entryRefused {
                guard let index = records.firstIndex(where: { $0.offset == error.entryOffset }) else { throw error }
                batch.entries[index] = .rejected(
                    decoder.rejection(
                        of: records[index],
                        stage: .apply,
                        reason: .notApplicable,
                        message: error.message
                    )
                )
            }
        }
    }
}

extension IndexerError {
    static func logIsSilent(_ partition: TopicPartition, at offset: Int64) -> Self {
        IndexerError(
            code: .logMismatch,
            message: "\(partition): the broker gave nothing from offset \(offset) on within 30 seconds; try again"
        )
    }

    static func fileInUse(_ path: String) -> Self {
        IndexerError(
            code: .folderInUse,
            message: "\(path) is written by somebody else (`fuser \(path)` names them): stop them, and try again"
        )
    }
}
