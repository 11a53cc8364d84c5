internal import Kafka
internal import Logging
internal import ReadModel

// From the file to the first record: whose log it is, and where it goes on.
extension PartitionWorker {
    /// Opens the file, from a snapshot if there is one and no file yet, and makes sure that it is of this cluster. Waits
    /// while another process holds its lock; nil if the worker shall end instead.
    func openFile() throws -> PartitionFile? {
        let location = PartitionLocation(
            dataDirectory: environment.configuration.dataDirectory,
            topic: partition.topic,
            partition: partition.partition
        )
        while !control.shouldStop {
            do {
                if let folder = environment.configuration.bootstrapFolder {
                    try Snapshot.restore(location, from: folder, clusterID: environment.clusterID, logger: logger)
                }
                let file = try PartitionFile(location, configuration: environment.fileConfiguration)
                try adoptLog(file)
                return file
            } catch let error as ReadModelError where error.code == .busy {
                warnOfLock(location, error)
                control.pause(.seconds(1))
            }
        }
        return nil
    }

    func warnOfLock(_ location: PartitionLocation, _ error: any Error) {
        logger.warning(
            "the file is locked by another process, waiting",
            metadata: ["holder": "\(LockHolder.describe(location) ?? "unknown")", "error": "\(error)"]
        )
    }

    /// Makes sure that the file was filled from this cluster; a new one begins where the log does.
    private func adoptLog(_ file: PartitionFile) throws {
        let state = try file.state()
        do {
            // A file that was begun goes on where it stands, or not at all.
            let start = state.clusterID == nil ? try watermarks().low : 0
            let identity = try file.verifyLog(
                clusterID: environment.clusterID,
                logStart: start,
                partitionCount: partitionCount
            )
            switch identity {
            case .adopted where start > 0:
                logger.warning(
                    "the log does not begin at offset 0: what stood before was deleted and cannot be indexed",
                    metadata: ["firstOffset": "\(start)"]
                )
            case .adopted, .matches: break
            }
        } catch let error as ReadModelError
            where error.code == .otherLog && environment.configuration.newLogPolicy == .adopt
        {
            if let clusterID = state.clusterID, !EmbeddedBroker.isEmbedded(clusterID: clusterID) {
                throw IndexerError.folderOfKafka(file.location.path, clusterID: clusterID)
            }
            let state = try file.adoptNewLog(clusterID: environment.clusterID)
            logger.info("started a new log, the rows are kept", metadata: ["generation": "\(state.generation)"])
        }
    }

    /// Where reading begins.
    struct Resume {
        /// The first offset that is read.
        var start: Int64
        /// The record that has to be there, if one has.
        var mark: LogMark?
        /// Where the log ends, for now.
        var end: Int64
    }

    /// Where reading begins, and the record that has to be there.
    ///
    /// Throws ``IndexerError`` (`logMismatch`) if the log does not reach to `position`.
    func resumePoint(of file: PartitionFile, at position: Int64) throws -> Resume {
        let mark = try file.mark()
        var log = try watermarks()
        // For moments after a change of leader its end may be told too low.
        for _ in 0..<3 where position > log.high && !control.shouldStop {
            control.pause(.seconds(1))
            log = try watermarks()
        }
        switch ResumePoint(nextOffset: position, mark: mark, log: log) {
        case .mark(let mark): return Resume(start: mark.offset, mark: mark, end: log.high)
        case .unmarked(let offset):
            if mark != nil {
                logger.notice(
                    "the last record that the file holds was deleted from the log, and cannot be compared with it",
                    metadata: ["nextOffset": "\(offset)", "logStart": "\(log.low)"]
                )
            }
            return Resume(start: offset, mark: nil, end: log.high)
        case .outsideLog:
            throw IndexerError.logMismatch(partition, nextOffset: position, file: file.location.path, log: log)
        }
    }

    /// Throws ``IndexerError`` (`otherLog`) unless `record`, the first one read, is the one that the file knows.
    func check(_ record: ConsumerRecord?, against mark: LogMark, file: PartitionFile) throws {
        _ = try verdict(on: record.map { .record(LogMark($0)) } ?? .end, at: mark, file: file)
    }

    private func verdict(on finding: LogRecheck.Finding, at mark: LogMark, file: PartitionFile) throws -> Bool {
        try LogRecheck.verdict(
            on: finding,
            at: mark,
            of: partition,
            kafka: environment.configuration.kafka,
            logger: logger
        ).check(mark, of: partition, file: file.location.path)
    }

    /// Begins to look at the log; nil where that is never needed.
    func startLook(of file: PartitionFile) throws -> LogLook? {
        guard let recheck = environment.recheck, let mark = try file.mark() else { return nil }
        return LogLook(recheck, for: mark, in: partition)
    }

    /// Looks whether the log, of which records have been read, is still the one that filled the file; false if the worker
    /// shall end instead.
    ///
    /// Throws ``IndexerError`` (`otherLog`, `logMismatch`) if it is another.
    func recheckLog(of file: PartitionFile, at position: Int64) throws -> Bool {
        guard let recheck = environment.recheck, let mark = try file.mark() else { return true }
        var delay = Duration.milliseconds(50)
        while !control.shouldStop {
            if let finding = try recheck.look(at: mark.offset, of: partition, timeout: .seconds(1)) {
                if try verdict(on: finding, at: mark, file: file) { return true }
                // Deleted by the topic's retention since, or of another log.
                if try resumePoint(of: file, at: position).mark == nil { return true }
            }
            control.pause(delay)
            delay = min(delay * 2, .seconds(1))
        }
        return false
    }

    /// Where the log begins and ends.
    private func watermarks() throws -> Watermarks {
        while true {
            do {
                return try environment.consumer.queryWatermarks(partition, timeout: .seconds(10))
            } catch {
                guard error.isRetriable, !control.shouldStop else { throw error }
                logger.warning("the log's extent is not known yet, asking again", metadata: ["error": "\(error)"])
                control.pause(.seconds(1))
            }
        }
    }
}
