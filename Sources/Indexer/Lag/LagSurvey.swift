internal import Foundation
public import Kafka
public import Logging
internal import ReadModel

/// Asks files and broker how far each partition is, without joining the group or changing anything.
public struct LagSurvey: Sendable {
    /// What was found.
    public struct Result: Sendable {
        /// The partitions, in their order.
        public var partitions: [PartitionLag]
        /// The coordinator's word for the group's state; nil where it was not told.
        public var groupState: String?
        /// Why the broker's part is missing, or some of it.
        public var troubles: [any Error] = []
    }

    private let dataDirectories: [String]
    private let topic: String
    private let timeout: Duration
    private let logger: Logger

    /// A survey; `timeout` bounds each question to the broker.
    public init(dataDirectories: [String], topic: String, timeout: Duration = .seconds(10), logger: Logger) {
        self.dataDirectories = dataDirectories
        self.topic = topic
        self.timeout = timeout
        self.logger = logger
    }

    /// Where the files stand; of two copies the one that is further. Throws `ReadModelError`.
    public func files() async throws -> Result {
        Result(partitions: try await readFiles().map(\.lag))
    }

    /// Files and broker. Throws `ReadModelError`, and `KafkaError` where no broker answers.
    public func run(kafka: KafkaConfiguration, group: String) async throws -> Result {
        // The files first: what is published meanwhile is lag, and no file is ahead of its log.
        let files = try await readFiles()
        let admin = try KafkaAdmin(configuration: kafka, logger: logger)
        let clusterID = try await admin.clusterID(timeout: timeout)
        let count = try await admin.partitionCount(ofExisting: topic, timeout: timeout)
        try await DedicatedThread.run(name: "check-folder") { [dataDirectories, topic] in
            for folder in dataDirectories {
                try PartitionFile.checkFolder(folder, topic: topic, clusterID: clusterID, partitionCount: count)
            }
        }
        var rows = (0..<Int32(count)).map { partition in
            files.first { $0.lag.partition == partition }?.lag ?? PartitionLag(topic: topic, partition: partition)
        }
        for index in rows.indices {
            let log = try await admin.watermarks(rows[index].topicPartition, timeout: timeout)
            rows[index].compare(start: log.low, end: log.high)
        }
        var result = Result(partitions: rows)
        do {
            try await addCommits(admin, group: group, &result)
        } catch {
            result.troubles.append(error)
        }
        if KafkaAdmin.describesGroups(clusterID: clusterID) {
            do {
                try await addOwners(admin, group: group, &result)
            } catch {
                result.troubles.append(error)
            }
        }
        try await addAges(kafka, &result)
        return result
    }

    // MARK: -

    private func readFiles() async throws -> [(lag: PartitionLag, clusterID: String?)] {
        try await DedicatedThread.run(name: "lag-files") { [dataDirectories, topic] in
            try ReadModelReader(dataDirectories: dataDirectories).partitions().filter { $0.topic == topic }.map {
                found in
                var lag = PartitionLag(topic: topic, partition: found.partition)
                lag.nextOffset = found.nextOffset
                lag.path = found.path
                return (lag, found.clusterId)
            }
        }
    }

    private func addCommits(_ admin: KafkaAdmin, group: String, _ result: inout Result) async throws {
        let committed = try await admin.committedOffsets(
            group: group,
            result.partitions.map(\.topicPartition),
            timeout: timeout
        )
        for index in result.partitions.indices {
            let commit = committed[result.partitions[index].topicPartition]
            result.partitions[index].committedOffset = commit?.offset
            result.partitions[index].committedBy = commit?.metadata
        }
    }

    private func addOwners(_ admin: KafkaAdmin, group: String, _ result: inout Result) async throws {
        let description = try await admin.describe(group: group, timeout: timeout)
        result.groupState = description.state
        for index in result.partitions.indices {
            let owner = description.owner(of: result.partitions[index].topicPartition)
            result.partitions[index].clientID = owner?.clientID
            result.partitions[index].host = owner?.host
            result.partitions[index].memberID = owner?.memberID
        }
    }

    /// Reads the first record that each file does not hold: its time is what lag in seconds counts from.
    private func addAges(_ kafka: KafkaConfiguration, _ result: inout Result) async throws {
        var starts: [TopicPartition: Int64] = [:]
        for lag in result.partitions where lag.lagRecords ?? 0 > 0 {
            starts[lag.topicPartition] = lag.nextOffset ?? lag.startOffset
        }
        guard !starts.isEmpty else { return }
        let ages = try await DedicatedThread.run(name: "lag-ages") { [starts, timeout, logger] in
            try OldestRecords(kafka: kafka, logger: logger).times(starts, timeout: timeout)
        }
        let now = Date().timeIntervalSince1970
        for index in result.partitions.indices {
            switch ages[result.partitions[index].topicPartition] {
            case .published(let milliseconds)?:
                result.partitions[index].lagSeconds = max(0, now - Double(milliseconds) / 1000)
            // Markers of transactions are offsets that nobody waits for.
            case .nothing?: result.partitions[index].lagSeconds = 0
            case .withoutTime?, nil: break
            }
        }
    }
}

extension PartitionLag {
    var topicPartition: TopicPartition { TopicPartition(topic: topic, partition: partition) }
}
