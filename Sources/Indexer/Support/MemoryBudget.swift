internal import Foundation
internal import Kafka

/// How memory is shared among the partitions of a topic, so that an indexer that has them all stays within one budget.
///
/// What grows with the number of partitions: what librdkafka has fetched ahead, SQLite's pages, and the records that are
/// being applied, which take several times their bytes when decoded.
struct MemoryBudget: Equatable, Sendable {
    /// Fetched ahead for one partition at most, KiB.
    var queueKibibytes: Int
    /// Of one partition in one answer of a broker at most, KiB.
    var fetchKibibytes: Int
    /// One answer of a broker at most, KiB: a record that waits keeps the whole answer in memory that it came in.
    var answerKibibytes: Int
    /// Partitions that are behind and read at a time at most; nil where all may.
    var readingPartitions: Int?
    /// Pages of one file at most, KiB.
    var cacheKibibytes: Int
    /// Records in one transaction at most, bytes.
    var batchBytes: Int

    /// Among how many partitions memory is shared before the topic is there: what is fetched ahead cannot be changed later.
    static let assumedPartitions = 16

    /// - Parameter partitions: how many the topic has.
    init(partitions: Int) {
        let partitions = max(1, partitions)
        // Below a few records each, every batch would be slow for little.
        queueKibibytes = min(8_192, max(96, 8_192 / partitions))
        // Compressed; what comes of it may be several times as much.
        fetchKibibytes = min(1_024, max(32, queueKibibytes / 4))
        answerKibibytes = partitions > 8 ? 1_024 : 4_096
        // More are no faster on a few processors, and each holds a batch as it was published: up to 1 MB, compressed to less.
        readingPartitions = partitions > 16 ? 12 : nil
        cacheKibibytes = min(8_192, max(128, 12_288 / partitions))
        batchBytes = (8 << 20) / min(128, partitions)
    }

    /// `kafka` with these bounds for what is fetched ahead; what it says of them itself stays.
    func limiting(_ kafka: KafkaConfiguration) -> KafkaConfiguration {
        var kafka = kafka
        for (property, value) in [
            ("queued.max.messages.kbytes", queueKibibytes), ("fetch.message.max.bytes", fetchKibibytes << 10),
            ("fetch.max.bytes", answerKibibytes << 10),
        ] { kafka[property] = kafka[property] ?? String(value) }
        return kafka
    }

    /// Gives free pages of the heaps back to the system. Without, glibc keeps them between pieces that are in use: with 64
    /// partitions 83 of 137 MB. Takes some milliseconds; for now and then.
    static func giveBackFreeMemory() {
        #if os(Linux)
            guard let symbol = dlsym(nil, "malloc_trim") else { return }
            _ = unsafeBitCast(symbol, to: (@convention(c) (Int) -> Int32).self)(0)
        #endif
    }
}
