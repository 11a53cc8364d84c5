public import Kafka
public import Logging
internal import Synchronization

/// Copies a topic into one with another number of partitions: keys, values, headers, and for each key the order.
///
/// Each record goes where its key belongs in the new topic. Of records in different partitions the one with the older
/// timestamp goes first, so that a key that has lived in two partitions (partitions were added to the topic) keeps its
/// order, too, as far as the clocks of those who published agree.
public struct TopicCopy: Sendable {
    private let kafka: KafkaConfiguration
    private let logger: Logger

    /// A copier within the cluster of `kafka`.
    public init(kafka: KafkaConfiguration, logger: Logger) {
        self.kafka = kafka
        self.logger = logger
    }

    /// Makes the topic `target` with `partitions` partitions and copies all of `source` into it.
    ///
    /// - Parameter onProgress: records copied, and how many there are.
    /// - Returns: how many were copied.
    /// - Throws: ``IndexerError`` (`notPossible`) if `target` holds records already; `KafkaError`.
    public func run(
        from source: String,
        to target: String,
        partitions: Int,
        onProgress: @escaping @Sendable (Int, Int) -> Void
    ) async throws -> Int {
        let admin = try KafkaAdmin(configuration: kafka, logger: logger)
        let created = try await admin.createTopic(
            NewTopic(name: target, partitions: partitions, configuration: NewTopic.keepsEverything),
            timeout: .seconds(30)
        )
        guard created.partitions == partitions else {
            throw IndexerError(
                code: .notPossible,
                message: "topic \(target) has \(created.partitions) partitions, not \(partitions): name another one"
            )
        }
        for partition in 0..<Int32(partitions) {
            let log = try await admin.watermarks(
                TopicPartition(topic: target, partition: partition),
                timeout: .seconds(30)
            )
            guard log.high == 0 else {
                throw IndexerError(
                    code: .notPossible,
                    message:
                        "topic \(target) holds records already, perhaps of a copy that was ended: delete it, or name another"
                )
            }
        }
        let producer = try KafkaProducer(
            configuration: RejectedRecordPublisher.configuration(kafka),
            logger: logger
        )
        let failures = Mutex<[KafkaError]>([])
        do {
            let reader = try await DedicatedThread.run(name: "copy") { [kafka, logger] in
                try TopicReader(source, kafka: kafka, logger: logger)
            }
            var copied = 0
            while true {
                let records = try await DedicatedThread.run(name: "copy") { try reader.next(500, for: target) }
                guard !records.isEmpty else { break }
                for record in records {
                    try await producer.enqueue(record) { result in
                        if case .failure(let error) = result { failures.withLock { $0.append(error) } }
                    }
                }
                copied += records.count
                onProgress(copied, reader.total)
            }
            try await producer.flush(timeout: .seconds(120))
            if let error = failures.withLock({ $0.first }) { throw error }
            await producer.close()
            return copied
        } catch {
            await producer.close()
            throw error
        }
    }
}

/// Reads all records of a topic, the oldest first among its partitions.
///
/// `@unchecked Sendable`: its one user calls it from one thread at a time.
private final class TopicReader: @unchecked Sendable {
    private struct Source {
        var records: ArraySlice<ConsumerRecord> = []
        let queue: PartitionQueue
        let end: Int64

        var age: Int64 { records.first?.timestamp ?? 0 }
    }

    /// How many there are, control records counted.
    let total: Int
    private let consumer: KafkaConsumer
    private var sources: [Source] = []

    init(_ topic: String, kafka: KafkaConfiguration, logger: Logger) throws {
        var kafka = kafka
        kafka["enable.partition.eof"] = "true"
        consumer = try KafkaConsumer(configuration: kafka, logger: logger)
        var starts: [TopicPartition: Int64] = [:]
        var ends: [TopicPartition: Int64] = [:]
        for number in 0..<Int32(try consumer.partitionCount(of: topic, timeout: .seconds(30))) {
            let partition = TopicPartition(topic: topic, partition: number)
            let log = try consumer.queryWatermarks(partition, timeout: .seconds(30))
            guard log.low < log.high else { continue }
            (starts[partition], ends[partition]) = (log.low, log.high)
        }
        total = starts.reduce(0) { $0 + Int((ends[$1.key] ?? 0) - $1.value) }
        sources = try consumer.assignManually(starts).sorted { $0.key < $1.key }.map { partition, queue in
            Source(queue: queue, end: ends[partition] ?? 0)
        }
    }

    /// Up to `count` more records, as they go into `topic`; empty at the end. Blocks.
    func next(_ count: Int, for topic: String) throws -> [ProducerRecord] {
        var taken: [ProducerRecord] = []
        while taken.count < count {
            for index in sources.indices where sources[index].records.isEmpty {
                sources[index].records = try read(sources[index])[...]
            }
            sources.removeAll { $0.records.isEmpty }
            guard let oldest = sources.indices.min(by: { sources[$0].age < sources[$1].age }) else { break }
            let record = sources[oldest].records.removeFirst()
            taken.append(ProducerRecord(topic: topic, key: record.key, value: record.value, headers: record.headers))
        }
        return taken
    }

    /// The next records of a partition; empty at its end.
    private func read(_ source: Source) throws -> [ConsumerRecord] {
        while (source.queue.position ?? 0) < source.end {
            let batch = try source.queue.read(maxRecords: 200, timeout: .seconds(30))
            let records = batch.filter { $0.offset < source.end }
            if !records.isEmpty { return records }
            switch batch.interruption {
            case .failure(let error): throw error
            case .endOfPartition, .givenUp: return []
            case nil:
                guard !batch.isEmpty else {
                    throw IndexerError.logIsSilent(source.queue.topicPartition, at: source.queue.position ?? 0)
                }
            }
        }
        return []
    }
}
