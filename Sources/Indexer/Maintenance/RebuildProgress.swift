internal import Synchronization

/// How far making partition files anew is, all of them together.
public struct RebuildProgress: Hashable, Sendable {
    /// Offsets of the logs that this run has passed; what an earlier one had made is not among them.
    public var passed: Int64 = 0
    /// How many this run has to pass, as far as is known.
    public var total: Int64 = 0
    /// Partitions that are done with, made or not.
    public var ended = 0
    /// Partitions in all.
    public var partitions: Int
}

/// Adds up how far each partition is. One that is not begun yet counts with its whole log, so that the time left is about
/// right from the start.
final class RebuildTally: Sendable {
    private struct Stretch {
        /// Where this run found the file.
        var begin: Int64?
        var passed: Int64 = 0
        var total: Int64 = 0
        var hasEnded = false
    }

    private let stretches = Mutex<[Int32: Stretch]>([:])
    private let partitions: Int
    private let onProgress: @Sendable (RebuildProgress) -> Void

    init(partitions: Int, _ onProgress: @escaping @Sendable (RebuildProgress) -> Void) {
        self.partitions = partitions
        self.onProgress = onProgress
    }

    /// A partition's log has so many offsets.
    func expect(_ partition: Int32, records: Int64) {
        change(partition) { $0.total = max(0, records) }
    }

    /// A partition's file stands at an offset, and will stand at `end`.
    func reach(_ partition: Int32, _ offset: Int64, of end: Int64) {
        change(partition) { stretch in
            let begin = stretch.begin ?? offset
            stretch.begin = begin
            stretch.passed = offset - begin
            stretch.total = end - begin
        }
    }

    /// A partition is done with; what it has not passed will not be.
    func end(_ partition: Int32) {
        change(partition) { stretch in
            stretch.total = stretch.passed
            stretch.hasEnded = true
        }
    }

    private func change(_ partition: Int32, _ body: (inout Stretch) -> Void) {
        // Told under the lock, so that nobody hears of an older state after a newer one.
        stretches.withLock { stretches in
            body(&stretches[partition, default: Stretch()])
            var progress = RebuildProgress(partitions: partitions)
            for stretch in stretches.values {
                progress.passed += stretch.passed
                progress.total += stretch.total
                if stretch.hasEnded { progress.ended += 1 }
            }
            onProgress(progress)
        }
    }
}
