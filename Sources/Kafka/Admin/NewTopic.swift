/// A topic that should exist.
public struct NewTopic: Sendable {
    /// The name.
    public var name: String
    /// The number of partitions.
    public var partitions: Int
    /// On how many brokers each partition is kept; 0 leaves it to the cluster's own default (Kafka 2.4 and later).
    public var replicationFactor: Int
    /// Topic settings as Kafka names them, such as `retention.ms` = `-1`.
    public var configuration: [String: String]

    /// The settings of a topic that keeps every record for ever and takes the largest that ``KafkaProducer`` sends.
    public static let keepsEverything = [
        "retention.ms": "-1", "retention.bytes": "-1", "cleanup.policy": "delete",
        "max.message.bytes": String(KafkaProducer.maximumRecordBytes),
    ]

    /// Describes a topic.
    public init(name: String, partitions: Int, replicationFactor: Int = 0, configuration: [String: String] = [:]) {
        self.name = name
        self.partitions = partitions
        self.replicationFactor = replicationFactor
        self.configuration = configuration
    }
}

/// How it comes that a topic exists.
public enum TopicCreation: Sendable, Equatable {
    /// It was created as described.
    case created(partitions: Int)
    /// It existed before, with so many partitions and its own settings.
    case alreadyExisted(partitions: Int)
    /// The broker doesn't let clients create topics (the embedded one); asking for the topic created it with the
    /// broker's defaults, so the settings asked for don't apply.
    case autoCreated(partitions: Int)

    /// The number of partitions the topic has.
    public var partitions: Int {
        switch self {
        case .created(let partitions), .alreadyExisted(let partitions), .autoCreated(let partitions): partitions
        }
    }
}
