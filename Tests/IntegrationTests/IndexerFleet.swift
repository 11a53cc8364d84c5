import Foundation
import TestSupport

/// Indexers as processes that answer over HTTP, over a log that holds the golden corpus.
struct IndexerFleet {
    struct Indexer {
        let data: String
        let url: String
        let process: RunningCommand
    }

    let services: Services
    let indexers: [Indexer]

    var folder: TemporaryFolder { services.folder }

    /// Indexers of one group, or each of one of its own, that have indexed everything.
    init(
        indexers count: Int,
        groups: [String] = [],
        scheme: String = "http",
        _ options: [String] = [],
        asking: [String] = [],
        waits: Bool = true
    ) async throws {
        services = try await Services(partitions: 4)
        // All start at once: one that is alone in the group for a while would keep copies of what it gives away.
        var started: [(data: String, portFile: String, process: RunningCommand)] = []
        for index in 0..<count {
            let portFile = services.folder.path("indexer\(index).port")
            let data = services.folder.path("data\(index)")
            let listen = options.contains("--listen") ? [] : ["--listen", "127.0.0.1:0"]
            let group = groups.isEmpty ? "fleet" : groups[index]
            let process = try RunningCommand(
                "bulletin-indexer",
                [
                    "run", "--data-dir", data, "--bootstrap-servers", services.bootstrapServers, "--topic",
                    services.topic,
                    "--group", group, "--port-file", portFile, "--kafka", "session.timeout.ms=6000", "--kafka",
                    "heartbeat.interval.ms=500",
                ] + listen + options,
                in: services.folder
            )
            started.append((data, portFile, process))
        }
        var indexers: [Indexer] = []
        for (data, portFile, process) in started {
            try await eventually("the indexer of \(data) listens") {
                guard process.isRunning else { throw TestFailure("the indexer ended: \(process.messages)") }
                return FileManager.default.fileExists(atPath: portFile)
            }
            let address = try String(contentsOfFile: portFile, encoding: .utf8).trimmingCharacters(in: .newlines)
            indexers.append(Indexer(data: data, url: "\(scheme)://\(address)", process: process))
        }
        self.indexers = indexers
        let published = try await services.publish([Golden.folder.appending(path: "corpus.ndjson").path])
        guard published.status == 0 else { throw TestFailure(published.messages) }
        guard waits else { return }
        let from = indexers.flatMap { ["--from", $0.url] }
        let events = try String(contentsOf: Golden.folder.appending(path: "corpus.ndjson"), encoding: .utf8)
            .split(separator: "\n").count
        let share = groups.isEmpty ? 4 / count : 4
        let folder = services.folder
        try await eventually("everything is indexed, each by its own") {
            // Each is asked alone: a rebalance may have left older copies with another.
            for indexer in indexers {
                let own = try await Self.partitions(["--from", indexer.url] + asking, in: folder)
                if own.count < share { return false }
            }
            let all = try await Self.partitions(from + asking, in: folder)
            return all.count == 4 && all.map(\.nextOffset).reduce(0, +) == events
        }
    }

    private struct Partition: Decodable { let nextOffset: Int }

    private static func partitions(_ source: [String], in folder: TemporaryFolder) async throws -> [Partition] {
        struct Stats: Decodable { let partitions: [Partition] }
        let result = try await run("bulletins", ["stats", "--format", "ndjson", "--partial"] + source, in: folder)
        guard result.status == 0 else { return [] }
        return try JSONDecoder().decode(Stats.self, from: Data(result.output.utf8)).partitions
    }

    func ask(_ arguments: [String]) async throws -> CommandResult {
        try await run("bulletins", arguments, in: folder)
    }

    /// The ids of an answer in JSON.
    func ids(_ json: String) throws -> [String] {
        struct Row: Decodable { let id: String }
        return try JSONDecoder().decode([Row].self, from: Data(json.utf8)).map(\.id)
    }

    func close() async throws {
        for indexer in indexers where indexer.process.isRunning {
            indexer.process.signal(SIGCONT)
            indexer.process.signal(SIGTERM)
            _ = try await indexer.process.finish(within: .seconds(60))
        }
        try await services.close()
    }
}
