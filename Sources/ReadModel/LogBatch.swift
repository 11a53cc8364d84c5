public import BulletinEvents

/// A stretch of a partition's log, to be applied as one transaction.
public struct LogBatch: Hashable, Sendable {
    /// The position that the worker started from: the `nextOffset` it read from the file, or the `end` of the batch
    /// before. Not the first entry's offset: a log has gaps that mean nothing (control records, compaction).
    public var begin: Int64
    /// The position after the batch.
    public var end: Int64
    /// What the log says in between, in its order.
    public var entries: [Entry]

    /// A batch of what the log holds from `begin` up to but not including `end`.
    public init(begin: Int64, end: Int64, entries: [Entry]) {
        self.begin = begin
        self.end = end
        self.entries = entries
    }

    /// One record of the log.
    public enum Entry: Hashable, Sendable {
        /// A bulletin, or another revision of one.
        case published(Bulletin, EventMetadata, offset: Int64)
        /// A bulletin is withdrawn.
        case withdrawn(Withdrawal, EventMetadata, offset: Int64)
        /// A record that cannot be taken; it is kept as it came.
        case rejected(RejectedRecord)

        /// The record's offset.
        public var offset: Int64 {
            switch self {
            case .published(_, _, let offset), .withdrawn(_, _, let offset): offset
            case .rejected(let record): record.offset
            }
        }
    }
}

/// What became of a batch.
public enum ApplyOutcome: Hashable, Sendable {
    /// The batch is in the file, and so is its end offset.
    case applied(ApplySummary)
    /// The file does not stand where the batch begins: someone else has moved it. Nothing was changed. Go on from
    /// the state given here, if its generation and cluster are still those of the log at hand.
    case conflict(PartitionState)
    /// The caller no longer wanted it when it was about to be committed. Nothing was changed.
    case abandoned
}

/// How many entries of a batch did what.
public struct ApplySummary: Hashable, Sendable {
    /// Bulletins seen for the first time.
    public var created = 0
    /// Bulletins whose text changed.
    public var revised = 0
    /// Bulletins whose text was extracted by another parser.
    public var reparsed = 0
    /// Bulletins published again as they were.
    public var unchanged = 0
    /// Withdrawals.
    public var withdrawn = 0
    /// Records that were kept as rejected.
    public var rejected = 0

    /// Nothing yet.
    public init() {}
}

/// Where a partition file stands.
public struct PartitionState: Codable, Hashable, Sendable {
    /// The Kafka cluster whose log fills the file; nil before the first one.
    public var clusterID: String?
    /// The topic.
    public var topic: String
    /// The partition.
    public var partition: Int32
    /// How many logs have filled the file before this one.
    public var generation: Int64
    /// The offset of the first record that is not in the file yet.
    public var nextOffset: Int64

    /// A state.
    public init(clusterID: String?, topic: String, partition: Int32, generation: Int64, nextOffset: Int64) {
        self.clusterID = clusterID
        self.topic = topic
        self.partition = partition
        self.generation = generation
        self.nextOffset = nextOffset
    }
}
