internal import ArgumentParser
internal import CommandSupport
internal import Console
internal import Ingestor
internal import Kafka
internal import Logging
internal import Operations

struct PublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Parse files and folders and publish them, waiting for every delivery report.",
        discussion: """
              bulletin-ingestor publish Examples/
              bulletin-ingestor publish --bootstrap-servers kafka:9092 folder/
              bulletin-ingestor publish --kafka compression.type=lz4 a.html b.txt
              bulletin-ingestor publish --resume load.json dump.jsonl.gz

            The topic is made if it does not exist, with retention for ever.
            Publishing the same again is harmless: indexers take it for what it
            is. With --resume an interrupted run is taken up by the same command:
            what the topic holds of it already is passed over. Ends with 0 only if the broker has acknowledged every input. Every
            flag is also an environment variable and a setting in a file:
            docs/configuration.md.
            """
    )

    @Argument(help: ArgumentHelp("Files, folders, archives; - is standard input.", valueName: "path"))
    var paths: [String]

    @OptionGroup var words: LexiconOptions
    @OptionGroup var kafka: KafkaOptions
    @Option(help: "Partitions, if the topic must be made (default: 6).") var partitions: Int?
    @Option(help: "Copies of each partition, if the topic must be made (default: 0, the cluster's own default).")
    var replicationFactor: Int?
    @Option(
        help: ArgumentHelp(
            "A file by which an interrupted run is taken up again; made at the start, removed at the end.",
            valueName: "file"
        )
    )
    var resume: String?
    @OptionGroup var service: ServiceOptions

    func run() async throws {
        var flags = GivenFlags()
        service.give(to: &flags)
        kafka.give(to: &flags)
        words.give(to: &flags)
        flags.give(.partitions, partitions)
        flags.give(.replicationFactor, replicationFactor)
        let settings = try ResolvedSettings.resolve(flags: flags)
        if try service.printsConfiguration(settings) { return }
        service.startLogging(settings, isInteractive: true)
        let reporter = ErrorReporter(program: "bulletin-ingestor")
        let inputs = InputFinder.find(paths)
        let progress = ProgressLine("publishing", total: inputs.count, unit: "inputs")
        let session = PublishSession(
            kafka: try settings.kafkaConfiguration(),
            topic: settings[.topic],
            rejectedTopic: settings[.rejectedTopic],
            partitions: settings[.partitions],
            isPartitionCountGiven: settings.origin(of: .partitions).layer != .defaultValue,
            replicationFactor: settings[.replicationFactor],
            reader: try settings.documentReader(),
            checkpoint: resume,
            logger: Logger(label: "bulletin-ingestor")
        )
        let report = try await session.publish(inputs) { progress.update(completed: $0.inputs) }
        progress.finish()
        let before = report.alreadyPublished > 0 ? ", \(report.alreadyPublished) were there already" : ""
        reporter.note("\(report.delivered) bulletins published to \(settings[.topic])\(before)")
        try report.failures.throwIfAny(of: report.documents, reporter: reporter)
    }
}
