internal import Foundation
internal import GRDB

extension PartitionFile {
    /// Where the file stands now. Throws ``ReadModelError``.
    public func state() throws -> PartitionState {
        known = try access { database, _ in try PartitionFile.readState(database, location) }
        return known
    }

    /// The last record that the file holds, as its log had it; nil where none was applied since schema version 2.
    public func mark() throws -> LogMark? {
        try access { database, _ in try PartitionFile.readMark(database) }
    }

    /// Makes sure that the file was filled from the cluster `clusterID`; a file without a log adopts it and begins at
    /// `logStart`, the first offset that the log holds.
    ///
    /// - Parameter partitionCount: how many partitions the topic has, where that is known; a file that was begun with
    ///   another number is refused: keys have moved, and a bulletin would be in two files.
    ///
    /// Throws ``ReadModelError`` with the code `other-log` if it was filled from another cluster: going on would mix
    /// two logs, and the offset would mean nothing; with the code `other-partitions` for another number of partitions.
    public func verifyLog(
        clusterID: String,
        logStart: Int64 = 0,
        partitionCount: Int? = nil
    ) throws -> LogIdentity {
        try access { database, _ in
            var identity = LogIdentity.matches
            try database.inTransaction(.immediate) {
                var state = try PartitionFile.readState(database, location)
                if let found = state.clusterID {
                    guard found == clusterID else {
                        throw ReadModelError.otherCluster(location, found: found, clusterID: clusterID)
                    }
                } else {
                    state.clusterID = clusterID
                    state.nextOffset = logStart
                    try PartitionFile.write(state, database)
                    identity = .adopted
                }
                if let partitionCount { try adoptPartitionCount(partitionCount, database) }
                known = state
                return .commit
            }
            return identity
        }
    }

    /// Makes the cluster `clusterID` the log behind the file on purpose, from `nextOffset` on, and keeps the rows.
    ///
    /// The embedded broker holds its log in memory, so that each start of it is a new log. Throws ``ReadModelError``.
    @discardableResult
    public func adoptNewLog(clusterID: String, nextOffset: Int64 = 0) throws -> PartitionState {
        try access { database, _ in
            try database.inTransaction(.immediate) {
                var state = try PartitionFile.readState(database, location)
                if state.clusterID != nil { state.generation += 1 }
                state.clusterID = clusterID
                state.nextOffset = nextOffset
                try PartitionFile.write(state, database)
                try database.execute(
                    sql: """
                        UPDATE log_identity
                        SET partition_count = NULL, last_offset = NULL, last_timestamp = NULL, last_digest = NULL
                        WHERE id = 1
                        """
                )
                known = state
                return .commit
            }
            return known
        }
    }

    /// Applies a stretch of the log in one transaction: rows, search index, rejected records and the offset.
    ///
    /// What it does to a bulletin depends on the log alone: the same text again changes nothing, the same text from
    /// another parser replaces what was extracted, another text becomes a new revision, a withdrawal hides the
    /// bulletin until it is published again. If anything fails, nothing is changed.
    ///
    /// - Parameter mayCommit: asked at the end, within the transaction, and once more last: false rolls it back.
    ///
    /// Throws ``ReadModelError``. With the code `entry-refused`, the entry at its `entryOffset` is what SQLite refused:
    /// put a rejected record in its place and apply the batch again.
    public func apply(_ batch: LogBatch, mayCommit: () -> Bool = { true }) throws -> ApplyOutcome {
        try check(batch)
        return try PreparationAhead.countingWriter { try applyChecked(batch, mayCommit: mayCommit) }
    }

    private func applyChecked(_ batch: LogBatch, mayCommit: () -> Bool) throws -> ApplyOutcome {
        try access { database, writer in
            var summary = ApplySummary()
            var conflict: PartitionState?
            var isAbandoned = false
            defer { writer.endTransaction() }
            try database.inTransaction(.immediate) {
                guard try PartitionFile.advance(database, known, from: batch.begin, to: batch.end) else {
                    conflict = try PartitionFile.readState(database, location)
                    return .rollback
                }
                let ahead = PreparationAhead.start(batch.entries)
                defer { ahead?.stop() }
                for (index, entry) in batch.entries.enumerated() {
                    do {
                        let prepared = ahead?.take(index)
                        try writer.apply(entry, prepared, generation: known.generation, summary: &summary)
                    } catch  where ReadModelError.concernsEntry(error) {
                        throw refusal(of: entry, error)
                    }
                }
                for replay in batch.replays { try PartitionFile.write(replay, known.generation, database) }
                if let mark = batch.mark { try PartitionFile.write(mark, database) }
                // Traces say when a bulletin could be found, and the question may wait for its answer.
                isAbandoned = !mayCommit()
                if isAbandoned { return .rollback }
                try PartitionFile.write(batch.traces, known.generation, database)
                isAbandoned = !mayCommit()
                return isAbandoned ? .rollback : .commit
            }
            if isAbandoned { return .abandoned }
            if let conflict {
                known = conflict
                return .conflict(conflict)
            }
            known.nextOffset = batch.end
            return .applied(summary)
        }
    }

