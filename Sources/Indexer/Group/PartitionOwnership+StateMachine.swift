/// What one partition goes through between assignment and release. Pure: it decides, the event loop acts.
///
/// ```
/// assigned → opening → opened → reading → finishing → released
///            │  ↑   └────────┴───────────↗ (revoked, lost or shutdown at any time)
///            ↓  │ tried again
///            stopped (the file or its log is in trouble; the partition stays ours and is not read)
/// ```
struct PartitionOwnership: Equatable, Sendable {
    enum Phase: Equatable, Sendable {
        /// The worker opens the file, waiting for its lock if need be; Kafka waits for our answer meanwhile.
        case opening
        /// The file is open; the answer to Kafka waits for the other partitions of the same assignment.
        case opened(nextOffset: Int64)
        /// The worker reads and applies.
        case reading
        /// The worker ended because its file or its log is in trouble; others go on, and it is tried again.
        case stopped
        /// The worker was told to stop and has not ended yet.
        case finishing(Departure)
        /// Nothing is left to do.
        case released
    }

    /// Why a partition is left.
    enum Departure: Equatable, Sendable {
        /// The group gives it to somebody else: finish the transaction, commit its offset, then give it up.
        case revoked
        /// The group has already given it away: no commit any more.
        case lost
        /// This process ends: finish the transaction and commit its offset; leaving the group gives the rest up.
        case shutdown
    }

    enum Input: Equatable, Sendable {
        case opened(nextOffset: Int64)
        case accepted
        case depart(Departure)
        /// The worker's thread ended; `nextOffset` is the file's if it was read.
        case ended(nextOffset: Int64?)
        /// The worker's thread ended by an error that concerns its partition alone.
        case failed(nextOffset: Int64?)
        /// It is time to try a stopped partition again.
        case retry
        /// The bound on finishing has passed.
        case overdue
    }

    enum Action: Equatable, Sendable {
        case none
        case startReading
        /// Keep the partition without reading it, and try again later.
        case hold
        /// Start another worker.
        case startWorker
        /// Tell the worker to end after its open transaction.
        case stopWorker
        /// Tell the worker that it must not commit any more.
        case forbidCommits
        /// Commit the offset to Kafka (if there is one) and give the partition up.
        case commitAndGiveUp(nextOffset: Int64?)
        /// Give the partition up without a commit.
        case giveUp
        /// Give the partition up although its worker has not ended.
        case abandon
        /// Commit the offset to Kafka; the partition goes with the group membership.
        case commit(nextOffset: Int64?)
        /// Nothing is left to be done for the partition.
        case forget
    }

    private(set) var phase = Phase.opening

    mutating func handle(_ input: Input) -> Action {
        switch (phase, input) {
        case (.opening, .opened(let nextOffset)):
            phase = .opened(nextOffset: nextOffset)
            return .none
        case (.opened, .accepted):
            phase = .reading
            return .startReading
        case (.opening, .depart(let departure)), (.opened, .depart(let departure)), (.reading, .depart(let departure)):
            phase = .finishing(departure)
            return departure == .lost ? .forbidCommits : .stopWorker
        case (.finishing(.lost), .depart):
            return .none
        case (.finishing, .depart(.lost)):
            phase = .finishing(.lost)
            return .forbidCommits
        case (.finishing, .depart(let departure)):
            phase = .finishing(departure)
            return .none
        case (.finishing(let departure), .ended(let nextOffset)), (.finishing(let departure), .failed(let nextOffset)):
            phase = .released
            switch departure {
            case .revoked: return .commitAndGiveUp(nextOffset: nextOffset)
            case .lost: return .giveUp
            case .shutdown: return .commit(nextOffset: nextOffset)
            }
        case (.opening, .ended), (.opened, .ended), (.reading, .ended):
            // The worker ended without being told to: its error ends the service.
            phase = .released
            return .forget
        case (.opening, .failed), (.opened, .failed), (.reading, .failed):
            phase = .stopped
            return .hold
        case (.stopped, .retry):
            phase = .opening
            return .startWorker
        case (.stopped, .depart(let departure)):
            phase = .released
            return departure == .shutdown ? .forget : .giveUp
        case (.finishing(.revoked), .overdue):
            phase = .finishing(.lost)
            return .forbidCommits
        case (.finishing(.lost), .overdue):
            // Its transaction is already being written and cannot be taken back. Whoever reads the partition next waits
            // for the file's lock, and the offset's compare-and-set lets one of the two in.
            phase = .released
            return .abandon
        case (.finishing, .opened), (.finishing, .accepted), (.finishing(.shutdown), .overdue), (.opening, .accepted),
            (.opening, .overdue), (.opened, .opened), (.opened, .overdue), (.reading, .opened), (.reading, .accepted),
            (.reading, .overdue), (.stopped, .opened), (.stopped, .accepted), (.stopped, .ended), (.stopped, .failed),
            (.stopped, .overdue), (.opening, .retry), (.opened, .retry), (.reading, .retry), (.finishing, .retry),
            (.released, _):
            return .none
        }
    }
}
