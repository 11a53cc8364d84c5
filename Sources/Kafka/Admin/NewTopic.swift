/// A topic that should exist.
public struct NewTopic: Sendable {
    /// The name.
    public var name: String
    /// The number of partitions.
    public var partitions: Int
    /// On how many brokers each partition is kept.
    public var replicationFactor: Int
    /// Topic settings as Kafka names them, such as `retention.ms` = `-1`.
    public var configuration: [String: String]

    /// Describes a topic.
    public init(name: String, partitions: Int, replicationFactor: Int = 1, configuration: [String: String] = [:]) {
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
