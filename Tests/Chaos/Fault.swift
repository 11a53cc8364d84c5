import Kafka

/// One thing that goes wrong.
enum Fault: CustomStringConvertible {
    /// An indexer is killed with -9, and another is started in its place.
    case kill
    /// An indexer is stopped for so long that the group gives its partitions away, and wakes up then.
    case freeze
    /// An indexer is told to end, and another is started in its place.
    case leave
    /// One more indexer.
    case join
    /// The broker takes no connections for a while.
    case brokerDown
    /// The broker's process is killed, and started again after a while.
    case brokerKilled
    /// The broker's process is told to end, and started again after a while.
    case brokerStopped
    /// The broker answers late for a while.
    case brokerSlow
    /// The next requests of one kind fail.
    case requestErrors(EmbeddedBroker.Request, KafkaError.Code)
    /// No room is left on the disk of one data folder, for a while.
    case diskFull
    /// Records that are no events.
    case poison
    /// Records that were published before.
    case repetition

    var description: String {
        switch self {
        case .kill: "kill -9"
        case .freeze: "SIGSTOP past the session timeout, SIGCONT"
        case .leave: "SIGTERM"
        case .join: "join"
        case .brokerDown: "broker down and up"
        case .brokerKilled: "broker killed and started"
        case .brokerStopped: "broker stopped and started"
        case .brokerSlow: "broker slow"
        case .requestErrors(let request, let code): "requests of kind \(request.rawValue) fail with \(code.rawValue)"
        case .diskFull: "disk full"
        case .poison: "poison records"
        case .repetition: "records again"
        }
    }

    /// Faults by kind, in reports.
    var kind: String {
        if case .requestErrors = self { "failing requests" } else { description }
    }

    /// What a broker answers in trouble, by request (org.apache.kafka.common.protocol.Errors). Not every error with every
    /// request: librdkafka's mock cluster ends itself when a member that is joining joins once more.
    private static let errors: [Fault] = [
        .requestErrors(.fetch, .notLeaderForPartition), .requestErrors(.listOffsets, .notLeaderForPartition),
        .requestErrors(.metadata, KafkaError.Code(rawValue: 5)),  // LEADER_NOT_AVAILABLE
        .requestErrors(.offsetCommit, KafkaError.Code(rawValue: 7)),  // REQUEST_TIMED_OUT
        .requestErrors(.offsetCommit, KafkaError.Code(rawValue: 15)),  // COORDINATOR_NOT_AVAILABLE
        .requestErrors(.findCoordinator, KafkaError.Code(rawValue: 15)),
        .requestErrors(.heartbeat, KafkaError.Code(rawValue: 16)),  // NOT_COORDINATOR
        .requestErrors(.heartbeat, .illegalGeneration), .requestErrors(.heartbeat, .unknownMember),
        .requestErrors(.joinGroup, KafkaError.Code(rawValue: 16)),
        // OUT_OF_ORDER_SEQUENCE_NUMBER, of which the harness's own idempotent producer does not recover.
        .requestErrors(.produce, KafkaError.Code(rawValue: 45)),
    ]

    /// The next fault; those of the broker as far as something can be done to it. On a machine where no disk can be filled,
    /// the faults are those of any other, without these.
    static func next(_ generator: inout some RandomNumberGenerator, broker: BrokerAccess) -> Fault {
        let kinds =
            switch broker {
            case .embedded: 26
            case .command: 20
            case .none: 18
            }
        switch Int.random(in: 0..<kinds, using: &generator) {
        case 0..<5: return .kill
        case 5..<8: return .freeze
        case 8..<10: return .leave
        case 10..<12: return .join
        case 12..<14: return .poison
        case 14..<16: return .repetition
        case 16..<18: return .diskFull
        case 18 where broker == .command: return .brokerKilled
        case 19 where broker == .command: return .brokerStopped
        case 18..<20: return .brokerDown
        case 20..<22: return .brokerSlow
        default: return errors.randomElement(using: &generator) ?? .poison
        }
    }
}
