internal import ArgumentParser
internal import CommandSupport
internal import Console
internal import Indexer
internal import Kafka
internal import Operations
internal import ReadModel

struct SnapshotCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot",
        abstract: "Copy the partition files, with a manifest each, while they are indexed.",
        discussion: """
              bulletin-indexer snapshot --data-dir ./data --to /backup
              bulletin-indexer run --data-dir ./new --bootstrap-from /backup

            A copy is as of one transaction. The manifest holds topic, partition,
            cluster, next offset, schema version and SHA-256; whoever begins from
            a snapshot checks them, and the log.

            JSON fields: topic, partition, clusterID, generation, nextOffset,
            mark{offset, timestamp, digest}, schemaVersion, bytes, sha256.
            """
    )

    @Option(help: ArgumentHelp("Where the copies go.", valueName: "dir")) var to: String
    @Option(
        help: ArgumentHelp("The folder of the read model (default: BULLETINS_DATA_DIR, else ./data).", valueName: "dir")
    )
    var dataDir: String?
    @OptionGroup var output: OutputOptions

    func run() async throws {
        var flags = GivenFlags()
        flags.give(.dataDirectories, dataDir.map { [$0] } ?? [])
        let folder = try ResolvedSettings.resolve(flags: flags).dataDirectory()
        let locations = try PartitionLocation.all(in: folder)
        guard !locations.isEmpty else {
            throw CommandError("\(folder): holds no partition file; give the right --data-dir", exitStatus: .noInput)
        }
        let to = to
        let manifests = try await DedicatedThread.run(name: "snapshot") {
            try locations.map { try Snapshot.take($0, to: to) }
        }
        try output.print(
            manifests,
            [
                Column("topic", value: { $0.topic }),
                Column("partition", value: { Int($0.partition) }),
                Column("nextOffset", title: "next offset", value: { Int($0.nextOffset) }),
                Column("bytes", value: { Int($0.bytes) }),
                Column("sha256", minimumWidth: 64, value: { $0.sha256 }),
            ]
        )
    }
}
