internal import BulletinEvents
internal import Kafka
internal import ReadModel

/// Turns records of the log into entries of a batch; what cannot be read becomes a rejected record with its bytes.
struct RecordDecoder {
    private let events = EventDecoder()

    /// What the log says from `begin` up to `end`, which `records` are all of.
    func batch(_ records: [ConsumerRecord], from begin: Int64, to end: Int64) -> LogBatch {
        let entries = records.map(entry)
        return LogBatch(
            begin: begin,
            end: end,
            entries: entries,
            mark: records.last.map { LogMark($0) },
            replays: records.compactMap(replay),
            traces: zip(records, entries).compactMap { record, entry in
                guard let event = entry.event else { return nil }
                return LogBatch.Trace(
                    offset: record.offset,
                    traceparent: event.traceparent,
                    recordedAt: record.timestamp
                )
            }
        )
    }

    private func entry(for record: ConsumerRecord) -> LogBatch.Entry {
        let headers = record.headers.map { RejectedRecord.Header(name: $0.name, value: $0.value.map { .init($0) }) }
        let event = record.withValueBytes { value in
            Result { () throws(EventError) in try events.decode(headers: headers, value: value) }
        }
        switch event {
        case .success(.published(let bulletin, let metadata)):
            return .published(bulletin, metadata, offset: record.offset)
        case .success(.withdrawn(let withdrawal, let metadata)):
            return .withdrawn(withdrawal, metadata, offset: record.offset)
        case .failure(let error):
            return .rejected(rejection(of: record, stage: error.stage, reason: error.reason, message: error.message))
        }
    }

    /// What the record says of itself, if it is a rejected one that was published again.
    func replay(of record: ConsumerRecord) -> LogBatch.Replay? {
        func text(_ name: String) -> String? {
            record.lastHeader(name)?.value.map { String(decoding: $0, as: UTF8.self) }
        }
        guard let topic = text(ReplayHeaders.topic),
            let partition = text(ReplayHeaders.partition).flatMap(Int32.init),
            let offset = text(ReplayHeaders.offset).flatMap(Int64.init)
        else { return nil }
        return LogBatch.Replay(
            offset: record.offset,
            rejectedTopic: topic,
            rejectedPartition: partition,
            rejectedOffset: offset
        )
    }

    func rejection(
        of record: ConsumerRecord,
        stage: RejectedRecord.Stage,
        reason: EventError.Reason,
        message: String
    ) -> RejectedRecord {
        RejectedRecord(
            topic: record.topic,
            partition: record.partition,
            offset: record.offset,
            stage: stage,
            reason: reason.rawValue,
            message: message,
            key: record.key.map { .init($0) },
            value: record.value.map { .init($0) },
            headers: record.headers.map { .init(name: $0.name, value: $0.value.map { .init($0) }) }
        )
    }
}

/// Headers of a rejected record that is published again: where it stood. The indexer notes them in the file, so that a
/// record is replayed once, whoever asks for it.
enum ReplayHeaders {
    static let topic = "bulletins.replay.topic"
    static let partition = "bulletins.replay.partition"
    static let offset = "bulletins.replay.offset"
}

extension LogBatch.Entry {
    /// What the event says of itself; nil for a record that cannot be taken.
    var event: EventMetadata? {
        switch self {
        case .published(_, let event, _), .withdrawn(_, let event, _): event
        case .rejected: nil
        }
    }
}
