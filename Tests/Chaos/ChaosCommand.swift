import ArgumentParser
import Foundation
import Logging

@main
struct ChaosCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bulletin-chaos",
        abstract: "Injects faults into real indexers and checks that none of them made the read model lie.",
        discussion: """
              scripts/chaos.sh --seconds 60
              scripts/chaos.sh --seed 7 --partitions 6 --indexers 4
              scripts/chaos.sh --bootstrap-servers kafka:9092
              scripts/chaos.sh --bootstrap-servers kafka:9092 --broker-command ./my-kafka.sh

            Publishes values that are unique for each key, kills, freezes, stops and
            adds indexers, takes the broker away, slows it down and lets requests
            fail, fills a disk (as root only), publishes records that cannot be
            read. After each burst of faults every partition has to move on again.
            Then it compares every partition file with what the log says. The same
            seed gives the same faults in the same order; when they hit is up to
            the machine.

            Exit code: 0 if nothing was lost, doubled, reordered, unseen or wrong,
            and no partition stood still.
            """
    )

    @Option(help: "Chooses the faults (default: any; it is printed).") var seed: UInt64?
    @Option(help: "How long faults are injected.") var seconds = 60
    @Option(help: "Partitions of the topic.") var partitions = 4
    @Option(help: "Indexers at the start.") var indexers = 3
    @Option(help: "Records a second.") var rate = 80
    @Option(help: "Milliseconds between two faults, at least and at most: FROM-TO.") var pause = "200-1200"
    @Option(help: "Faults in a row before every partition has to move on again: FROM-TO.") var burst = "1-4"
    @Option(help: "Seconds after a burst in which every partition has to move on.") var stallAfter = 60
    @Option(
        help: "Only faults whose name begins so: kill, SIGSTOP, SIGTERM, join, broker, failing, disk, poison, records."
    )
    var only: String?
    @Option(help: ArgumentHelp("Where bulletin-indexer is (default: beside this program).", valueName: "folder"))
    var bin: String?
    @Option(
        help: ArgumentHelp(
            "A Kafka of yours, on a topic made for this (default: an embedded broker).",
            valueName: "host:port"
        )
    )
    var bootstrapServers: String?
    @Option(
        help: ArgumentHelp(
            "Ends and starts that Kafka: run with kill, stop or start behind it (default: its broker is left alone).",
            valueName: "command"
        )
    )
    var brokerCommand: String?
    @Option(
        help: ArgumentHelp("Where files and logs are kept (default: a folder that is removed).", valueName: "folder")
    )
    var keep: String?

    private static func range(_ text: String) -> ClosedRange<Int>? {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        return parts.count == 2 && parts[0] >= 0 && parts[0] <= parts[1] ? parts[0]...parts[1] : nil
    }

    func validate() throws {
        guard Self.range(pause) != nil else {
            throw ValidationError("--pause is FROM-TO in milliseconds, not '\(pause)'")
        }
        guard let burst = Self.range(burst), burst.lowerBound > 0 else {
            throw ValidationError("--burst is FROM-TO, from 1, not '\(burst)'")
        }
        guard seconds > 0, (1...64).contains(partitions), (1...8).contains(indexers), (1...2_000).contains(rate) else {
            throw ValidationError("seconds from 1, partitions 1 to 64, indexers 1 to 8, rate 1 to 2000")
        }
        guard stallAfter > 0 else { throw ValidationError("--stall-after is a number of seconds, from 1") }
        guard brokerCommand == nil || bootstrapServers != nil else {
            throw ValidationError("--broker-command is for a Kafka of yours: name it by --bootstrap-servers")
        }
    }

    func run() async throws {
        let seed = seed ?? UInt64.random(in: 0...9_999)
        print("seed \(seed)")
        let folder = URL(
            filePath: keep ?? NSTemporaryDirectory() + "/bulletin-chaos-\(ProcessInfo.processInfo.processIdentifier)"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        guard try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty else {
            throw ValidationError("\(folder.path) holds files of an earlier run: give an empty folder")
        }
        LoggingSystem.bootstrap { _ in SwiftLogNoOpLogHandler() }
        let run = try await ChaosRun(
            seed: seed,
            duration: .seconds(seconds),
            partitions: partitions,
            indexers: indexers,
            rate: rate,
            pause: Self.range(pause) ?? 200...1_200,
            burst: Self.range(burst) ?? 1...4,
            stallAfter: .seconds(stallAfter),
            only: only,
            programs: bin.map { URL(filePath: $0) }
                ?? URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent(),
            bootstrapServers: bootstrapServers,
            brokerCommand: brokerCommand.map(BrokerCommand.init),
            folder: folder
        )
        let report = try await run.run()
        print(report.text)
        try run.finish(report)
        if report.isClean, keep == nil { try? FileManager.default.removeItem(at: folder) }
        if !report.isClean {
            print("files and logs: \(folder.path)")
            throw ExitCode(1)
        }
    }
}
