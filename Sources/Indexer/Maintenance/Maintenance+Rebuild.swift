internal import Foundation
internal import Kafka
internal import Logging
internal import ReadModel

extension Maintenance {
    /// How many files are made at a time: as many as there are cores.
    public static var defaultAtOnce: Int { ProcessInfo.processInfo.activeProcessorCount }

    /// Makes the files of partitions anew from the log, several at a time, and puts each in its place when it is made.
    /// Indexers have to be stopped; queries go on with the old files until then. What was made before a kill is gone on with.
    ///
    /// - Parameters:
    ///   - replacesOtherLog: whether files are replaced, too, that this log cannot make again: filled from another cluster, or
    ///     from several logs.
    ///   - atOnce: how many at a time; each takes a core and a share of memory.
    ///   - onProgress: how far all of it is; may come from several threads.
    ///   - onEnd: a partition, and where its new file stands, or why there is none: one that fails does not keep the others
    ///     from being made. What it throws ends the work once those are done that were begun.
    /// - Throws: what keeps all of them from being made: ``IndexerError`` for a folder in use, `KafkaError`.
    public func rebuild(
        partitions: [Int32],
        replacesOtherLog: Bool = false,
        atOnce: Int = Self.defaultAtOnce,
        onProgress: @escaping @Sendable (RebuildProgress) -> Void,
        onEnd: (Int32, Result<Int64, any Error>) throws -> Void
    ) async throws {
        let lock = try DataFolderLock(dataDirectory, mode: .exclusive)
        defer { withExtendedLifetime(lock) {} }
        let admin = try KafkaAdmin(configuration: kafka, logger: logger)
        let clusterID = try await admin.clusterID(timeout: .seconds(10))
        let partitions = Set(partitions).sorted()
        let tally = RebuildTally(partitions: partitions.count, onProgress)
        for partition in partitions {
            // For the time left alone: why a log cannot be read is told by who reads it.
            guard
                let log = try? await admin.watermarks(
                    TopicPartition(topic: topic, partition: partition),
                    timeout: .seconds(10)
                )
            else { continue }
            tally.expect(partition, records: log.high - log.low)
        }
        let workers = max(1, min(atOnce, partitions.count))
        // With more cores comes more memory: no less for each than a good batch takes.
        let budget = MemoryBudget(partitions: min(4, workers))
        try await withThrowingTaskGroup(of: (Int32, Result<Int64, any Error>).self) { group in
            var waiting = partitions[...]
            func startNext() {
                guard let partition = waiting.popFirst() else { return }
                group.addTask {
                    do {
                        try Task.checkCancellation()
                        let end = try await remake(partition, clusterID, replacesOtherLog, budget) {
                            tally.reach(partition, $0, of: $1)
                        }
                        tally.end(partition)
                        return (partition, .success(end))
                    } catch {
                        tally.end(partition)
                        return (partition, .failure(error))
                    }
                }
            }
            for _ in 0..<workers { startNext() }
            while let (partition, result) = try await group.next() {
                try onEnd(partition, result)
                startNext()
            }
        }
    }

    /// Makes the file of one partition anew, as ``rebuild(partitions:replacesOtherLog:atOnce:onProgress:onEnd:)`` does.
    ///
    /// - Parameter onProgress: offset, and where it will be.
    /// - Returns: where the new file stands.
    public func rebuild(
        partition: Int32,
        replacesOtherLog: Bool = false,
        onProgress: @escaping @Sendable (Int64, Int64) -> Void
    ) async throws -> Int64 {
        let lock = try DataFolderLock(dataDirectory, mode: .exclusive)
        defer { withExtendedLifetime(lock) {} }
        let clusterID = try await KafkaAdmin(configuration: kafka, logger: logger).clusterID(timeout: .seconds(10))
        return try await remake(partition, clusterID, replacesOtherLog, MemoryBudget(partitions: 1), onProgress)
    }

    /// On a thread of its own; the folder is the caller's.
    private func remake(
        _ partition: Int32,
        _ clusterID: String,
        _ replacesOtherLog: Bool,
        _ budget: MemoryBudget,
        _ onProgress: @escaping @Sendable (Int64, Int64) -> Void
    ) async throws -> Int64 {
        try await DedicatedThread.run(name: "rebuild-\(partition)") { [self] in
            let location = PartitionLocation(dataDirectory: dataDirectory, topic: topic, partition: partition)
            if !replacesOtherLog {
                try checkThatItIsOfThisLog(location, clusterID: clusterID)
                try checkThatNothingGetsLost(location)
            }
            // A dot in front: neither queries nor indexers take it for a topic's folder.
            let new = PartitionLocation(
                dataDirectory: dataDirectory + "/.rebuild",
                topic: topic,
                partition: partition
            )
            let nextOffset = try make(new, clusterID: clusterID, upTo: nil, budget, onProgress: onProgress)
            try PartitionFile.replace(location, by: new)
            return nextOffset
        }
    }

    /// Whoever names the wrong cluster would put an empty file in the place of a full one.
    private func checkThatItIsOfThisLog(_ location: PartitionLocation, clusterID: String) throws {
        // A file that cannot be read is what this is for.
        guard FileManager.default.fileExists(atPath: location.path),
            let state = try? ReadModelReader(dataDirectories: [dataDirectory]).partitions().first(where: {
                $0.topic == topic && $0.partition == location.partition
            }), let found = state.clusterId
        else { return }
        guard found == clusterID, state.generation == 0 else {
            let reason =
                found == clusterID
                ? "it was filled from \(state.generation + 1) logs, of which this one has only the last"
                : "it was filled from cluster \(found), and this is cluster \(clusterID)"
            throw IndexerError(
                code: .otherLog,
                message:
                    "\(location.path) is not replaced: \(reason); connect to the right cluster, or say --other-log "
                    + "to have what this log holds in its place"
            )
        }
    }

    /// What was deleted from the log since is in the file alone.
    private func checkThatNothingGetsLost(_ location: PartitionLocation) throws {
        // A file that cannot be read is what this is for.
        guard FileManager.default.fileExists(atPath: location.path),
            (try? PartitionFile.inspect(location.path, location)) != nil
        else { return }
        do {
            try LogCoverage(kafka: kafka, logger: logger).check(location, named: location.path)
        } catch let error as IndexerError {
            throw IndexerError(
                code: error.code,
                message: "\(location.path) is not replaced, as this log cannot make it again: \(error.message); "
                    + "say --other-log to have what this log holds in its place"
            )
        }
    }
}
