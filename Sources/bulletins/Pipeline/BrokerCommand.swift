internal import ArgumentParser
internal import CommandSupport
internal import Console
internal import Kafka
internal import Logging
internal import Operations
internal import ServiceLifecycle

struct BrokerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "broker",
        abstract: "The embedded broker alone, for several processes on one machine.",
        discussion: """
              bulletins broker --partitions 6 --port-file broker.port &
              bulletin-ingestor publish --bootstrap-servers "$(cat broker.port)" Examples/
              bulletin-indexer run --bootstrap-servers "$(cat broker.port)"

            It is librdkafka's mock cluster: in memory, on loopback only, on a
            port that the system chooses, and it drops a partition's oldest
            records past 5 MB or 100,000 batches. For what must last use Apache
            Kafka.
            """
    )

    @Option(help: "Partitions of the topic of bulletins (default: 6).") var partitions: Int?
    @Option(help: "The topic of bulletins (default: bulletins).") var topic: String?
    @Option(help: ArgumentHelp("Where to write host:port once it listens.", valueName: "file")) var portFile: String?
    @OptionGroup var service: ServiceOptions

    func run() async throws {
        var flags = GivenFlags()
        service.give(to: &flags)
        flags.give(.topic, topic)
        flags.give(.partitions, partitions)
        let settings = try ResolvedSettings.resolve(flags: flags)
        if try service.printsConfiguration(settings) { return }
        service.startLogging(settings, isInteractive: true)
        let logger = Logger(label: "bulletins")
        let broker = try EmbeddedBroker(
            topics: [(settings[.topic], settings[.partitions]), (settings[.rejectedTopic], 1)],
            logger: logger
        )
        let address = broker.bootstrapServers
        try ConsoleOutput.standardOutput.write(address + "\n")
        try ConsoleOutput.standardOutput.flush()
        if let portFile { try PortFile.write(address, to: portFile) }
        try await ServiceRunner(logger: logger, drainDeadline: .seconds(10)).run([.init("broker", UntilShutdown())])
        await broker.close()
        if let portFile { PortFile.remove(portFile) }
    }

    private struct UntilShutdown: Service {
        func run() async throws { try? await gracefulShutdown() }
    }
}
