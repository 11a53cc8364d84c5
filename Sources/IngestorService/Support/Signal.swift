internal import Synchronization

/// Wakes one waiting task. Raised while nobody waits, it makes the next wait return at once.
final class Signal: Sendable {
    private struct State {
        var isRaised = false
        var waiter: CheckedContinuation<Void, Never>?
        var ticket: UInt64 = 0
    }

    private let state = Mutex(State())

    /// Lets the waiting task, or else the next one that waits, go on.
    func raise() {
        state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard let waiter = state.waiter else {
                state.isRaised = true
                return nil
            }
            state.waiter = nil
            return waiter
        }?.resume()
    }

    /// Returns when the signal is raised, `timeout` has passed or the task is cancelled. For one task at a time.
    func wait(timeout: Duration) async {
        let ticket = state.withLock { state in
            state.ticket += 1
            return state.ticket
        }
        let alarm = Task { [weak self] in
            do { try await Task.sleep(for: timeout) } catch { return }
            self?.release(ticket)
        }
        defer { alarm.cancel() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state in
                    if state.isRaised || Task.isCancelled {
                        state.isRaised = false
                        return true
                    }
                    state.waiter = continuation
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            release(ticket)
        }
    }

    /// Ends the wait `ticket` and no later one.
    private func release(_ ticket: UInt64) {
        state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard state.ticket == ticket else { return nil }
            defer { state.waiter = nil }
            return state.waiter
        }?.resume()
    }
}
