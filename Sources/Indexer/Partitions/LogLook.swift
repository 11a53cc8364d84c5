internal import Foundation
internal import Kafka
internal import ReadModel
internal import Synchronization

/// A look at the log that goes on while those records are written that wait for it.
///
/// It takes some fetches, and a record by itself is written in less: one after the other, each bulletin that comes after
/// a pause would be late by both. What is written is committed only once the look has found the file's last record.
final class LogLook: Sendable {
    private let outcome = Mutex<Bool?>(nil)
    private let ended = MonotonicCondition()

    /// Begins to look whether `partition` still has the record `mark`.
    init(_ recheck: LogRecheck, for mark: LogMark, in partition: TopicPartition) {
        _ = DedicatedThread(name: "recheck") { [self] in
            // No answer, or another one: the worker looks again by itself, and tells what is wrong.
            let finding = try? recheck.look(at: mark.offset, of: partition, timeout: .seconds(1))
            outcome.withLock { $0 = finding == .record(mark) }
            ended.withLock { ended.broadcast() }
        }
    }

    /// Blocks until the look has ended, for 300 ms at most: true if the record was found.
    ///
    /// A transaction is open meanwhile, and a broker that is slow to answer must not keep it so.
    func confirms() -> Bool {
        let deadline = ContinuousClock.now + .milliseconds(300)
        ended.withLock {
            while outcome.withLock({ $0 }) == nil, ended.wait(until: deadline) {}
        }
        return outcome.withLock { $0 } ?? false
    }
}
