internal import BulletinEvents
internal import Foundation
public import Kafka
public import Logging
public import ReadModel

/// Publishes rejected records again, each once: after a mistake was mended, or with a newer program.
///
/// What was published again is told by the log alone: the new record names the old one in its headers, and the indexer
/// notes it in the partition's file. A record is taken for replayed if its file says so, or if the part of the log that
/// its file does not hold yet does.
public struct RejectedReplay: Sendable {
    /// What became of one record.
    public enum Outcome: Hashable, Sendable {
        /// It is in the log again, at this offset.
        case published(offset: Int64)
        /// It was in the log again before, at this offset.
        case already(offset: Int64)
    }

    private let kafka: KafkaConfiguration
    private let logger: Logger

    /// Replays to the cluster of `kafka`; nothing is opened before ``run(_:dataDirectory:onOutcome:)``.
    public init(kafka: KafkaConfiguration, logger: Logger) {
        self.kafka = kafka
        self.logger = logger
    }

    /// Publishes records again, in the given order, each to the partition that it came from.
    ///
    /// One replay at a time works on a data folder. Throws `KafkaError`, `ReadModelError`, ``IndexerError``; what was
    /// told to `onOutcome` before is done.
    public func run(
        _ records: [StoredRejectedRecord],
        dataDirectory: String,
        onOutcome: (StoredRejectedRecord, Outcome) throws -> Void
    ) async throws {
        let lock = try DataFolderLock(dataDirectory, mode: .exclusive, name: ".replay", holder: "another replay")
        defer { withExtendedLifetime(lock) {} }
        let admin = try KafkaAdmin(configuration: kafka, logger: logger)
        let clusterID = try await admin.clusterID(timeout: .seconds(10))
        for record in records where record.clusterID != clusterID {
            throw IndexerError.replayToOtherCluster(record, clusterID: clusterID)
        }
        var known: [TopicPartition: [Int64: Int64]] = [:]
        let producer = try KafkaProducer(
            configuration: RejectedRecordPublisher.configuration(kafka),
            logger: logger
        )
        do {
            for record in records {
                let partition = TopicPartition(topic: record.record.topic, partition: record.record.partition)
                if known[partition] == nil {
                    known[partition] = try await replaysBehindFile(partition, from: record.nextOffset)
                }
                if let offset = record.row.replayedAt ?? known[partition]?[record.record.offset] {
                    try onOutcome(record, .already(offset: offset))
                    continue
                }
                let metadata = try await producer.send(Self.producerRecord(record.record))
                known[partition]?[record.record.offset] = metadata.offset
                try onOutcome(record, .published(offset: metadata.offset))
            }
        } catch {
            await producer.close()
            throw error
        }
        await producer.close()
    }

    /// Which records are replayed in the part of the log that the file does not hold yet: the rejected one's offset and
    /// the new one's.
    private func replaysBehindFile(_ partition: TopicPartition, from nextOffset: Int64) async throws -> [Int64: Int64] {
        try await DedicatedThread.run(name: "replay-scan") { [kafka, logger] in
            var kafka = kafka
            kafka["enable.partition.eof"] = "true"
            let consumer = try KafkaConsumer(configuration: kafka, logger: logger)
            defer { try? consumer.close(timeout: .seconds(2)) }
            let log = try consumer.queryWatermarks(partition, timeout: .seconds(10))
            let start = max(nextOffset, log.low)
            var found: [Int64: Int64] = [:]
            guard start < log.high, let queue = try consumer.assignManually([partition: start])[partition] else {
                return found
            }
            let decoder = RecordDecoder()
            let deadline = ContinuousClock.now.advanced(by: .seconds(120))
            // Control records at the end are nobody's to see, and come as the end of the partition.
            while (queue.position ?? start) < log.high {
                guard ContinuousClock.now < deadline else { throw IndexerError.logNotRead(partition) }
                let batch = try queue.read(maxRecords: 1_000, timeout: .milliseconds(500))
                for record in batch {
                    guard let replay = decoder.replay(of: record), replay.rejectedTopic == partition.topic,
                        replay.rejectedPartition == partition.partition
                    else { continue }
                    found[replay.rejectedOffset] = record.offset
                }
                switch batch.interruption {
                case .failure(let error): throw error
                case .endOfPartition(let end) where end >= log.high: return found
                case .endOfPartition, .givenUp, nil: break
                }
            }
            return found
        }
    }

    /// The original key, value and headers, and where it stood; headers of an earlier replay are replaced.
    static func producerRecord(_ record: RejectedRecord) -> ProducerRecord {
        let own = [ReplayHeaders.topic, ReplayHeaders.partition, ReplayHeaders.offset]
        return ProducerRecord(
            topic: record.topic,
            partition: record.partition,
            key: record.key?.bytes,
            value: record.value?.bytes,
            headers: record.headers.filter { !own.contains($0.name) }.map { KafkaHeader($0.name, $0.value?.bytes) } + [
                KafkaHeader(ReplayHeaders.topic, text: record.topic),
                KafkaHeader(ReplayHeaders.partition, text: String(record.partition)),
                KafkaHeader(ReplayHeaders.offset, text: String(record.offset)),
            ]
        )
    }
}

extension IndexerError {
    static func replayToOtherCluster(_ record: StoredRejectedRecord, clusterID: String) -> Self {
        IndexerError(
            code: .otherLog,
            message: """
                rejected record \(record.row.id) of topic \(record.row.topic) came from cluster \
                \(record.clusterID ?? "unknown"), and this is cluster \(clusterID): connect to the right cluster
                """
        )
    }

    static func logNotRead(_ partition: TopicPartition) -> Self {
        IndexerError(
            code: .logMismatch,
            message: """
                \(partition): what the log holds beyond the file could not be read within two minutes, so it is not known what was \
                replayed already; let an indexer catch up, then try again
                """
        )
    }
}
