/// How far one partition's file is behind its log, and who reads it.
public struct PartitionLag: Codable, Hashable, Sendable {
    /// What the figures mean, in a word.
    public enum Status: String, Codable, Sendable {
        /// The file holds the whole log.
        case current
        /// The log holds records that the file does not.
        case behind
        /// No file here holds anything of the partition: lag is counted from the log's start.
        case noFile = "no-file"
        /// The log does not hold what the file needs next: an indexer refuses to go on.
        case outsideLog = "outside-log"
        /// The broker was not asked, or did not answer: only the file has spoken.
        case unknown
    }

    /// The topic.
    public var topic: String
    /// The partition.
    public var partition: Int32
    /// What the figures mean.
    public var status = Status.unknown
    /// The first offset that is not in the file; nil without a file.
    public var nextOffset: Int64?
    /// What the group has committed to Kafka, which follows the file; nil if nothing.
    public var committedOffset: Int64?
    /// The first offset that the log holds.
    public var startOffset: Int64?
    /// Where the log ends.
    public var endOffset: Int64?
    /// Records that are in the log and not in the file.
    public var lagRecords: Int64?
    /// Seconds since the oldest record was published that is not in the file; 0 if none waits.
    public var lagSeconds: Double?
    /// The `client.id` of the member of the group that reads it.
    public var clientID: String?
    /// Where that member connects from.
    public var host: String?
    /// The id that the coordinator gave that member.
    public var memberID: String?
    /// Who committed last: host and process.
    public var committedBy: String?
    /// The file.
    public var path: String?

    /// A partition of which nothing is known yet.
    public init(topic: String, partition: Int32) {
        self.topic = topic
        self.partition = partition
    }

    /// Takes in where the log begins and ends.
    mutating func compare(start: Int64, end: Int64) {
        startOffset = start
        endOffset = end
        // The file was looked at before the log: an offset behind its end is none that came in between.
        if let nextOffset, nextOffset < start || nextOffset > end {
            status = .outsideLog
            return
        }
        let lag = end - (nextOffset ?? start)
        lagRecords = lag
        status = nextOffset == nil ? .noFile : lag > 0 ? .behind : .current
        if lag == 0 { lagSeconds = 0 }
    }
}