    private func refusal(of entry: LogBatch.Entry, _ error: any Error) -> ReadModelError {
        var refusal = ReadModelError.wrap(error, path: location.path)
        refusal.code = .entryRefused
        refusal.entryOffset = entry.offset
        refusal.message = "\(location.path): the record at offset \(entry.offset) cannot be stored: \(error)"
        return refusal
    }

    private func check(_ batch: LogBatch) throws {
        func refuse(_ what: String) -> ReadModelError {
            ReadModelError(.invalidArgument, "\(location.path): a batch \(what)", path: location.path)
        }
        guard batch.begin >= 0, batch.end >= batch.begin else {
            throw refuse("from offset \(batch.begin) to \(batch.end) is none")
        }
        for entry in batch.entries where entry.offset < batch.begin || entry.offset >= batch.end {
            throw refuse("from offset \(batch.begin) to \(batch.end) cannot hold offset \(entry.offset)")
        }
        if let mark = batch.mark, mark.offset < batch.begin || mark.offset >= batch.end {
            throw refuse("from offset \(batch.begin) to \(batch.end) cannot be marked by offset \(mark.offset)")
        }
    }

    private func adoptPartitionCount(_ count: Int, _ database: Database) throws {
        guard let found = try PartitionFile.partitionCount(database) else {
            return try database.execute(
                sql: "UPDATE log_identity SET partition_count = ? WHERE id = 1",
                arguments: [count]
            )
        }
        guard found == count else { throw ReadModelError.otherPartitions(location, found: found, count: count) }
    }
}

// MARK: - The state's row

extension PartitionFile {
    static func findState(_ database: Database) throws -> PartitionState? {
        let row = try SQLStatement(
            database,
            "SELECT cluster_id, topic, partition, generation, next_offset FROM partition_state WHERE id = 1"
        )
        defer { row.reset() }
        guard try row.step() else { return nil }
        return PartitionState(
            clusterID: row.textIfAny(0),
            topic: row.text(1),
            partition: Int32(truncatingIfNeeded: row.int(2)),
            generation: row.int(3),
            nextOffset: row.int(4)
        )
    }

    static func readState(_ database: Database, _ location: PartitionLocation) throws -> PartitionState {
        guard let state = try findState(database) else {
            throw ReadModelError(
                .corrupt,
                "\(location.path) has lost its partition state: move it away, and an indexer fills a new one from the log",
                path: location.path
            )
        }
        return state
    }

    private static func write(_ state: PartitionState, _ database: Database) throws {
        try database.execute(
            sql: "UPDATE partition_state SET cluster_id = ?, generation = ?, next_offset = ? WHERE id = 1",
            arguments: [state.clusterID, state.generation, state.nextOffset]
        )
    }

    static func readMark(_ database: Database) throws -> LogMark? {
        let row = try SQLStatement(
            database,
            "SELECT last_offset, last_timestamp, last_digest FROM log_identity WHERE id = 1"
        )
        defer { row.reset() }
        guard try row.step(), let digest = row.textIfAny(2) else { return nil }
        return LogMark(offset: row.int(0), timestamp: row.intIfAny(1), digest: digest)
    }

    private static func write(_ mark: LogMark, _ database: Database) throws {
        try database.cachedStatement(
            sql: "UPDATE log_identity SET last_offset = ?, last_timestamp = ?, last_digest = ? WHERE id = 1"
        ).execute(arguments: [mark.offset, mark.timestamp, mark.digest])
    }

    private static func write(_ replay: LogBatch.Replay, _ generation: Int64, _ database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO replays (generation, offset, rejected_topic, rejected_partition, rejected_offset)
                VALUES (?, ?, ?, ?, ?)
                """
        ).execute(
            arguments: [
                generation, replay.offset, replay.rejectedTopic, replay.rejectedPartition, replay.rejectedOffset,
            ]
        )
    }

    private static func write(_ traces: [LogBatch.Trace], _ generation: Int64, _ database: Database) throws {
        guard !traces.isEmpty else { return }
        let now = Int64(Date().timeIntervalSince1970 * 1000)
        let insert = try database.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO traces (generation, offset, traceparent, recorded_at, indexed_at)
                VALUES (?, ?, ?, ?, ?)
                """
        )
        for trace in traces {
            try insert.execute(arguments: [generation, trace.offset, trace.traceparent, trace.recordedAt, now])
        }
    }

    /// The compare-and-set: true if the file stood at `begin` of the known log, and stands at `end` now.
    private static func advance(
        _ database: Database,
        _ known: PartitionState,
        from begin: Int64,
        to end: Int64
    ) throws -> Bool {
        try database.cachedStatement(
            sql: """
                UPDATE partition_state SET next_offset = ?
                WHERE id = 1 AND next_offset = ? AND generation = ? AND cluster_id IS ?
                """
        ).execute(arguments: [end, begin, known.generation, known.clusterID])
        return database.changesCount == 1
    }
}
