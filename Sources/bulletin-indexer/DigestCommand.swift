internal import ArgumentParser
internal import CommandSupport
internal import Console
internal import ReadModel

struct DigestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digest",
        abstract: "A canonical SHA-256 per partition, and one over all bulletins.",
        discussion: """
              bulletin-indexer digest --data-dir ./data
              bulletin-indexer digest --format json | jq -r '.[-1].digest'

            A partition's digest covers all that its log prefix determines, its
            next offset included. The last row is over all bulletins and does not
            depend on how they are partitioned nor when they were published: two
            read models of the same bulletins have the same one.

            JSON fields: scope (partition or bulletins), topic, partition,
            nextOffset, bulletins, digest. See docs/cli.md.
            """
    )

    @OptionGroup var data: DataFolderOptions
    @OptionGroup var output: OutputOptions

    private struct Row: Encodable {
        let scope: String
        let topic: String?
        let partition: Int32?
        let nextOffset: Int64?
        let bulletins: Int?
        let digest: String
    }

    func run() async throws {
        let report = try ReadModelDigest.digest(dataDirectories: try data.folders())
        let rows =
            report.partitions.map {
                Row(
                    scope: "partition",
                    topic: $0.topic,
                    partition: $0.partition,
                    nextOffset: $0.nextOffset,
                    bulletins: nil,
                    digest: $0.digest
                )
            } + [
                Row(
                    scope: "bulletins",
                    topic: nil,
                    partition: nil,
                    nextOffset: nil,
                    bulletins: report.bulletinCount,
                    digest: report.bulletins
                )
            ]
        try output.print(
            rows,
            [
                Column("scope", value: { $0.scope }),
                Column("topic", value: { $0.topic }),
                Column("partition", value: { $0.partition.map(Int.init) }),
                Column("nextOffset", title: "next offset", value: { $0.nextOffset.map(Int.init) }),
                Column("bulletins", value: { $0.bulletins }),
                Column("digest", minimumWidth: 64, value: { $0.digest }),
            ]
        )
    }
}
