internal import ArgumentParser
internal import Console
internal import ReadModel

struct StatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "How much has been indexed, and how far each partition is.",
        discussion: """
              bulletins stats
              bulletins stats --format json | jq .[0].partitions

            JSON fields: bulletins, revisions, withdrawn, directives, people,
            organizations, documents, rejected, firstDate, lastDate, kinds{},
            sources[{source, bulletins}], months[{month, bulletins, directives}],
            partitions[{topic, partition, clusterId,
            generation, nextOffset, path, fileBytes}], fileBytes. See docs/cli.md.
            """
    )

    @OptionGroup var options: QueryOptions

    func run() async throws {
        let reader = try options.reader()
        let stats = try reader.stats()
        if options.output.resolvedFormat == .table, options.fields == nil {
            let rendering = StatsRendering(
                style: TextStyle(isEnabled: options.output.isColored),
                width: ConsoleOutput.standardOutput.columns
            )
            return try options.print(rendering.text(of: stats), from: reader)
        }
        switch options.output.resolvedFormat {
        case .json, .ndjson:
            try options.print(
                [stats],
                [Column<ReadModelStats>("bulletins", value: { $0.bulletins })],
                from: reader
            )
        case .table, .csv, .markdown:
            try options.print(
                Self.figures(of: stats),
                [Column("figure", value: { $0.name }), Column("value", isFlexible: true, value: { $0.value })],
                from: reader
            )
        }
    }

    private struct Figure: Encodable {
        let name: String
        let value: String
    }

    private static func figures(of stats: ReadModelStats) -> [Figure] {
        var figures = [
            Figure(name: "bulletins", value: "\(stats.bulletins)"),
            Figure(name: "revisions", value: "\(stats.revisions)"),
            Figure(name: "withdrawn", value: "\(stats.withdrawn)"),
            Figure(name: "directives", value: "\(stats.directives)"),
            Figure(name: "people", value: "\(stats.people)"),
            Figure(name: "organizations", value: "\(stats.organizations)"),
            Figure(name: "documents cited", value: "\(stats.documents)"),
            Figure(name: "rejected records", value: "\(stats.rejected)"),
        ]
        if let first = stats.firstDate, let last = stats.lastDate {
            figures.append(Figure(name: "period", value: "\(first) to \(last)"))
        }
        figures += stats.kinds.sorted { $0.key < $1.key }.map { Figure(name: "kind \($0.key)", value: "\($0.value)") }
        figures += stats.sources.map { Figure(name: "source \($0.source)", value: "\($0.bulletins)") }
        figures += stats.partitions.map {
            Figure(
                name: "\($0.topic)[\($0.partition)]",
                value: "next offset \($0.nextOffset), \($0.fileBytes / 1024) KiB"
            )
        }
        return figures
    }
}
