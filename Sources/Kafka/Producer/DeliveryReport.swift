import Synchronization

/// Carries one delivery report from the producer's thread to one waiting task, whichever comes first.
final class DeliveryReport: Sendable {
    typealias Outcome = Result<RecordMetadata, KafkaError>

    private enum State {
        case pending
        case awaited(CheckedContinuation<Outcome, Never>)
        case settled(Outcome)
    }

    private let state = Mutex(State.pending)

    func fulfil(_ outcome: Outcome) {
        let continuation = state.withLock { state -> CheckedContinuation<Outcome, Never>? in
            switch state {
            case .pending:
                state = .settled(outcome)
                return nil
            case .awaited(let continuation):
                state = .settled(outcome)
                return continuation
            case .settled:
                return nil
            }
        }
        continuation?.resume(returning: outcome)
    }

    /// To be called once.
    func outcome() async -> Outcome {
        await withCheckedContinuation { continuation in
            let settled = state.withLock { state -> Outcome? in
                switch state {
                case .pending, .awaited:
                    state = .awaited(continuation)
                    return nil
                case .settled(let outcome):
                    return outcome
                }
            }
            if let settled { continuation.resume(returning: settled) }
        }
    }
}
