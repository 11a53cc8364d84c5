import CRdKafka
public import Logging

/// Creates topics and answers questions about the cluster. Everything blocking runs on a thread of its own.
public final class KafkaAdmin: Sendable {
    let client: ClientHandle
    private let configuration: KafkaConfiguration
    private let logger: Logger

    /// Makes an admin client; connecting goes on in the background.
    ///
    /// - Throws: ``KafkaError`` of category `configuration` that names the setting.
    public init(configuration: KafkaConfiguration, logger: Logger) throws(KafkaError) {
        try configuration.validate()
        self.configuration = configuration
        self.logger = logger
        // A consumer handle, because its questions about topics don't create them; it never joins a group.
        client = try Self.makeClient(configuration, logger: logger, settings: [])
    }

    /// Makes sure that a topic exists. A topic that exists already is a success.
    ///
    /// - Throws: ``KafkaError``.
    public func createTopic(_ topic: NewTopic, timeout: Duration) async throws -> TopicCreation {
        try await DedicatedThread.run(name: "kafka-admin") { [self] in
            let deadline = ContinuousClock.now + timeout
            // Asking first spares those without the right to create topics, and brokers that cannot.
            if let count = try client.allTopics(timeout: timeout)[topic.name] {
                return .alreadyExisted(partitions: count)
            }
            let left = max(.seconds(1), ContinuousClock.now.duration(to: deadline))
            // The embedded broker has neither CreateTopics nor a controller to wait for. No other is asked like that:
            // its defaults, a retention of some days among them, are not what the topic shall have.
            if EmbeddedBroker.isEmbedded(clusterID: try client.clusterID(timeout: left)) {
                return .autoCreated(partitions: try autoCreate(topic.name, timeout: left))
            }
            do {
                try requestCreation(topic, timeout: left)
                return .created(partitions: topic.partitions)
            } catch let error as KafkaError where error.code == .topicAlreadyExists {
                // Somebody else was faster.
                return .alreadyExisted(partitions: try client.partitionCount(of: topic.name, timeout: .seconds(5)))
            }
        }
    }

    /// The number of the topic's partitions.
    public func partitionCount(of topic: String, timeout: Duration) async throws -> Int {
        try await DedicatedThread.run(name: "kafka-admin") { [client] in
            try client.partitionCount(of: topic, timeout: timeout)
        }
    }

    /// The number of partitions of a topic that is there, from the list of all: unlike ``partitionCount(of:timeout:)`` it
    /// makes none on the embedded broker either, but cannot tell a topic that may not be seen from one that is not there.
    public func partitionCount(ofExisting topic: String, timeout: Duration) async throws -> Int {
        try await DedicatedThread.run(name: "kafka-admin") { [client] in
            try client.partitionCount(ofExisting: topic, timeout: timeout)
        }
    }

    /// All topics with their partition counts.
    public func topics(timeout: Duration) async throws -> [String: Int] {
        try await DedicatedThread.run(name: "kafka-admin") { [client] in try client.allTopics(timeout: timeout) }
    }

    /// Where the partition's log starts and ends.
    public func watermarks(_ partition: TopicPartition, timeout: Duration) async throws -> Watermarks {
        try await DedicatedThread.run(name: "kafka-admin") { [client] in
            try client.watermarks(of: partition, timeout: timeout)
        }
    }

    /// The cluster's id.
    public func clusterID(timeout: Duration) async throws -> String {
        try await DedicatedThread.run(name: "kafka-admin") { [client] in try client.clusterID(timeout: timeout) }
    }

    /// A group's committed offsets; partitions without one are absent.
    public func committed(
        group: String,
        _ partitions: [TopicPartition],
        timeout: Duration
    ) async throws -> [TopicPartition: Int64] {
        try await committedOffsets(group: group, partitions, timeout: timeout).mapValues(\.offset)
    }

