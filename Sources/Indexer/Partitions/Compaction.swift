internal import Kafka
internal import Logging
internal import ReadModel

/// Why the record that a file was marked with may be missing in a log that is the file's nevertheless.
enum Compaction {
    /// Whether the topic is compacted, so that the marked record may have given way to a later one of its key.
    ///
    /// - Parameter found: the offset of the first record at or behind the mark. Blocks for as long as the broker takes.
    static func mayHaveTaken(
        _ mark: LogMark,
        found: Int64,
        in partition: TopicPartition,
        kafka: KafkaConfiguration,
        logger: Logger
    ) -> Bool {
        guard found > mark.offset, let admin = try? KafkaAdmin(configuration: kafka, logger: logger),
            admin.isCompacted(topic: partition.topic, timeout: .seconds(3))
        else { return false }
        logger.notice(
            "the last record that the file holds gave way to a later one of its key, and cannot be compared with the log",
            metadata: ["offset": "\(mark.offset)", "found": "\(found)"]
        )
        return true
    }
}
