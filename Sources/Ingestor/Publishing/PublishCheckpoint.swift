internal import Foundation
internal import Kafka
internal import Logging

/// Where the topic stood when a load began, in a file: a load that was interrupted finds out from the topic itself what of
/// it has arrived. So it does not matter when it was interrupted, nor whether it heard of the last acknowledgements.
struct PublishCheckpoint: Codable {
    let cluster: String
    let topic: String
    /// The end of each partition at the beginning of the load.
    let ends: [Int64]

    /// Reads the file, or makes it where there is none. Blocks.
    ///
    /// - Throws: ``PublishCheckpointError``, `KafkaError`.
    static func open(
        _ path: String,
        topic: String,
        kafka: KafkaConfiguration,
        logger: Logger
    ) throws -> (checkpoint: PublishCheckpoint, published: PublishedEvents) {
        let consumer = try KafkaConsumer(configuration: kafka, logger: logger)
        defer { try? consumer.close(timeout: .seconds(5)) }
        let cluster = try consumer.clusterID(timeout: .seconds(10))
        let count = try consumer.partitionCount(of: topic, timeout: .seconds(10))
        var marks: [Watermarks] = []
        for partition in 0..<Int32(count) {
            let place = TopicPartition(topic: topic, partition: partition)
            marks.append(try consumer.queryWatermarks(place, timeout: .seconds(10)))
        }
        guard FileManager.default.fileExists(atPath: path) else {
            let new = PublishCheckpoint(cluster: cluster, topic: topic, ends: marks.map(\.high))
            try new.write(to: path)
            return (new, PublishedEvents())
        }
        let found = try read(path)
        try found.check(cluster: cluster, topic: topic, marks: marks, path: path)
        return (found, try found.published(marks, consumer))
    }

    private static func read(_ path: String) throws -> PublishCheckpoint {
        do {
            return try JSONDecoder().decode(PublishCheckpoint.self, from: Data(contentsOf: URL(filePath: path)))
        } catch {
            throw PublishCheckpointError("\(path) is no checkpoint of a load: name another file, or remove it")
        }
    }

    private func write(to path: String) throws {
        do {
            let data = try JSONEncoder().encode(self)
            try data.write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw PublishCheckpointError("cannot write \(path): name a file in a folder you may write to")
        }
    }

    private func check(cluster: String, topic: String, marks: [Watermarks], path: String) throws {
        guard cluster == self.cluster, topic == self.topic else {
            throw PublishCheckpointError(
                "\(path) is of a load into \(self.topic) of the cluster \(self.cluster), this is \(topic) of \(cluster):"
                    + " name another file, or remove it to begin anew"
            )
        }
        guard marks.count >= ends.count, zip(marks, ends).allSatisfy({ $0.low <= $1 && $1 <= $0.high }) else {
            throw PublishCheckpointError(
                "the topic \(topic) no longer holds what stood in it when the load of \(path) began: remove the file to"
                    + " begin anew"
            )
        }
    }

    /// Reads what the topic has got since the load began.
    private func published(_ marks: [Watermarks], _ consumer: KafkaConsumer) throws -> PublishedEvents {
        let published = PublishedEvents()
        var starts: [TopicPartition: Int64] = [:]
        for (partition, mark) in marks.enumerated() {
            let start = partition < ends.count ? ends[partition] : mark.low
            if start < mark.high { starts[TopicPartition(topic: topic, partition: Int32(partition))] = start }
        }
        for (place, queue) in try consumer.assignManually(starts) {
            var next = starts[place] ?? 0
            let end = marks[Int(place.partition)].high
            while next < end {
                let batch = try queue.read(maxRecords: 1_000, timeout: .seconds(30))
                if batch.isEmpty {
                    throw PublishCheckpointError("\(place) gave nothing from offset \(next) for 30 seconds: try again")
                }
                for record in batch {
                    next = record.offset + 1
                    if let id = record.lastHeader("ce_id")?.value { published.add(id) }
                }
            }
        }
        return published
    }
}

/// A load cannot be taken up again.
public struct PublishCheckpointError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What, where, and what to do.
    public let description: String

    init(_ description: String) { self.description = description }
}
