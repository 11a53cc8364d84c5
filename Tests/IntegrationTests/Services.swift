import Foundation
import Kafka
import Logging
import TestSupport

/// Broker and indexers as processes of their own, as an operator would start them.
///
/// With `BULLETINS_TEST_BOOTSTRAP` set the tests run against that Kafka, on topics of their own.
struct Services {
    let folder: TemporaryFolder
    let topic: String
    let bootstrapServers: String
    private let broker: RunningCommand?

    /// Whether these are the tests' own brokers.
    static var isEmbedded: Bool { ProcessInfo.processInfo.environment["BULLETINS_TEST_BOOTSTRAP"] == nil }

    init(partitions: Int = 3) async throws {
        folder = try TemporaryFolder()
        if let external = ProcessInfo.processInfo.environment["BULLETINS_TEST_BOOTSTRAP"] {
            topic = "bulletins-test-" + UUID().uuidString.prefix(8).lowercased()
            bootstrapServers = external
            broker = nil
            // `publish` would make it with a number of partitions of its own.
            let admin = try KafkaAdmin(
                configuration: KafkaConfiguration(bootstrapServers: external),
                logger: Logger(label: "admin") { _ in SwiftLogNoOpLogHandler() }
            )
            _ = try await admin.createTopic(
                NewTopic(name: topic, partitions: partitions, configuration: NewTopic.keepsEverything),
                timeout: .seconds(30)
            )
        } else {
            topic = "bulletins"
            let portFile = folder.path("broker.port")
            let broker = try RunningCommand(
                "bulletins",
                ["broker", "--partitions", "\(partitions)", "--port-file", portFile],
                in: folder
            )
            try await eventually("the broker listens") {
                guard broker.isRunning else { throw TestFailure("the broker ended: \(broker.messages)") }
                return FileManager.default.fileExists(atPath: portFile)
            }
            self.broker = broker
            bootstrapServers = try String(contentsOfFile: portFile, encoding: .utf8)
                .trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }

    /// Stops the broker; the folder goes with the last reference.
    func close() async throws {
        broker?.signal(SIGTERM)
        _ = try await broker?.finish(within: .seconds(20))
    }

    func killBroker() {
        broker?.signal(SIGKILL)
    }

    func publish(_ paths: [String]) async throws -> CommandResult {
        try await startPublishing(paths).finish(within: .seconds(120))
    }

    func startPublishing(_ paths: [String]) throws -> RunningCommand {
        try RunningCommand(
            "bulletin-ingestor",
            ["publish", "--bootstrap-servers", bootstrapServers, "--topic", topic] + paths,
            in: folder
        )
    }

    func startIndexer(
        dataDirectory: String,
        group: String = "test",
        logLevel: String = "info",
        _ options: [String] = []
    ) throws -> RunningCommand {
        try RunningCommand(
            "bulletin-indexer",
            [
                "run", "--data-dir", dataDirectory, "--bootstrap-servers", bootstrapServers, "--topic", topic,
                "--group", group, "--log-level", logLevel, "--kafka", "session.timeout.ms=6000",
                "--kafka", "heartbeat.interval.ms=500",
            ] + options,
            in: folder
        )
    }

    /// Asks the query CLI and decodes its JSON.
    func query<Row: Decodable>(_ arguments: [String], dataDirectory: String) async throws -> [Row] {
        let result = try await run(
            "bulletins",
            arguments + ["--data-dir", dataDirectory, "--format", "json"],
            in: folder
        )
        guard result.status == 0 else { throw TestFailure("exit \(result.status): \(result.messages)") }
        return try JSONDecoder().decode([Row].self, from: Data(result.output.utf8))
    }

    /// How many bulletins a read model holds; 0 while it does not exist.
    func indexedCount(_ dataDirectory: String) async throws -> Int {
        struct Stats: Decodable { let bulletins: Int }
        let result = try await run("bulletins", ["stats", "--data-dir", dataDirectory, "--format", "json"], in: folder)
        guard result.status == 0 else { return 0 }
        return try JSONDecoder().decode([Stats].self, from: Data(result.output.utf8)).first?.bulletins ?? 0
    }

    /// The digests of a read model, by scope and partition.
    func digest(_ dataDirectory: String) async throws -> [DigestRow] {
        let result = try await run(
            "bulletin-indexer",
            ["digest", "--data-dir", dataDirectory, "--format", "json"],
            in: folder
        )
        guard result.status == 0 else { throw TestFailure("exit \(result.status): \(result.messages)") }
        return try JSONDecoder().decode([DigestRow].self, from: Data(result.output.utf8))
    }
}

struct DigestRow: Decodable, Hashable {
    let scope: String
    let partition: Int?
    let nextOffset: Int64?
    let bulletins: Int?
    let digest: String
}
