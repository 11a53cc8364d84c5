internal import ArgumentParser
internal import CommandSupport
internal import IngestorService
internal import Logging
internal import Operations

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Take bulletins by HTTP and from a folder, day and night, and publish them.",
        discussion: """
              bulletin-ingestor serve --outbox outbox.sqlite
              bulletin-ingestor serve --outbox outbox.sqlite --watch inbox/
              curl --data-binary @a.html -H 'content-type: text/html' \\
                   http://127.0.0.1:8080/v1/bulletins
              curl http://127.0.0.1:8080/openapi.json

            What is answered with 202 is on the disk of the outbox and reaches
            Kafka, whatever happens to this process or to the brokers. SIGTERM
            finishes what is on its way; SIGHUP reads tokens and certificate
            again. Every flag is also an environment variable and a setting in a
            file: docs/ingestor.md.
            """
    )

    @OptionGroup var intake: IntakeOptions
    @OptionGroup var access: AccessOptions
    @OptionGroup var limits: IntakeLimitOptions
    @OptionGroup var words: LexiconOptions
    @OptionGroup var kafka: KafkaOptions
    @Option(help: "Partitions, if the topic must be made (default: 6).") var partitions: Int?
    @Option(help: "Copies of each partition, if the topic must be made (default: 0, the cluster's own default).")
    var replicationFactor: Int?
    @Option(help: ArgumentHelp("How long finishing may take after SIGTERM (default: 20).", valueName: "seconds"))
    var shutdownTimeoutS: Int?
    @Option(help: ArgumentHelp("Where to write host:port once it listens.", valueName: "file")) var portFile: String?
    @OptionGroup var service: ServiceOptions

    func run() async throws {
        var flags = GivenFlags()
        service.give(to: &flags)
        kafka.give(to: &flags)
        words.give(to: &flags)
        intake.give(to: &flags)
        access.give(to: &flags)
        limits.give(to: &flags)
        flags.give(.partitions, partitions)
        flags.give(.replicationFactor, replicationFactor)
        flags.give(.shutdownTimeoutSeconds, shutdownTimeoutS)
        let settings = try ResolvedSettings.resolve(flags: flags)
        if try service.printsConfiguration(settings, of: Self.settings) { return }
        let configuration = try IngestorConfiguration(
            settings,
            kafka: try settings.kafkaConfiguration(),
            lexicon: try settings.parserLexicon()
        )
        service.startLogging(settings)
        let registry = MetricsBootstrap.start(
            describing: ServiceMetrics.catalogue,
            buckets: ServiceMetrics.buckets
        )
        let ingestor = IngestorService(
            configuration: configuration,
            registry: registry,
            manager: ServiceManager(),
            logger: Logger(label: "bulletin-ingestor")
        )
        try await ingestor.run { [portFile] address in
            if let portFile { try PortFile.write(address, to: portFile) }
        }
        if let portFile { PortFile.remove(portFile) }
    }

    /// What concerns this command, in the order in which it is printed.
    private static var settings: [KnownSetting] {
        let others: Set = ["group", "data-dir", "max-batch-records", "max-batch-bytes", "max-batch-delay-ms"]
        return KnownSettings.ingestorService + KnownSettings.shared.filter { !others.contains($0.key) }
    }
}
