import CRdKafka

extension KafkaAdmin {
    /// The settings of a topic as the cluster holds them, by Kafka's names (`retention.ms`), defaults included.
    ///
    /// The embedded broker has no such question; ask ``EmbeddedBroker/isEmbedded(clusterID:)`` before.
    ///
    /// - Throws: ``KafkaError``: (`authorization`) without the right DescribeConfigs on the topic.
    public func configuration(of topic: String, timeout: Duration) async throws -> [String: String] {
        try await DedicatedThread.run(name: "kafka-admin") { [self] in
            try describeConfiguration(topic, timeout: timeout)
        }
    }

    /// Whether Kafka takes records out of the middle of the topic's log. False where that cannot be known. Blocks.
    public func isCompacted(topic: String, timeout: Duration) -> Bool {
        guard let clusterID = try? client.clusterID(timeout: timeout), !EmbeddedBroker.isEmbedded(clusterID: clusterID),
            let settings = try? describeConfiguration(topic, timeout: timeout)
        else { return false }
        return settings["cleanup.policy"]?.contains("compact") == true
    }

    private func describeConfiguration(_ topic: String, timeout: Duration) throws(KafkaError) -> [String: String] {
        let operation = "ask for the settings of topic \(topic)"
        guard let resource = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic) else {
            throw KafkaError(.wrongState, operation: operation, reason: "librdkafka made no request")
        }
        defer { rd_kafka_ConfigResource_destroy(resource) }
        return try request(RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, operation: operation, timeout: timeout) {
            options,
            queue in
            var resources: [OpaquePointer?] = [resource]
            rd_kafka_DescribeConfigs(client.pointer, &resources, 1, options, queue)
        } reading: { event throws(KafkaError) in
            try readConfiguration(event, operation: operation)
        }
    }

    private func readConfiguration(_ event: OpaquePointer, operation: String) throws(KafkaError) -> [String: String] {
        var count = 0
        guard
            let result = rd_kafka_event_DescribeConfigs_result(event),
            let resources = rd_kafka_DescribeConfigs_result_resources(result, &count), count > 0,
            let resource = resources[0]
        else {
            throw KafkaError(.wrongState, operation: operation, reason: "the broker's answer names no topic")
        }
        let failure = rd_kafka_ConfigResource_error(resource)
        if failure != RD_KAFKA_RESP_ERR_NO_ERROR {
            let reason = rd_kafka_ConfigResource_error_string(resource).map { String(cString: $0) }
            throw client.context.error(failure, operation: operation, reason: reason)
        }
        var settings: [String: String] = [:]
        var entryCount = 0
        guard let entries = rd_kafka_ConfigResource_configs(resource, &entryCount) else { return settings }
        for entry in UnsafeBufferPointer(start: entries, count: entryCount) {
            guard let entry, let name = rd_kafka_ConfigEntry_name(entry) else { continue }
            settings[String(cString: name)] = rd_kafka_ConfigEntry_value(entry).map { String(cString: $0) }
        }
        return settings
    }
}

/// What in a topic's settings does not agree with being the source of truth.
public enum TopicWarnings {
    /// One line for each setting that loses or refuses records; empty if all is well.
    ///
    /// - Parameters:
    ///   - settings: the topic's, by Kafka's names.
    ///   - recordBytes: the largest record that will be published.
    public static func check(_ settings: [String: String], topic: String, recordBytes: Int) -> [String] {
        var warnings: [String] = []
        for (name, unit) in [("retention.ms", "milliseconds"), ("retention.bytes", "bytes a partition")] {
            guard let value = settings[name].flatMap(Int64.init), value >= 0 else { continue }
            warnings.append(
                "topic \(topic) keeps its records for \(value) \(unit) only (\(name)): what is deleted cannot be indexed anew; "
                    + "set \(name)=-1"
            )
        }
        if let policy = settings["cleanup.policy"], policy.contains("compact") {
            warnings.append(
                "topic \(topic) is compacted (cleanup.policy=\(policy)): earlier revisions get lost; set cleanup.policy=delete"
            )
        }
        if let limit = settings["max.message.bytes"].flatMap(Int.init), limit < recordBytes {
            warnings.append(
                "topic \(topic) takes records up to \(limit) bytes only (max.message.bytes): larger bulletins will be refused; "
                    + "set max.message.bytes=\(recordBytes)"
            )
        }
        return warnings
    }
}
