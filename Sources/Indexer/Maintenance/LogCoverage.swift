internal import Kafka
internal import Logging
internal import ReadModel

/// Whether a log still holds all that a file was made from: only then can the two be compared, or the file made anew
/// without losing anything.
struct LogCoverage {
    let kafka: KafkaConfiguration
    let logger: Logger

    /// Throws ``IndexerError`` that names what is missing: `otherLog` where the topic was made anew, `logMismatch` where
    /// records were deleted. Blocks.
    ///
    /// - Parameter name: how the file is called in messages; it may be a copy.
    func check(_ location: PartitionLocation, named name: String) throws {
        let partition = TopicPartition(topic: location.topic, partition: location.partition)
        let found = try PartitionFile.inspect(location.path, location)
        guard found.state.clusterID != nil else { return }
        let consumer = try KafkaConsumer(configuration: kafka, logger: logger)
        let log: Watermarks
        do {
            defer { try? consumer.close(timeout: .seconds(2)) }
            log = try consumer.queryWatermarks(partition, timeout: .seconds(30))
        }
        let nextOffset = found.state.nextOffset
        guard nextOffset >= log.low, nextOffset <= log.high else {
            throw IndexerError.logMismatch(partition, nextOffset: nextOffset, file: name, log: log)
        }
        if let mark = found.mark, mark.offset >= log.low { try check(mark, partition, name) }
        if log.low > 0, let first = try PartitionFile.firstOffset(location), first < log.low {
            throw IndexerError.notInLog(partition, name, from: first, log)
        }
    }

    private func check(_ mark: LogMark, _ partition: TopicPartition, _ name: String) throws {
        let recheck = LogRecheck(kafka: kafka, logger: logger)
        defer { recheck.close() }
        guard let finding = try recheck.look(at: mark.offset, of: partition, timeout: .seconds(30)) else {
            throw IndexerError.logIsSilent(partition, at: mark.offset)
        }
        let verdict = LogRecheck.verdict(on: finding, at: mark, of: partition, kafka: kafka, logger: logger)
        guard try verdict.check(mark, of: partition, file: name) else {
            throw IndexerError.otherLog(partition, file: name, offset: mark.offset, found: nil)
        }
    }
}

extension IndexerError {
    static func notInLog(_ partition: TopicPartition, _ file: String, from offset: Int64, _ log: Watermarks) -> Self {
        IndexerError(
            code: .logMismatch,
            message:
                "\(partition): \(file) holds records from offset \(offset) on, and the log has offsets \(log.low) to "
                + "\(log.high) only: what was deleted from it is in the file alone"
        )
    }
}
