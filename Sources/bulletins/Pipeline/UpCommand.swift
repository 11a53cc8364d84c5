internal import ArgumentParser
internal import CommandSupport
internal import Console
internal import EmbeddedPipeline
internal import Ingestor
internal import Logging
internal import Operations

struct UpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up",
        abstract: "Broker, ingestor and indexer in one process, until everything is searchable.",
        discussion: """
              bulletins up Examples/
              bulletins up --data-dir /srv/bulletins ~/bulletins a.html b.txt
              bulletins up --keep-running Examples/

            The broker is the embedded one: in memory, on loopback only. What is
            indexed stays in the data folder, and running the same again changes
            nothing. For more than one machine use Apache Kafka with
            bulletin-ingestor and bulletin-indexer.
            """
    )

    @Argument(help: ArgumentHelp("Files, folders, archives; - is standard input.", valueName: "path"))
    var paths: [String]

    @Option(
        help: ArgumentHelp("Where the read model lives (default: BULLETINS_DATA_DIR, else ./data).", valueName: "dir")
    )
    var dataDir: String?

    @Option(help: "The topic, which is the folder's name in the data folder (default: bulletins).")
    var topic: String?
    @Option(help: "Partitions of a new read model (default: 4).") var partitions: Int?
    @Flag(help: "Stay after everything is indexed, until SIGTERM or Ctrl-C.") var keepRunning = false
    @Option(
        name: .customLong("kafka"),
        help: ArgumentHelp("Any librdkafka property, repeatable.", valueName: "key=value")
    )
    var properties: [String] = []
    @OptionGroup var words: LexiconOptions
    @OptionGroup var service: ServiceOptions

    func run() async throws {
        var flags = GivenFlags()
        service.give(to: &flags)
        flags.give(.dataDirectories, dataDir.map { [$0] } ?? [])
        flags.give(.topic, topic)
        flags.give(.partitions, partitions)
        flags.kafka = properties
        words.give(to: &flags)
        let settings = try ResolvedSettings.resolve(flags: flags)
        if try service.printsConfiguration(settings) { return }
        service.startLogging(settings, isInteractive: true)
        let reporter = ErrorReporter(program: "bulletins")
        let dataDirectory = try settings.dataDirectory()
        let inputs = InputFinder.find(paths)
        // Nothing to take in is no reason to start a broker and make a data folder.
        let missing = inputs.failures
        if missing.count == inputs.count {
            try IntakeFailures(missing).throwIfAny(of: inputs.count, reporter: reporter)
        }
        let pipeline = try EmbeddedPipeline(
            dataDirectory: dataDirectory,
            topic: settings[.topic],
            partitions: partitions,
            newPartitions: settings.origin(of: .partitions).layer == .defaultValue ? nil : settings[.partitions],
            kafka: settings.kafkaConfiguration(),
            reader: settings.documentReader(),
            logger: Logger(label: "bulletins")
        )
        let keepRunning = keepRunning
        let progress = ProgressLine("indexing", total: inputs.count, unit: "documents")
        let run = PipelineRun(pipeline: pipeline, inputs: inputs, keepRunning: keepRunning, progress: progress) {
            address in
            if keepRunning { reporter.note("the embedded broker listens on \(address)") }
        } onPublished: { report in
            progress.finish()
            if report.published.delivered > 0 || report.published.failures.isEmpty {
                reporter.note(Self.summary(of: report, in: dataDirectory))
            }
            if keepRunning { reporter.note("staying; stop with Ctrl-C or SIGTERM") }
        }
        try await ServiceRunner(logger: Logger(label: "bulletins"), drainDeadline: .seconds(30))
            .run([.init("pipeline", run)])
        progress.finish()
        try run.report.published.failures.throwIfAny(
            of: max(inputs.count, run.report.published.documents),
            reporter: reporter
        )
        if run.report.published.inputs < inputs.count { throw CancellationError() }
    }

    private static func summary(of report: EmbeddedPipeline.Report, in folder: String) -> String {
        let indexed = report.indexed
        var parts = ["\(indexed.created) new", "\(indexed.revised) revised", "\(indexed.unchanged) unchanged"]
        if indexed.reparsed > 0 { parts.append("\(indexed.reparsed) parsed anew") }
        if indexed.rejected > 0 { parts.append("\(indexed.rejected) rejected") }
        return "\(report.published.delivered) bulletins published and indexed into \(folder): "
            + parts.joined(separator: ", ")
    }
}
