public import Kafka

/// Where the relay publishes, and how long it may take to end.
public struct RelayConfiguration: Sendable {
    /// librdkafka's properties.
    public var kafka: KafkaConfiguration
    /// The topic of bulletins.
    public var topic: String
    /// The topic of what cannot be indexed; made beside the other.
    public var rejectedTopic: String
    /// Partitions, if the topic must be made.
    public var partitions: Int
    /// Copies of each partition, if the topic must be made.
    public var replicationFactor: Int
    /// How long it goes on publishing after it was told to end, as long as a broker answers.
    public var drainTime: Duration

    /// A relay to `topic`.
    public init(
        kafka: KafkaConfiguration,
        topic: String,
        rejectedTopic: String,
        partitions: Int,
        replicationFactor: Int,
        drainTime: Duration = .seconds(10)
    ) {
        self.kafka = kafka
        self.topic = topic
        self.rejectedTopic = rejectedTopic
        self.partitions = partitions
        self.replicationFactor = replicationFactor
        self.drainTime = drainTime
    }

    /// The producer's: an event waits for its broker for as long as it takes, unless the properties say otherwise.
    var producer: KafkaConfiguration {
        var kafka = kafka
        kafka["client.id"] = kafka["client.id"] ?? "bulletin-ingestor"
        kafka["message.timeout.ms"] = kafka["message.timeout.ms"] ?? "0"
        // A broker that comes back is found within seconds, whatever the time it was away.
        kafka["reconnect.backoff.max.ms"] = kafka["reconnect.backoff.max.ms"] ?? "2000"
        // While nothing is published, nobody would ask a broker anything, and `/ready` would take it for silent.
        kafka["topic.metadata.refresh.interval.ms"] = kafka["topic.metadata.refresh.interval.ms"] ?? "10000"
        return kafka
    }
}
