internal import CommandSupport
internal import Console
internal import Indexer

extension Maintenance {
    /// Makes files anew and shows how far that is. A partition that fails is named, and the others are made all the same.
    ///
    /// - Parameter onMade: a partition, and where its new file stands.
    /// - Throws: the error of the only partition, or a `CommandError` that names all that have failed.
    func rebuild(
        told partitions: [Int32],
        replacesOtherLog: Bool = false,
        atOnce: Int?,
        onMade: (Int32, Int64) throws -> Void
    ) async throws {
        let label = partitions.count == 1 ? "partition \(partitions[0])" : "\(partitions.count) partitions"
        let progress = ProgressLine(label, total: nil, unit: "records")
        defer { progress.finish() }
        let reporter = ErrorReporter(program: "bulletin-indexer")
        var failed: [Int32] = []
        var status: ExitStatus?
        try await rebuild(
            partitions: partitions,
            replacesOtherLog: replacesOtherLog,
            atOnce: atOnce ?? Self.defaultAtOnce,
            onProgress: {
                progress.update(
                    completed: Int($0.passed),
                    total: Int($0.total),
                    detail: $0.partitions > 1 ? "\($0.ended) of \($0.partitions) partitions done" : nil
                )
            },
            onEnd: { partition, result in
                switch result {
                case .success(let nextOffset): try onMade(partition, nextOffset)
                case .failure(let error) where partitions.count == 1: throw error
                case .failure(let error):
                    let known = ErrorTranslation.userFacing(error)
                    failed.append(partition)
                    status = status ?? known?.exitStatus ?? .internalError
                    reporter.warn("partition \(partition): \(known?.message ?? "internal error: \(error)")")
                }
            }
        )
        guard let status else { return }
        let names = failed.sorted().map(String.init).joined(separator: ", ")
        throw CommandError("partition \(names): not made anew, for the reasons above", exitStatus: status)
    }
}
