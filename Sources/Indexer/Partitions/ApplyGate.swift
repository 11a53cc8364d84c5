internal import Foundation
internal import Kafka

/// Lets a few workers at a time decode and apply a batch: decoded, a record takes several times its bytes, and more
/// threads than processors are no faster.
///
/// Who takes longer than `patience` no longer counts: one that hangs (a disk, a lock) must not stop the other partitions,
/// and those that wait must not all pass at once because of it.
///
/// `@unchecked Sendable`: `condition` is held wherever `entered` is used.
final class ApplyGate: @unchecked Sendable {
    private let condition = MonotonicCondition()
    /// When those inside came, in that order.
    private var entered: [(permit: Int, at: ContinuousClock.Instant)] = []
    private var issued = 0
    private let permits: Int
    private let patience: Duration

    /// - Parameters:
    ///   - permits: how many pass at a time.
    ///   - patience: how long one of them keeps others waiting at most.
    init(permits: Int = ProcessInfo.processInfo.activeProcessorCount + 1, patience: Duration = .seconds(1)) {
        self.permits = permits
        self.patience = patience
    }

    /// Blocks until it is the caller's turn.
    func permit() -> Permit {
        condition.withLock {
            while true {
                let now = ContinuousClock.now
                let counting = entered.filter { now - $0.at < patience }
                guard counting.count >= permits, let oldest = counting.first else { break }
                _ = condition.wait(until: oldest.at + patience)
            }
            issued += 1
            entered.append((issued, .now))
            return Permit(issued, of: self)
        }
    }

    private func leave(_ permit: Int) {
        condition.withLock {
            entered.removeAll { $0.permit == permit }
            condition.signal()
        }
    }

    /// The leave to hold a decoded batch; given back by ``giveBack()``, or when it is let go of.
    final class Permit {
        private let number: Int
        private var gate: ApplyGate?

        fileprivate init(_ number: Int, of gate: ApplyGate) {
            self.number = number
            self.gate = gate
        }

        deinit { giveBack() }

        /// Lets another worker pass; for what may take long.
        func giveBack() {
            gate?.leave(number)
            gate = nil
        }
    }
}
