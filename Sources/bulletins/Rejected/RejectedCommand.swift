internal import ArgumentParser
internal import BulletinEvents
internal import CommandSupport
internal import Console
internal import Foundation
internal import ReadModel

struct RejectedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rejected",
        abstract: "Records that could not be indexed: list them, look at them, publish them again.",
        discussion: """
              bulletins rejected list
              bulletins rejected show 3:1042
              bulletins rejected replay 3:1042 --bootstrap-servers kafka:9092

            A record is named PARTITION:OFFSET, where it stands in the log.
            """,
        subcommands: [RejectedListCommand.self, RejectedShowCommand.self, RejectedReplayCommand.self]
    )
}

/// `3:1042`: a record by partition and offset.
struct RecordID: ExpressibleByArgument {
    let partition: Int32
    let offset: Int64

    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let partition = Int32(parts[0]), let offset = Int64(parts[1]), partition >= 0,
            offset >= 0
        else { return nil }
        self.partition = partition
        self.offset = offset
    }

    var filter: RejectedFilter {
        var filter = RejectedFilter()
        filter.partition = partition
        filter.offset = offset
        return filter
    }

    var description: String { "\(partition):\(offset)" }
}

struct RejectedListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Records that could not be indexed, by partition and offset.",
        discussion: """
              bulletins rejected list
              bulletins rejected list --reason no-json --open --format ndjson

            JSON fields: id, topic, partition, offset, generation, stage, reason,
            message, key, valueBytes, replayedAt, replayOf. See docs/cli.md.
            """
    )

    @Option(help: "Only of this partition.") var partition: Int32?
    @Option(help: "Only for this reason, such as no-json.") var reason: String?
    @Flag(help: "Only those that were not published again.") var open = false
    @Option(help: "Rows at most; 0 for all.") var limit = 50
    @OptionGroup var data: SourceOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if limit < 0 { throw ValidationError("--limit is 0 (all) or a positive number, not \(limit)") }
    }

    func run() async throws {
        var filter = RejectedFilter()
        (filter.partition, filter.reason, filter.onlyOpen) = (partition, reason, open)
        let reader = try data.openReader()
        try output.print(
            try reader.listRejected(filter, limit: limit == 0 ? nil : limit),
            [
                Column("id", value: { $0.id }),
                Column("stage", value: { $0.stage }),
                Column("reason", value: { $0.reason }),
                Column("key", value: { $0.key }),
                Column("valueBytes", title: "bytes", value: { $0.valueBytes }),
                Column("replayedAt", title: "replayed at", value: { $0.replayedAt.map { Int($0) } }),
                Column("message", isFlexible: true, value: { $0.message }),
            ]
        )
    }
}

struct RejectedShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "One rejected record with its key, value and headers as they came.",
        discussion: """
              bulletins rejected show 3:1042
              bulletins rejected show 3:1042 --value > event.json

            JSON fields: row{} (as in list), clusterID, nextOffset, record{topic,
            partition, offset, stage, reason, message, key, value, headers[{name,
            value}]}; key and values are Base64. See docs/cli.md.
            """
    )

    @Argument(help: ArgumentHelp("The record.", valueName: "partition:offset")) var id: RecordID
    @Flag(help: "Print the value alone, its bytes as they are.") var value = false
    @OptionGroup var data: SourceOptions
    @OptionGroup var output: OutputOptions

    private struct Field: Encodable {
        let name: String
        let value: String
    }

    func run() async throws {
        var found: [StoredRejectedRecord] = []
        try data.openReader().forEachRejected(id.filter) { found.append($0) }
        guard let record = found.last else { throw RejectedCommand.unknown(id) }
        if value {
            try FileHandle.standardOutput.write(contentsOf: Data(record.record.value?.bytes ?? []))
            return
        }
        switch output.resolvedFormat {
        case .json, .ndjson:
            try output.print(found, [Column<StoredRejectedRecord>("id", value: { $0.row.id })])
        case .table, .csv, .markdown:
            try output.print(
                Self.fields(of: record),
                [Column("field", value: { $0.name }), Column("value", isFlexible: true, value: { $0.value })]
            )
        }
    }

    private static func fields(of stored: StoredRejectedRecord) -> [Field] {
        func text(_ bytes: RejectedRecord.Bytes?) -> String {
            bytes.map { String(decoding: $0.bytes, as: UTF8.self) } ?? "null"
        }
        let row = stored.row
        return [
            Field(name: "record", value: "\(row.topic)[\(row.partition)] offset \(row.offset)"),
            Field(name: "stage", value: row.stage), Field(name: "reason", value: row.reason),
            Field(name: "message", value: row.message),
            Field(name: "replayed at", value: row.replayedAt.map { "offset \($0)" } ?? "not replayed"),
            Field(name: "key", value: text(stored.record.key)),
        ] + stored.record.headers.map { Field(name: "header \($0.name)", value: text($0.value)) }
            + [Field(name: "value", value: text(stored.record.value))]
    }
}

extension RejectedCommand {
    static func unknown(_ id: RecordID) -> CommandError {
        CommandError(
            "no rejected record stands at \(id.description); `bulletins rejected list` names them",
            exitStatus: .noInput
        )
    }
}
