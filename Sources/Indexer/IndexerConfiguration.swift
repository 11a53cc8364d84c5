public import Kafka

/// What an indexer needs to know; checked before anything is opened.
public struct IndexerConfiguration: Sendable {
    /// The folder that holds the read model: `DATA/<topic>/partition-00003.sqlite`.
    public var dataDirectory: String
    /// A folder of snapshots from which files are made that are not there yet; nil fills them from the log's start.
    public var bootstrapFolder: String?
    /// The topic of bulletins.
    public var topic = "bulletins"
    /// Where records go that cannot be taken.
    public var rejectedTopic = "bulletins.rejected"
    /// The consumer group; its committed offsets mirror the files for lag tools and are never read back.
    public var group = "bulletin-indexer"
    /// Which partitions this indexer reads.
    public var membership = Membership.group
    /// Bootstrap servers and any librdkafka property.
    public var kafka: KafkaConfiguration
    /// How much may be in one transaction.
    public var batch = BatchLimits()
    /// How long it may take, all told, to give a revoked partition up; ``DepartureBounds`` divides it.
    public var revokeTimeout: Duration = .seconds(5)
    /// How long workers may take to finish their transactions when the indexer is told to end.
    public var shutdownTimeout: Duration = .seconds(10)
    /// How long leaving the group may take; it notices by itself after `session.timeout.ms`.
    public var leaveTimeout: Duration = .seconds(4)
    /// How long a stopped partition waits until it is tried again: at first, and at most. Each wait is twice the last.
    public var retryDelays: ClosedRange<Duration> = .seconds(1) ... .seconds(30)
    /// How long the oldest record may wait that is not indexed, for the indexer to be ready.
    public var readyLag: Duration = .seconds(300)
    /// How long ago a broker may last have been heard, for the indexer to be ready.
    public var readyBrokerSilence: Duration = .seconds(30)
    /// How long to wait for the first answer of a broker.
    public var connectTimeout: Duration = .seconds(10)
    /// What to do with a file that another log has filled.
    public var newLogPolicy = NewLogPolicy.refuse

    /// An indexer of the topic `bulletins` into `dataDirectory`.
    public init(dataDirectory: String, kafka: KafkaConfiguration) {
        self.dataDirectory = dataDirectory
        self.kafka = kafka
    }

    /// How long a partition waits that has been tried so often.
    func retryDelay(afterAttempts attempts: Int) -> Duration {
        min(retryDelays.upperBound, retryDelays.lowerBound * (1 << min(attempts - 1, 16)))
    }

    /// Which partitions an indexer reads.
    public enum Membership: Sendable {
        /// Those that the consumer group gives it.
        case group
        /// All of them, without asking a group: for the one indexer of an embedded pipeline, which would only wait for
        /// others to join.
        case everyPartition
    }

    /// Bounds of one transaction (group commit).
    public struct BatchLimits: Sendable {
        /// Records at most.
        public var records = 500
        /// Bytes of values at most.
        public var bytes = 8 * 1024 * 1024
        /// How long a transaction may wait for more records while the log holds more; an idle log never waits.
        public var delay: Duration = .milliseconds(20)

        /// The defaults: 500 records, 8 MiB, 20 ms.
        public init() {}
    }

    /// What to do with a file that another log has filled (another cluster id, or offsets that the log does not have).
    public enum NewLogPolicy: Sendable {
        /// Stop with an error that names the way out.
        case refuse
        /// Start the new log from its beginning and keep the rows: the embedded broker is a new log at each start.
        case adopt
    }
}
