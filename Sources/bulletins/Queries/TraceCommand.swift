internal import ArgumentParser
internal import Console
internal import ReadModel

struct TraceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract: "How a bulletin came here: received, handed to Kafka, indexed, and when.",
        discussion: """
              bulletins trace 81ac4ae3
              bulletins trace 81ac4ae3 --format json | jq '.[-1].seconds'

            traceId is that of the request's traceparent header, or the one that the
            ingestor made; its log has the same.

            JSON fields: id, revision, traceId, eventId, receivedAt (the event's
            time), recordedAt (Kafka's timestamp), indexedAt, seconds (from received
            to indexed), topic, partition, generation, offset. See docs/cli.md.
            """
    )

    @Argument(help: "The bulletin's id, or the beginning of it.") var id: String
    @OptionGroup var options: QueryOptions

    func run() async throws {
        let reader = try options.reader()
        try options.print(
            try reader.trace(id),
            [
                Column("id", tablePrefix: 12, value: { $0.id }),
                Column("revision", value: { $0.revision }),
                Column("traceId", value: { $0.traceId }),
                Column("receivedAt", value: { $0.receivedAt }),
                Column("recordedAt", value: { $0.recordedAt }),
                Column("indexedAt", value: { $0.indexedAt }),
                Column("seconds", value: { $0.seconds }),
                Column("record", value: { "\($0.topic)[\($0.partition)]@\($0.offset)" }),
            ],
            from: reader
        )
    }
}
