internal import BulletinEvents
internal import Foundation
internal import Kafka
internal import Logging
internal import ReadModel

// How what was read gets into the file, and who hears of it.
extension PartitionWorker {
    /// Applies records in one transaction and returns where the file stands then; nothing is applied if `look` does not
    /// confirm that they are of the file's log.
    func apply(
        _ records: [ConsumerRecord],
        from begin: Int64,
        queue: PartitionQueue,
        file: PartitionFile,
        _ look: LogLook? = nil
    ) throws -> Int64 {
        guard let last = records.last else { return begin }
        let permit = environment.gate.permit()
        defer { permit.giveBack() }
        var batch = decoder.batch(records, from: begin, to: last.offset + 1)
        var published = 0
        while true {
            let rejections = batch.rejections
            // Kafka may be slow, or not there.
            if !rejections.isEmpty {
                permit.giveBack()
                if let look, !look.confirms() { return begin }
            }
            guard environment.rejected.publish(Array(rejections.dropFirst(published)), control: control) else {
                return begin
            }
            published = rejections.count
            guard control.mayCommit else { return begin }
            let started = ContinuousClock.now
            do {
                switch try file.apply(batch, mayCommit: { control.mayCommit && look?.confirms() ?? true }) {
                case .applied(let summary):
                    environment.metrics.committed(summary, records: records.count, in: .now - started)
                    applied(batch, newest: last.timestamp)
                    logger.debug("applied", metadata: ["offsets": "\(begin)..<\(batch.end)"])
                    mirror(batch.end)
                    environment.onProgress(
                        IndexProgress(partition: partition, nextOffset: batch.end, summary: summary)
                    )
                    return batch.end
                case .conflict(let state):
                    let next = try followOtherWriter(state, from: begin, queue: queue, file: file)
                    // What the other has not applied of these records is not read again: it is applied from here.
                    guard next >= begin, next <= last.offset else { return next }
                    permit.giveBack()
                    let rest = Array(records.drop { $0.offset < next })
                    return try apply(rest, from: next, queue: queue, file: file, look)
                case .abandoned: return begin
                }
            } catch let error as ReadModelError where error.code == .interrupted {
                guard control.mayCommit else { return begin }
            } catch let error as ReadModelError where error.code == .busy {
                permit.giveBack()
                warnOfLock(file.location, error)
                guard !control.shouldStop else { return begin }
                control.pause(.milliseconds(200))
            } catch let error as ReadModelError where error.code == .entryRefused {
                // One record fails by itself: it alone is rejected, and the batch is applied again without it.
                guard let index = records.firstIndex(where: { $0.offset == error.entryOffset }) else { throw error }
                batch.entries[index] = .rejected(
                    decoder.rejection(
                        of: records[index],
                        stage: .apply,
                        reason: .notApplicable,
                        message: error.message
                    )
                )
                // The list of rejections changed in the middle: publish the new one, not those published before.
                guard environment.rejected.publish([batch.rejection(at: index)].compactMap(\.self), control: control)
                else { return begin }
                published = batch.rejections.count
            }
        }
    }

    /// Behind the last record there may be markers of transactions, which nobody is shown: without this step the file
    /// would lag behind the log for as long as nothing is published.
    func skipControlRecords(
        upTo end: Int64,
        queue: PartitionQueue,
        file: PartitionFile,
        _ position: inout Int64
    ) throws {
        guard end > position, control.mayCommit else { return }
        switch try file.apply(LogBatch(begin: position, end: end, entries: []), mayCommit: { control.mayCommit }) {
        case .applied(let summary):
            position = end
            environment.status.applied(partition, nextOffset: end, newest: nil, end: end)
            mirror(end)
            environment.onProgress(IndexProgress(partition: partition, nextOffset: end, summary: summary))
        case .conflict(let state):
            position = try followOtherWriter(state, from: position, queue: queue, file: file)
        case .abandoned: break
        }
    }

    /// Tells probes and metrics that the batch can be found now.
    private func applied(_ batch: LogBatch, newest: Int64?) {
        environment.status.applied(
            partition,
            nextOffset: batch.end,
            newest: newest,
            end: environment.consumer.knownWatermarks(partition)?.high
        )
        guard let published = batch.entries.last?.event?.time.flatMap({ try? Date($0, strategy: .iso8601) }) else {
            return
        }
        environment.metrics.endToEnd.recordSeconds(max(0, Date().timeIntervalSince(published)))
    }

    /// Somebody else has applied this part of the log: take up where the file stands now.
    private func followOtherWriter(
        _ state: PartitionState,
        from position: Int64,
        queue: PartitionQueue,
        file: PartitionFile
    ) throws -> Int64 {
        logger.notice(
            "another writer has moved this file on, following it",
            metadata: ["nextOffset": "\(state.nextOffset)", "file": "\(file.location.path)"]
        )
        _ = try file.verifyLog(clusterID: environment.clusterID)
        // A file that went back was replaced by an older copy: what lies between has to be read again.
        if state.nextOffset < position { try queue.seek(to: state.nextOffset, timeout: .seconds(30)) }
        environment.metrics.conflicts.increment()
        return state.nextOffset
    }

    /// Keeps Kafka's committed offset up to date for lag tools; a failure is retried by the next commit.
    func mirror(_ nextOffset: Int64) {
        guard control.mayCommit else { return }
        let logger = logger
        do {
            try environment.consumer.commit([partition: nextOffset]) { result in
                if case .failure(let error) = result {
                    logger.debug("the offset was not mirrored to Kafka", metadata: ["error": "\(error)"])
                }
            }
        } catch {
            logger.debug("the offset was not mirrored to Kafka", metadata: ["error": "\(error)"])
        }
    }
}

extension LogBatch {
    fileprivate var rejections: [RejectedRecord] {
        entries.indices.compactMap(rejection(at:))
    }

    fileprivate func rejection(at index: Int) -> RejectedRecord? {
        if case .rejected(let record) = entries[index] { record } else { nil }
    }
}
