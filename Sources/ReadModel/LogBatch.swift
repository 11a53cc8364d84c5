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
    /// The last record in between, by which the log is known again; nil keeps the mark that the file has.
    public var mark: LogMark?
    /// Which of the entries are rejected records that were published once more.
    public var replays: [Replay] = []
    /// How the events came: kept for `bulletins trace`, no part of what the read model says.
    public var traces: [Trace] = []

    /// A batch of what the log holds from `begin` up to but not including `end`.
    public init(
        begin: Int64,
        end: Int64,
        entries: [Entry],
        mark: LogMark? = nil,
        replays: [Replay] = [],
        traces: [Trace] = []
    ) {
        self.begin = begin
        self.end = end
        self.entries = entries
        self.mark = mark
        self.replays = replays
        self.traces = traces
    }

    /// How an event came here.
    public struct Trace: Hashable, Sendable {
        /// The record's offset.
        public var offset: Int64
        /// The W3C trace context of the request that brought the bulletin in; nil if it had none.
        public var traceparent: String?
        /// The record's timestamp in Kafka, in milliseconds since 1970; nil if it has none.
        public var recordedAt: Int64?

        /// The event at `offset`.
        public init(offset: Int64, traceparent: String?, recordedAt: Int64?) {
            self.offset = offset
            self.traceparent = traceparent
            self.recordedAt = recordedAt
        }
    }

    /// A record that says of itself that it is a rejected one, published once more.
    public struct Replay: Codable, Hashable, Sendable {
        /// The record's own offset.
        public var offset: Int64
        /// Where the rejected record stands.
        public var rejectedTopic: String
        /// Its partition.
        public var rejectedPartition: Int32
        /// Its offset.
        public var rejectedOffset: Int64

        /// The record at `offset` repeats the one at `rejectedOffset`.
        public init(offset: Int64, rejectedTopic: String, rejectedPartition: Int32, rejectedOffset: Int64) {
            self.offset = offset
            self.rejectedTopic = rejectedTopic
            self.rejectedPartition = rejectedPartition
            self.rejectedOffset = rejectedOffset
        }
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

/// The last record that a file holds, as the log had it.
///
/// A topic that was deleted and made again has other records at the same offsets: the next worker reads this one again
/// and compares, before it goes on.
public struct LogMark: Codable, Hashable, Sendable {
    /// Its offset.
    public var offset: Int64
    /// Milliseconds since 1970, as the log has it; nil if it has none.
    public var timestamp: Int64?
    /// SHA-256 over key and value, in lower-case hexadecimal.
    public var digest: String

    /// A mark.
    public init(offset: Int64, timestamp: Int64?, digest: String) {
        self.offset = offset
        self.timestamp = timestamp
        self.digest = digest
    }
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
