internal import Kafka
internal import Logging
internal import ReadModel

extension LogRecheck {
    /// What a log's records at a file's mark say about the two.
    enum Verdict: Equatable {
        /// The log is the one that filled the file.
        case same
        /// It is another: behind the mark comes the record at this offset, or none.
        case other(found: Int64?)
        /// It does not reach to the mark: those records were deleted, or it is another.
        case unknown
    }

    /// Whether a log in which `finding` was found at the mark of a file is the one that filled it.
    ///
    /// Blocks while a broker is asked whether the topic is compacted, if that makes a difference.
    static func verdict(
        on finding: Finding,
        at mark: LogMark,
        of partition: TopicPartition,
        kafka: KafkaConfiguration,
        logger: Logger
    ) -> Verdict {
        switch finding {
        case .record(mark): return .same
        case .record(let found):
            let isSame = Compaction.mayHaveTaken(mark, found: found.offset, in: partition, kafka: kafka, logger: logger)
            return isSame ? .same : .other(found: found.offset)
        case .end: return .other(found: nil)
        case .outOfRange: return .unknown
        }
    }
}

extension LogRecheck.Verdict {
    /// Throws ``IndexerError`` (`otherLog`) if the log is another than the one that filled `file`; false if nobody can say.
    func check(_ mark: LogMark, of partition: TopicPartition, file: String) throws -> Bool {
        switch self {
        case .same: return true
        case .unknown: return false
        case .other(let found):
            throw IndexerError.otherLog(partition, file: file, offset: mark.offset, found: found)
        }
    }
}