    /// A group's committed offsets with what stands beside them; partitions without one are absent.
    public func committedOffsets(
        group: String,
        _ partitions: [TopicPartition],
        timeout: Duration
    ) async throws -> [TopicPartition: CommittedOffset] {
        try await DedicatedThread.run(name: "kafka-admin") { [configuration, logger] in
            // A client asks for the offsets of its own group; it doesn't join it for that.
            let client = try Self.makeClient(configuration, logger: logger, settings: [("group.id", group)])
            return try client.committed(partitions, timeout: timeout)
        }
    }

    // MARK: -

    private static func makeClient(
        _ configuration: KafkaConfiguration,
        logger: Logger,
        settings: [(String, String)]
    ) throws(KafkaError) -> ClientHandle {
        var configuration = configuration.withDefaults([
            ("client.id", "bulletins-admin"), ("enable.auto.commit", "false"),
        ])
        for (key, value) in settings { configuration[key] = value }
        let context = ClientContext(
            role: .admin,
            logger: logger,
            bootstrapServers: configuration.bootstrapServers ?? ""
        )
        // No events: nothing polls this client's queue, so nothing may be put there.
        configuration["statistics.interval.ms"] = "0"
        return try ClientHandle(RD_KAFKA_CONSUMER, configuration: configuration, events: 0, context: context)
    }

    private func autoCreate(_ topic: String, timeout: Duration) throws(KafkaError) -> Int {
        let creator = try Self.makeClient(
            configuration,
            logger: logger,
            settings: [("allow.auto.create.topics", "true")]
        )
        let deadline = ContinuousClock.now + timeout
        while true {
            let left = ContinuousClock.now.duration(to: deadline)
            do {
                return try creator.partitionCount(of: topic, timeout: left)
            } catch {
                // Brokers answer "no leader yet" while they create it. The metadata request itself paces this loop.
                guard error.isRetriable || error.category == .unknownTopicOrPartition, left > .zero else { throw error }
            }
        }
    }

    private func requestCreation(_ topic: NewTopic, timeout: Duration) throws(KafkaError) {
        let operation = "create topic \(topic.name)"
        var message = [CChar](repeating: 0, count: 512)
        guard
            let newTopic = rd_kafka_NewTopic_new(
                topic.name,
                Int32(clamping: topic.partitions),
                topic.replicationFactor == 0 ? -1 : Int32(clamping: topic.replicationFactor),  // -1: see KIP-464
                &message,
                message.count
            )
        else {
            throw KafkaError(.invalidArgument, operation: operation, reason: ConfigurationHandle.string(from: message))
        }
        defer { rd_kafka_NewTopic_destroy(newTopic) }
        for (name, value) in topic.configuration.sorted(by: { $0.key < $1.key }) {
            try client.context.check(rd_kafka_NewTopic_set_config(newTopic, name, value), operation: operation)
        }
        try request(RD_KAFKA_ADMIN_OP_CREATETOPICS, operation: operation, timeout: timeout) { options, queue in
            // For the broker to have the topic ready on all brokers, too.
            rd_kafka_AdminOptions_set_operation_timeout(options, max(1, timeout.timeoutMilliseconds), nil, 0)
            var requests: [OpaquePointer?] = [newTopic]
            rd_kafka_CreateTopics(client.pointer, &requests, 1, options, queue)
        } reading: { event throws(KafkaError) in
            try checkCreation(event, operation: operation)
        }
    }

    private func checkCreation(_ event: OpaquePointer, operation: String) throws(KafkaError) {
        var count = 0
        guard
            let result = rd_kafka_event_CreateTopics_result(event),
            let topics = rd_kafka_CreateTopics_result_topics(result, &count)
        else {
            throw KafkaError(.wrongState, operation: operation, reason: "the broker's answer names no topic")
        }
        for topic in UnsafeBufferPointer(start: topics, count: count) {
            let code = rd_kafka_topic_result_error(topic)
            guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { continue }
            let reason = rd_kafka_topic_result_error_string(topic).map { String(cString: $0) }
            throw client.context.error(code, operation: operation, reason: reason)
        }
    }
}
