internal import Foundation
public import Kafka
public import Logging
public import ReadModel

/// Makes partition files anew from the log, and compares them with it. Everything blocks and runs on threads of its own.
public struct Maintenance: Sendable {
    /// How one partition compares with its log.
    public struct Verdict: Codable, Hashable, Sendable {
        /// The topic.
        public var topic: String
        /// The partition.
        public var partition: Int32
        /// Up to which offset file and log were compared.
        public var nextOffset: Int64
        /// Whether they say the same.
        public var isEqual: Bool
        /// The file's digest.
        public var digest: String
        /// The digest of what the log makes.
        public var expected: String
        /// The first line of the canonical dump that differs: the file's and the log's, nil where one has ended.
        public var difference: Difference?
    }

    /// The first line in which two canonical dumps differ.
    public struct Difference: Codable, Hashable, Sendable {
        /// Its number, from 1.
        public var line: Int
        /// The file's line.
        public var file: String?
        /// The log's line.
        public var log: String?
    }

    let kafka: KafkaConfiguration
    let dataDirectory: String
    let topic: String
    let logger: Logger

    /// Maintenance of the files of `topic` in a data folder.
    public init(kafka: KafkaConfiguration, dataDirectory: String, topic: String, logger: Logger) {
        self.kafka = kafka
        self.dataDirectory = dataDirectory
        self.topic = topic
        self.logger = logger
    }

    /// The partitions that the folder has files of. Throws `ReadModelError`.
    public func partitions() throws -> [PartitionLocation] {
        try PartitionLocation.all(in: dataDirectory).filter { $0.topic == topic }
    }

    /// Makes the file of a partition once more from the log, as far as it stands, and compares. The file may be written
    /// meanwhile.
    ///
    /// - Parameter onProgress: offset, and where it will be.
    public func verify(
        _ location: PartitionLocation,
        onProgress: @escaping @Sendable (Int64, Int64) -> Void
    ) async throws -> Verdict {
        try await DedicatedThread.run(name: "verify") { [self] in
            let scratch = FileManager.default.temporaryDirectory.appending(
                path: "bulletins-verify-\(UUID().uuidString)"
            )
            defer { try? FileManager.default.removeItem(at: scratch) }
            let (one, other) = (scratch.appending(path: "file").path, scratch.appending(path: "log").path)
            let copied = PartitionLocation(dataDirectory: one, topic: topic, partition: location.partition)
            try FileManager.default.createDirectory(atPath: copied.folder, withIntermediateDirectories: true)
            let state = try PartitionFile.copy(location, to: copied.path).state
            try checkThatLogCanMakeIt(location, state)
            try LogCoverage(kafka: kafka, logger: logger).check(copied, named: location.path)
            let made = PartitionLocation(dataDirectory: other, topic: topic, partition: location.partition)
            try make(made, clusterID: state.clusterID ?? "", upTo: state.nextOffset, onProgress: onProgress)
            let (found, expected) = (
                try ReadModelDigest.digest(dataDirectories: [one]), try ReadModelDigest.digest(dataDirectories: [other])
            )
            let (digest, wanted) = (found.partitions.first?.digest ?? "", expected.partitions.first?.digest ?? "")
            return Verdict(
                topic: topic,
                partition: location.partition,
                nextOffset: state.nextOffset,
                isEqual: digest == wanted,
                digest: digest,
                expected: wanted,
                difference: digest == wanted ? nil : try Self.firstDifference(one, other, in: scratch)
            )
        }
    }

    // MARK: -

    /// Fills a file from the log, up to an offset or all of it. Returns where the file stands.
    ///
    /// - Parameter budget: what it may take of memory; others may be made at the same time.
    @discardableResult
    func make(
        _ location: PartitionLocation,
        clusterID: String,
        upTo end: Int64?,
        _ budget: MemoryBudget = MemoryBudget(partitions: 1),
        onProgress: (Int64, Int64) -> Void
    ) throws -> Int64 {
        let partition = TopicPartition(topic: topic, partition: location.partition)
        let consumer = try KafkaConsumer(configuration: kafka, logger: logger)
        let (log, count): (Watermarks, Int)
        do {
            log = try consumer.queryWatermarks(partition, timeout: .seconds(30))
            count = try consumer.partitionCount(of: topic, timeout: .seconds(30))
            try? consumer.close(timeout: .seconds(2))
        }
        let file = try PartitionFile(location)
        _ = try file.verifyLog(clusterID: clusterID, logStart: log.low, partitionCount: count)
        var kafka = kafka
        // More than a second's work: librdkafka fetches on a second after a queue was full. Less starved the writer.
        kafka["queued.max.messages.kbytes"] = kafka["queued.max.messages.kbytes"] ?? "32768"
        let fold = LogFold(kafka: kafka, logger: logger, batchBytes: budget.batchBytes)
        let nextOffset = try fold.fill(file, partition, upTo: end, onProgress: onProgress)
        try file.close()
        return nextOffset
    }

    private func checkThatLogCanMakeIt(_ location: PartitionLocation, _ state: PartitionState) throws {
        guard state.clusterID != nil, state.generation == 0 else {
            throw IndexerError(
                code: .notPossible,
                message:
                    "\(location.path) was filled from \(state.generation + 1) logs, the last of which is all that there is: "
                    + "it cannot be compared with it"
            )
        }
        let consumer = try KafkaConsumer(configuration: kafka, logger: logger)
        defer { try? consumer.close(timeout: .seconds(2)) }
        let clusterID = try consumer.clusterID(timeout: .seconds(10))
        guard clusterID == state.clusterID else {
            throw IndexerError(
                code: .otherLog,
                message: "\(location.path) was filled from cluster \(state.clusterID ?? "none"), and this is cluster "
                    + "\(clusterID): connect to the right cluster"
            )
        }
    }

    private static func firstDifference(_ one: String, _ other: String, in scratch: URL) throws -> Difference? {
        let files = try [one, other].map { folder in
            let url = scratch.appending(path: UUID().uuidString)
            try Data().write(to: url)
            let file = try FileHandle(forWritingTo: url)
            try ReadModelDigest.dump(dataDirectories: [folder], scope: .log) { line in
                try file.write(contentsOf: Data((line + "\n").utf8))
            }
            try file.close()
            return try String(contentsOf: url, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
        }
        for index in 0..<max(files[0].count, files[1].count) {
            let lines = files.map { index < $0.count ? String($0[index]) : nil }
            if lines[0] != lines[1] { return Difference(line: index + 1, file: lines[0], log: lines[1]) }
        }
        return nil
    }
}
