internal import Dispatch
internal import Foundation

/// Lets a few workers at a time decode and apply a batch: decoded, a record takes several times its bytes, and more
/// threads than processors are no faster.
final class ApplyGate: Sendable {
    private let permits: DispatchSemaphore
    /// How long a worker waits at most before it goes on without a permit: one that hangs (a disk, a lock) must not stop
    /// the other partitions.
    private let patience: Duration

    /// - Parameter permits: how many pass at a time.
    init(permits: Int = ProcessInfo.processInfo.activeProcessorCount + 1, patience: Duration = .seconds(1)) {
        self.permits = DispatchSemaphore(value: permits)
        self.patience = patience
    }

    /// Blocks until it is the caller's turn, or until its patience is at an end.
    func permit() -> Permit {
        let isHeld = permits.wait(timeout: .now() + patience / .seconds(1)) == .success
        return Permit(permits: isHeld ? permits : nil)
    }

    /// The leave to hold a decoded batch; given back by ``giveBack()``, or when it is let go of.
    final class Permit {
        private var permits: DispatchSemaphore?

        fileprivate init(permits: DispatchSemaphore?) { self.permits = permits }

        deinit { giveBack() }

        /// Lets another worker pass; for what may take long.
        func giveBack() {
            permits?.signal()
            permits = nil
        }
    }
}
