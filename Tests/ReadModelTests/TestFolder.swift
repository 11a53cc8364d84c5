import BulletinEvents
import TestSupport

@testable import ReadModel

/// A data folder of its own for one test, deleted with it.
final class TestFolder {
    private let folder: TemporaryFolder

    var path: String { folder.path }

    init() throws {
        folder = try TemporaryFolder()
    }

    func location(_ partition: Int32 = 0, topic: String = "bulletins") -> PartitionLocation {
        PartitionLocation(dataDirectory: path, topic: topic, partition: partition)
    }

    /// The file of a partition, filled from `cluster`.
    func open(_ partition: Int32 = 0, cluster: String = "cluster-1") throws -> PartitionFile {
        let file = try PartitionFile(location(partition))
        _ = try file.verifyLog(clusterID: cluster)
        return file
    }

    func reader() throws -> ReadModelReader {
        try ReadModelReader(dataDirectories: [path])
    }
}

extension PartitionFile {
    /// Applies entries at consecutive offsets from where the file stands.
    @discardableResult
    func append(_ makers: (Int64) -> LogBatch.Entry...) throws -> ApplySummary {
        let begin = try state().nextOffset
        let entries = makers.enumerated().map { $1(begin + Int64($0)) }
        let outcome = try apply(LogBatch(begin: begin, end: begin + Int64(entries.count), entries: entries))
        guard case .applied(let summary) = outcome else { throw UnexpectedOutcome(outcome: outcome) }
        return summary
    }

    /// Publishes bulletins from where the file stands.
    @discardableResult
    func publish(_ bulletins: Bulletin...) throws -> ApplySummary {
        let begin = try state().nextOffset
        let entries = bulletins.enumerated().map { Sample.published($1, at: begin + Int64($0)) }
        let outcome = try apply(LogBatch(begin: begin, end: begin + Int64(entries.count), entries: entries))
        guard case .applied(let summary) = outcome else { throw UnexpectedOutcome(outcome: outcome) }
        return summary
    }
}

struct UnexpectedOutcome: Error {
    var outcome: ApplyOutcome
}

/// The error that `body` throws, if it is one of ours.
func readModelError(_ body: () throws -> Void) -> ReadModelError? {
    do {
        try body()
        return nil
    } catch {
        return error as? ReadModelError
    }
}
