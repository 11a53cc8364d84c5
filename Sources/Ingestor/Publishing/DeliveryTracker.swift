internal import Kafka
internal import Synchronization

/// Counts delivery reports and lets one task wait for the last of them.
final class DeliveryTracker: Sendable {
    private struct State {
        var accepted = 0
        var report: PublishReport
        var settled = 0
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state: Mutex<State>

    init(_ report: PublishReport) {
        state = Mutex(State(report: report))
    }

    var report: PublishReport { state.withLock { $0.report } }

    func inputTaken() {
        state.withLock { $0.report.inputs += 1 }
    }

    func documentTaken() {
        state.withLock { $0.report.documents += 1 }
    }

    func passedOver() {
        state.withLock { $0.report.alreadyPublished += 1 }
    }

    func failed(_ failure: IntakeFailure) {
        state.withLock { $0.report.failures.append(failure) }
    }

    func accepted() {
        state.withLock { $0.accepted += 1 }
    }

    func settled(_ result: Result<Int, IntakeFailure>) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            switch result {
            case .success(let bytes):
                state.report.delivered += 1
                state.report.deliveredBytes += bytes
            case .failure(let failure): state.report.failures.append(failure)
            }
            state.settled += 1
            guard state.settled == state.accepted else { return nil }
            defer { state.waiter = nil }
            return state.waiter
        }
        // Outside the lock: the waiter goes on at once.
        waiter?.resume()
    }

    /// Returns when every accepted record has its delivery report.
    func allSettled() async {
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                if state.settled == state.accepted { return true }
                state.waiter = continuation
                return false
            }
            if isDone { continuation.resume() }
        }
    }
}
