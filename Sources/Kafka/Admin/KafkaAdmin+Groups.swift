import CRdKafka

/// A consumer group as its coordinator describes it.
public struct ConsumerGroupDescription: Hashable, Sendable {
    /// One member.
    public struct Member: Hashable, Sendable {
        /// The id that the coordinator gave it.
        public var memberID: String
        /// Its `client.id`.
        public var clientID: String
        /// Its `group.instance.id`; nil unless it is a static member.
        public var instanceID: String?
        /// Where it connects from, as the coordinator sees it.
        public var host: String
        /// What it reads.
        public var partitions: [TopicPartition]
    }

    /// The coordinator's word: `Stable`, `PreparingRebalance`, `CompletingRebalance`, `Empty`, `Dead` or `Unknown`.
    public var state: String
    /// The members, by id.
    public var members: [Member]

    /// Who reads a partition.
    public func owner(of partition: TopicPartition) -> Member? {
        members.first { $0.partitions.contains(partition) }
    }
}

/// What a group has committed for a partition.
public struct CommittedOffset: Hashable, Sendable {
    /// The next offset to be read.
    public var offset: Int64
    /// What whoever committed it wrote beside it.
    public var metadata: String?
}

extension KafkaAdmin {
    /// Whether this broker tells who is in a group: the embedded one does not.
    public static func describesGroups(clusterID: String) -> Bool { !EmbeddedBroker.isEmbedded(clusterID: clusterID) }

    /// Who is in a group, and who reads what. A group that does not exist is `Dead` and has no members.
    ///
    /// - Throws: ``KafkaError``: (`authorization`) without the right Describe on the group.
    public func describe(group: String, timeout: Duration) async throws -> ConsumerGroupDescription {
        try await DedicatedThread.run(name: "kafka-admin") { [self] in
            try describeGroup(group, timeout: timeout)
        }
    }

    private func describeGroup(_ group: String, timeout: Duration) throws(KafkaError) -> ConsumerGroupDescription {
        let operation = "ask who is in the group \(group)"
        return try request(RD_KAFKA_ADMIN_OP_DESCRIBECONSUMERGROUPS, operation: operation, timeout: timeout) {
            options,
            queue in
            group.withCString { name in
                var names: [UnsafePointer<CChar>?] = [name]
                rd_kafka_DescribeConsumerGroups(client.pointer, &names, 1, options, queue)
            }
        } reading: { event throws(KafkaError) in
            try readDescription(event, operation: operation)
        }
    }

    private func readDescription(
        _ event: OpaquePointer,
        operation: String
    ) throws(KafkaError) -> ConsumerGroupDescription {
        var count = 0
        guard
            let result = rd_kafka_event_DescribeConsumerGroups_result(event),
            let groups = rd_kafka_DescribeConsumerGroups_result_groups(result, &count), count > 0,
            let group = groups[0]
        else {
            throw KafkaError(.wrongState, operation: operation, reason: "the broker's answer names no group")
        }
        if let error = rd_kafka_ConsumerGroupDescription_error(group) {
            let reason = rd_kafka_error_string(error).map { String(cString: $0) }
            throw client.context.error(rd_kafka_error_code(error), operation: operation, reason: reason)
        }
        let state = rd_kafka_consumer_group_state_name(rd_kafka_ConsumerGroupDescription_state(group))
        let members = (0..<rd_kafka_ConsumerGroupDescription_member_count(group)).compactMap { index in
            rd_kafka_ConsumerGroupDescription_member(group, index).map(Self.member)
        }
        client.context.heardFromBroker()
        return ConsumerGroupDescription(
            state: state.map { String(cString: $0) } ?? "Unknown",
            members: members.sorted { $0.memberID < $1.memberID }
        )
    }

    private static func member(_ member: OpaquePointer) -> ConsumerGroupDescription.Member {
        func text(_ pointer: UnsafePointer<CChar>?) -> String? {
            pointer.map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        let partitions = rd_kafka_MemberDescription_assignment(member)
            .flatMap { rd_kafka_MemberAssignment_partitions($0) }
        return ConsumerGroupDescription.Member(
            memberID: text(rd_kafka_MemberDescription_consumer_id(member)) ?? "",
            clientID: text(rd_kafka_MemberDescription_client_id(member)) ?? "",
            instanceID: text(rd_kafka_MemberDescription_group_instance_id(member)),
            host: text(rd_kafka_MemberDescription_host(member)) ?? "",
            partitions: PartitionList.elements(of: partitions).map(\.partition).sorted()
        )
    }
}
