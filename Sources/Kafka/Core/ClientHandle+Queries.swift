import CRdKafka
import Foundation

// Blocking questions to the cluster, the same for consumers and admin clients.
extension ClientHandle {
    func clusterID(timeout: Duration) throws(KafkaError) -> String {
        guard let id = rd_kafka_clusterid(pointer, timeout.timeoutMilliseconds) else {
            throw context.error(
                RD_KAFKA_RESP_ERR__TIMED_OUT,
                operation: "ask for the cluster id",
                reason: "no answer within \(timeout)"
            )
        }
        defer { rd_kafka_mem_free(pointer, id) }
        return String(cString: id)
    }

    /// Where the log begins and ends.
    ///
    /// librdkafka asks for both at once and tells the answers apart by their order alone: when one has to be asked again
    /// (a leader that moved), both can become the end. A log that seems not to begin at 0 is therefore believed only
    /// when three answers in a row agree on its beginning; a worker that trusted the first would skip the whole log.
    ///
    /// Asks again, for a few seconds, while no broker leads the partition: as in the moments after its topic was made.
    func watermarks(of partition: TopicPartition, timeout: Duration) throws(KafkaError) -> Watermarks {
        var log = try firstAnswer(about: partition, timeout: timeout)
        var agreeing = 1
        for _ in 0..<20 where log.low > 0 && agreeing < 3 {
            usleep(50_000)
            let again = try oneAnswer(about: partition, timeout: timeout)
            agreeing = again.low == log.low ? agreeing + 1 : 1
            log = again
        }
        guard log.low == 0 || agreeing >= 3 else {
            throw context.error(
                RD_KAFKA_RESP_ERR__TIMED_OUT,
                operation: "ask for the watermarks of \(partition)",
                reason: "the answers do not agree on where the log begins"
            )
        }
        return log
    }

    private func firstAnswer(about partition: TopicPartition, timeout: Duration) throws(KafkaError) -> Watermarks {
        let patience = ContinuousClock.now + min(timeout, .seconds(5))
        while true {
            do {
                return try oneAnswer(about: partition, timeout: timeout)
            } catch {
                // By category: librdkafka has codes of its own for a partition that it has not heard of yet.
                let isPassing =
                    error.category == .unknownTopicOrPartition
                    || [.notLeaderForPartition, .leaderNotAvailable].contains(error.code)
                guard isPassing, .now < patience else { throw error }
                usleep(100_000)
                // What librdkafka has once heard of a topic, also that there is none, it goes by for minutes.
                _ = try? allTopics(timeout: min(timeout, .seconds(5)))
            }
        }
    }

    private func oneAnswer(about partition: TopicPartition, timeout: Duration) throws(KafkaError) -> Watermarks {
        var low: Int64 = 0
        var high: Int64 = 0
        let code = rd_kafka_query_watermark_offsets(
            pointer,
            partition.topic,
            partition.partition,
            &low,
            &high,
            timeout.timeoutMilliseconds
        )
        try context.check(code, operation: "ask for the watermarks of \(partition)")
        return Watermarks(low: low, high: high)
    }

    /// Asks about one topic. Brokers older than 0.11 and the embedded one create it by being asked.
    func partitionCount(of topic: String, timeout: Duration) throws(KafkaError) -> Int {
        let operation = "ask for the partitions of \(topic)"
        guard let handle = rd_kafka_topic_new(pointer, topic, nil) else {
            throw context.error(rd_kafka_last_error(), operation: operation)
        }
        defer { rd_kafka_topic_destroy(handle) }
        let counts = try partitionCounts(allTopics: false, topic: handle, timeout: timeout, operation: operation)
        guard let count = counts[topic] else {
            throw context.error(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, operation: operation)
        }
        return try count.get()
    }

    /// The number of partitions of a topic, found in the list of all, which creates nothing.
    func partitionCount(ofExisting topic: String, timeout: Duration) throws(KafkaError) -> Int {
        let operation = "ask for the partitions of \(topic)"
        let counts = try partitionCounts(allTopics: true, topic: nil, timeout: timeout, operation: operation)
        guard let count = counts[topic] else {
            throw context.error(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, operation: operation)
        }
        return try count.get()
    }

    /// All topics with their partition counts; creates nothing.
    func allTopics(timeout: Duration) throws(KafkaError) -> [String: Int] {
        try partitionCounts(allTopics: true, topic: nil, timeout: timeout, operation: "list topics")
            .compactMapValues { try? $0.get() }
    }

    func committed(
        _ partitions: [TopicPartition],
        timeout: Duration
    ) throws(KafkaError) -> [TopicPartition: CommittedOffset] {
        let list = PartitionList(partitions)
        let operation = "ask for committed offsets"
        try context.check(
            rd_kafka_committed(pointer, list.pointer, timeout.timeoutMilliseconds),
            operation: operation
        )
        var result: [TopicPartition: CommittedOffset] = [:]
        for element in list.elements {
            try context.check(element.error, operation: "\(operation) of \(element.partition)")
            guard element.offset >= 0 else { continue }
            let metadata = element.metadata.flatMap { $0.isEmpty ? nil : $0 }
            result[element.partition] = CommittedOffset(offset: element.offset, metadata: metadata)
        }
        return result
    }

    private func partitionCounts(
        allTopics: Bool,
        topic: OpaquePointer?,
        timeout: Duration,
        operation: String
    ) throws(KafkaError) -> [String: Result<Int, KafkaError>] {
        var metadata: UnsafePointer<rd_kafka_metadata>?
        let code = rd_kafka_metadata(pointer, allTopics ? 1 : 0, topic, &metadata, timeout.timeoutMilliseconds)
        try context.check(code, operation: operation)
        guard let metadata else { return [:] }
        defer { rd_kafka_metadata_destroy(metadata) }
        context.heardFromBroker()
        var counts: [String: Result<Int, KafkaError>] = [:]
        for topic in UnsafeBufferPointer(start: metadata.pointee.topics, count: Int(metadata.pointee.topic_cnt)) {
            guard let name = topic.topic.map({ String(cString: $0) }) else { continue }
            counts[name] =
                topic.err == RD_KAFKA_RESP_ERR_NO_ERROR
                ? .success(Int(topic.partition_cnt))
                : .failure(context.error(topic.err, operation: operation))
        }
        return counts
    }
}
