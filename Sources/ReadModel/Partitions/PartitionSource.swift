internal import Synchronization

/// A partition that can be asked.
enum PartitionSource: Sendable {
    /// A file that this process reads.
    case file(PartitionReader)
    /// A file that a server reads.
    case remote(RemotePartition)

    var file: PartitionReader? {
        switch self {
        case .file(let reader): reader
        case .remote: nil
        }
    }

    var remote: RemotePartition? {
        switch self {
        case .file: nil
        case .remote(let partition): partition
        }
    }

    /// The state at the time of opening.
    var state: PartitionState {
        switch self {
        case .file(let reader): reader.state
        case .remote(let partition): partition.state
        }
    }

    /// What the answers so far hold for at least.
    var asOf: PartitionState {
        switch self {
        case .file(let reader): reader.asOf
        case .remote(let partition): partition.asOf
        }
    }

    /// Where it is, for an order among copies.
    var place: String {
        switch self {
        case .file(let reader): reader.location.path
        case .remote(let partition): partition.path
        }
    }

    /// The partitions that count, by topic and number: of copies of one partition of one cluster the one with the highest
    /// generation and then the highest next offset.
    static func chosen(from all: [PartitionSource]) -> [PartitionSource] {
        var best: [PartitionIdentity: PartitionSource] = [:]
        for source in all {
            let identity = PartitionIdentity(source.state)
            if let other = best[identity], !source.counts(more: other) { continue }
            best[identity] = source
        }
        return best.values.sorted { left, right in
            (left.state.topic, left.state.partition, left.place) < (
                right.state.topic, right.state.partition, right.place
            )
        }
    }

    private func counts(more other: PartitionSource) -> Bool {
        (state.generation, state.nextOffset, other.place) > (other.state.generation, other.state.nextOffset, place)
    }
}

/// Which partition of which log.
struct PartitionIdentity: Codable, Hashable, Sendable {
    var clusterID: String?
    var topic: String
    var partition: Int32

    init(_ state: PartitionState) {
        clusterID = state.clusterID
        topic = state.topic
        partition = state.partition
    }
}

/// A partition behind a server.
final class RemotePartition: Sendable {
    /// Which of the servers.
    let server: Int
    let state: PartitionState
    /// Where the server has its file.
    let path: String
    /// How many partitions its topic has; nil where the file does not say.
    let partitionCount: Int?
    private let first = Mutex<PartitionState?>(nil)

    init(server: Int, _ summary: PartitionSummary, partitionCount: Int?) {
        self.server = server
        self.partitionCount = partitionCount
        path = summary.path
        state = PartitionState(
            clusterID: summary.clusterId,
            topic: summary.topic,
            partition: summary.partition,
            generation: summary.generation,
            nextOffset: summary.nextOffset
        )
    }

    var asOf: PartitionState { first.withLock { $0 } ?? state }

    /// Remembers the state that the first answer held for.
    func answered(asOf state: PartitionState) { first.withLock { $0 = $0 ?? state } }
}
