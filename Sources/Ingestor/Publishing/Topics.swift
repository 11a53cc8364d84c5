public import Kafka
public import Logging

/// Making the topics of the pipeline.
public enum Topics {
    /// Makes those that do not exist; the others are left as they are.
    ///
    /// - Parameters:
    ///   - rejected: made beside them for indexers, who write it, and make it where it is missing: having no right to see or
    ///     make it is no failure.
    ///   - asked: the topic whose number of partitions somebody asked for; told if it has another.
    /// - Throws: `KafkaError` where the broker cannot be reached within `timeout` or refuses.
    public static func create(
        _ topics: [NewTopic],
        rejected: NewTopic,
        kafka: KafkaConfiguration,
        timeout: Duration = .seconds(10),
        asked: String? = nil,
        logger: Logger
    ) async throws {
        let admin = try KafkaAdmin(configuration: kafka, logger: logger)
        for topic in topics {
            let creation = try await admin.createTopic(topic, timeout: timeout)
            logger.debug("topic is there", metadata: ["topic": "\(topic.name)", "outcome": "\(creation)"])
            if topic.name == asked, creation.partitions != topic.partitions {
                logger.warning(
                    "topic \(topic.name) is there with \(creation.partitions) partitions and keeps them, not \(topic.partitions)"
                )
            }
        }
        do {
            let creation = try await admin.createTopic(rejected, timeout: timeout)
            logger.debug("topic is there", metadata: ["topic": "\(rejected.name)", "outcome": "\(creation)"])
        } catch let error as KafkaError where error.category == .authorization {
            logger.debug("the rejected topic is left to the indexers", metadata: ["error": "\(error)"])
        }
    }
}

extension NewTopic {
    /// A topic that keeps everything: the log is the source of truth.
    ///
    /// - Parameter replicationFactor: 0 leaves it to the cluster's own default.
    public static func bulletins(_ name: String, partitions: Int, replicationFactor: Int) -> NewTopic {
        NewTopic(
            name: name,
            partitions: partitions,
            replicationFactor: replicationFactor,
            configuration: NewTopic.keepsEverything
        )
    }
}
