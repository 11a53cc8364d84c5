/// How memory is shared among the partitions of a topic, so that an indexer that has them all stays within one budget.
///
/// Two things grow with the number of partitions: what librdkafka has fetched ahead, and SQLite's pages.
struct MemoryBudget: Equatable, Sendable {
    /// Fetched ahead for one partition at most, KiB.
    var queueKibibytes: Int
    /// Pages of one file at most, KiB.
    var cacheKibibytes: Int

    /// - Parameters:
    ///   - mebibytes: for all partitions together: half for what is fetched ahead, half for pages.
    ///   - partitions: how many the topic has.
    init(mebibytes: Int = 64, partitions: Int) {
        let share = mebibytes * 1024 / 2 / max(1, partitions)
        // A queue below a few records, or a cache below a few trees, would make every batch slow for little.
        queueKibibytes = min(16_384, max(256, share))
        cacheKibibytes = min(8_192, max(256, share))
    }
}
