internal import ArgumentParser
internal import CommandSupport
internal import Console
internal import Foundation
internal import HTTPService
internal import Indexer
internal import Kafka
internal import Logging
internal import Operations
internal import QueryService

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Join the consumer group and index until SIGTERM.",
        discussion: """
              bulletin-indexer run --data-dir ./data
              bulletin-indexer run --bootstrap-servers kafka:9092 --group newsroom
              bulletin-indexer run --listen 127.0.0.1:8081
              bulletin-indexer run --config indexer.json --print-config

            Every file stands at an offset of its own and moves together with its
            rows; Kafka's committed offsets follow for lag tools. SIGTERM finishes
            the open transactions and leaves the group. With --listen it answers
            probes, and questions as JSON (docs/api.md), which 'bulletins --from'
            asks; SIGHUP reads tokens and certificate again. Every flag is also an
            environment variable and a setting in a file: docs/configuration.md.
            """
    )

    @Option(
        help: ArgumentHelp("Where the read model lives (default: BULLETINS_DATA_DIR, else ./data).", valueName: "dir")
    )
    var dataDir: String?

    @Option(help: "The consumer group (default: bulletin-indexer).") var group: String?
    @Option(
        help: ArgumentHelp(
            "How members share the partitions: cooperative-sticky or range (default: cooperative-sticky).",
            valueName: "strategy"
        )
    )
    var assignmentStrategy: String?
    @Option(
        help: ArgumentHelp(
            "A name of its own for a static member, kept over restarts (default: none).",
            valueName: "id"
        )
    )
    var groupInstanceID: String?
    @OptionGroup var kafka: KafkaOptions
    @Option(help: ArgumentHelp("Records in one transaction at most (default: 500).", valueName: "count"))
    var maxBatchRecords: Int?
    @Option(help: ArgumentHelp("Bytes of records in one transaction at most (default: 8388608).", valueName: "bytes"))
    var maxBatchBytes: Int?
    @Option(help: ArgumentHelp("How long a transaction waits for more records (default: 100).", valueName: "ms"))
    var maxBatchDelayMs: Int?
    @Option(
        help: ArgumentHelp(
            "Make files that are not there yet from the snapshots in this folder (`bulletin-indexer snapshot`).",
            valueName: "dir"
        )
    )
    var bootstrapFrom: String?
    @Option(
        name: [.customLong("listen"), .customLong("indexer-listen")],
        help: ArgumentHelp("Where to answer probes and questions by HTTP (default: nowhere).", valueName: "host:port")
    )
    var indexerListen: String?
    @Option(help: ArgumentHelp("Where to write host:port once it answers them.", valueName: "file")) var portFile:
        String?
    @Option(help: ArgumentHelp("How far behind it may be and still be ready (default: 300).", valueName: "seconds"))
    var readyLagS: Int?
    @Option(help: ArgumentHelp("How long finishing may take after SIGTERM (default: 20).", valueName: "seconds"))
    var shutdownTimeoutS: Int?
    @OptionGroup var access: AccessOptions
    @OptionGroup var queries: QueryLimitOptions
    @OptionGroup var service: ServiceOptions

    func run() async throws {
        var flags = GivenFlags()
        service.give(to: &flags)
        kafka.give(to: &flags)
        access.give(to: &flags)
        queries.give(to: &flags)
        flags.give(.dataDirectories, dataDir.map { [$0] } ?? [])
        flags.give(.group, group)
        flags.give(.assignmentStrategy, assignmentStrategy)
        flags.give(.groupInstanceID, groupInstanceID)
        flags.give(.maxBatchRecords, maxBatchRecords)
        flags.give(.maxBatchBytes, maxBatchBytes)
        flags.give(.maxBatchDelayMilliseconds, maxBatchDelayMs)
        flags.give(.indexerListen, indexerListen)
        flags.give(.readyLagSeconds, readyLagS)
        flags.give(.shutdownTimeoutSeconds, shutdownTimeoutS)
        let settings = try ResolvedSettings.resolve(flags: flags)
        let known = KnownSettings.shared + KnownSettings.indexerService + KnownSettings.httpService
        if try service.printsConfiguration(settings, of: known) { return }
        service.startLogging(settings)
        var configuration = IndexerConfiguration(
            dataDirectory: try settings.dataDirectory(),
            kafka: try settings.kafkaConfiguration()
        )
        configuration.topic = settings[.topic]
        configuration.rejectedTopic = settings[.rejectedTopic]
        configuration.group = settings[.group]
        let strategy = "partition.assignment.strategy"
        // As librdkafka's own property it may be given, too.
        if settings.origin(of: .assignmentStrategy).layer != .defaultValue || configuration.kafka[strategy] == nil {
            configuration.kafka[strategy] = settings[.assignmentStrategy].rawValue
        }
        if let member = settings[.groupInstanceID] { configuration.kafka["group.instance.id"] = member }
        configuration.batch.records = settings[.maxBatchRecords]
        configuration.batch.bytes = settings[.maxBatchBytes]
        configuration.batch.delay = .milliseconds(settings[.maxBatchDelayMilliseconds])
        if let bootstrapFrom {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: bootstrapFrom, isDirectory: &isFolder), isFolder.boolValue
            else {
                throw CommandError(
                    "\(bootstrapFrom): there is no such folder of snapshots; give the one of `bulletin-indexer snapshot --to`",
                    exitStatus: .noInput
                )
            }
            configuration.bootstrapFolder = bootstrapFrom
        }
        configuration.readyLag = .seconds(settings[.readyLagSeconds])
        configuration.readyBrokerSilence = .seconds(settings[.readyBrokerAgeSeconds])
        let logger = Logger(label: "bulletin-indexer")
        // Before the first metric is made.
        let listen = settings[.indexerListen].flatMap(ListenAddress.init)
        let probeListen = settings[.probeListen].flatMap(ListenAddress.init)
        let registry = (listen ?? probeListen).map { _ in
            MetricsBootstrap.start(
                describing: IndexerMetrics.catalogue + QueryMetrics.catalogue,
                buckets: IndexerMetrics.buckets
            )
        }
        let manager = ServiceManager()
        let indexer = IndexerService(configuration: configuration, logger: logger) { manager?.started() }
        var services: [ServiceRunner.NamedService] = []
        if let probeListen, let registry {
            let probes = ProbeServer(address: probeListen, source: indexer.probe, registry: registry, logger: logger)
            services.append(.init("probes", probes))
        }
        if let listen, let registry {
            let server = try QueryServer(
                configuration: try QueryConfiguration(settings, listen: listen),
                source: indexer.probe,
                registry: registry,
                logger: logger
            ) { [portFile] address in
                do { try portFile.map { try PortFile.write(address, to: $0) } } catch { logger.error("\(error)") }
            }
            services += [.init("reload", server.reload), .init("http", server)]
        }
        services.append(.init("indexer", indexer))
        try await ServiceRunner(
            logger: logger,
            drainDeadline: .seconds(settings[.shutdownTimeoutSeconds])
        ).run(manager?.watching(services, source: indexer.probe) ?? services)
        if let portFile { PortFile.remove(portFile) }
    }
}
