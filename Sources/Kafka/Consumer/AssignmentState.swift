/// What this consumer owns and which rebalance waits for an answer: pure, driven under the consumer's lock.
struct AssignmentState {
    /// The rebalance that librdkafka waits for.
    enum Pending: Equatable {
        case none
        case assigned(Set<TopicPartition>)
        /// `all` is what was revoked, `remaining` what has not been given up yet.
        case revoked(all: Set<TopicPartition>, remaining: Set<TopicPartition>, isLost: Bool)
    }

    enum Action: Equatable {
        /// Tell librdkafka to take these partitions on.
        case assign
        /// Tell librdkafka that these partitions are given up.
        case unassign(Set<TopicPartition>)
        /// Nothing yet: others of the same rebalance are still to be given up.
        case wait
    }

    enum Refusal: Error, Equatable {
        case noAssignmentPending
        case noRevocationPending
        case notOffered([TopicPartition])
        case notRevoked([TopicPartition])
        case notOwned([TopicPartition])
        case lost([TopicPartition])
        case alreadyAssigned
    }

    private(set) var owned: Set<TopicPartition> = []
    private(set) var pending = Pending.none

    /// The group offers partitions.
    mutating func offer(_ partitions: Set<TopicPartition>) {
        pending = .assigned(partitions)
    }

    /// The group takes partitions back.
    mutating func revoke(_ partitions: Set<TopicPartition>, isLost: Bool) {
        switch pending {
        case .none, .assigned:
            pending = .revoked(all: partitions, remaining: partitions, isLost: isLost)
        case .revoked(let all, let remaining, let wasLost):
            pending = .revoked(
                all: all.union(partitions),
                remaining: remaining.union(partitions),
                isLost: isLost || wasLost
            )
        }
    }

    /// The application takes the offered partitions on, or some of them.
    mutating func accept(_ partitions: Set<TopicPartition>) throws(Refusal) -> Action {
        switch pending {
        case .assigned(let offered):
            let foreign = partitions.subtracting(offered)
            guard foreign.isEmpty else { throw .notOffered(foreign.sorted()) }
            owned.formUnion(partitions)
            pending = .none
            return .assign
        case .none, .revoked:
            throw .noAssignmentPending
        }
    }

    /// The application gives partitions up. librdkafka is told once all of the rebalance's partitions are.
    mutating func giveUp(_ partitions: Set<TopicPartition>) throws(Refusal) -> Action {
        switch pending {
        case .revoked(let all, var remaining, let isLost):
            let foreign = partitions.subtracting(remaining)
            guard foreign.isEmpty else { throw .notRevoked(foreign.sorted()) }
            owned.subtract(partitions)
            remaining.subtract(partitions)
            if remaining.isEmpty {
                pending = .none
                return .unassign(all)
            }
            pending = .revoked(all: all, remaining: remaining, isLost: isLost)
            return .wait
        case .none, .assigned:
            throw .noRevocationPending
        }
    }

    /// An assignment without a group replaces the previous one.
    mutating func assignManually(_ partitions: Set<TopicPartition>) {
        owned = partitions
        pending = .none
    }

    /// Everything is gone: closing, or librdkafka has given up.
    mutating func clear() {
        owned = []
        pending = .none
    }

    /// Whether offsets of these partitions may be committed.
    func checkCommit(_ partitions: some Collection<TopicPartition>) throws(Refusal) {
        let foreign = partitions.filter { !owned.contains($0) }
        guard foreign.isEmpty else { throw .notOwned(foreign.sorted()) }
        switch pending {
        case .revoked(_, let remaining, isLost: true):
            let lost = partitions.filter { remaining.contains($0) }
            guard lost.isEmpty else { throw .lost(lost.sorted()) }
        case .none, .assigned, .revoked:
            return
        }
    }
}

extension AssignmentState.Refusal {
    /// The refusal as an error of the consumer.
    func error(_ operation: String) -> KafkaError {
        func list(_ partitions: [TopicPartition]) -> String { partitions.map(\.description).joined(separator: ", ") }
        return switch self {
        case .noAssignmentPending:
            KafkaError(.wrongState, operation: operation, reason: "no assignment waits to be accepted")
        case .noRevocationPending:
            KafkaError(.wrongState, operation: operation, reason: "no partition was revoked")
        case .notOffered(let partitions):
            KafkaError(.wrongState, operation: operation, reason: "not offered by the group: \(list(partitions))")
        case .notRevoked(let partitions):
            KafkaError(.wrongState, operation: operation, reason: "not revoked by the group: \(list(partitions))")
        case .notOwned(let partitions):
            KafkaError(.wrongState, operation: operation, reason: "not assigned to this consumer: \(list(partitions))")
        case .lost(let partitions):
            KafkaError(
                .assignmentLost,
                operation: operation,
                reason: "the group has given these partitions to others: \(list(partitions))"
            )
        case .alreadyAssigned:
            KafkaError(.wrongState, operation: operation, reason: "this consumer is subscribed to a group")
        }
    }
}
