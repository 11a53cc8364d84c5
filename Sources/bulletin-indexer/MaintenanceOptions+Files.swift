internal import CommandSupport
internal import Console
internal import Indexer
internal import ReadModel

extension MaintenanceOptions {
    /// The files that were asked for. Throws `CommandError` where there is none.
    func chosen(_ maintenance: Maintenance) throws -> [PartitionLocation] {
        let all = try maintenance.partitions()
        let chosen = partition.isEmpty ? all : all.filter { partition.contains($0.partition) }
        guard !chosen.isEmpty else {
            throw CommandError(
                "there is no such partition's file here: give the right --data-dir, --topic and --partition",
                exitStatus: .noInput
            )
        }
        return chosen
    }
}
