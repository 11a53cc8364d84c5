internal import ArgumentParser
internal import CommandSupport
internal import Console
internal import Indexer
internal import Kafka
internal import Logging
internal import Operations

struct RebuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild",
        abstract: "Make partition files anew from the log and swap them in.",
        discussion: """
              bulletin-indexer rebuild --data-dir ./data
              bulletin-indexer rebuild --partition 3

            The new file is made beside the old one, which queries go on reading
            until it is swapped in. Indexers of the data folder have to be stopped.
            As many partitions are made at a time as there are cores; one that fails
            is named, and the others are made. After a kill the same command goes on
            where it was.
            """
    )

    @Flag(help: "Replace files, too, that this log cannot make again.") var otherLog = false
    @Option(help: ArgumentHelp("Partitions at a time (default: as many as cores).", valueName: "n")) var atOnce: Int?
    @OptionGroup var target: MaintenanceOptions

    func validate() throws {
        if let atOnce, !(1...1024).contains(atOnce) {
            throw ValidationError("--at-once is a number of partitions from 1 to 1024, not \(atOnce)")
        }
    }

    func run() async throws {
        let (maintenance, settings) = try target.maintenance()
        let partitions: [Int32]
        if target.partition.isEmpty {
            let admin = try KafkaAdmin(
                configuration: try settings.kafkaConfiguration(),
                logger: Logger(label: "bulletin-indexer")
            )
            partitions = (0..<Int32(try await admin.partitionCount(of: settings[.topic], timeout: .seconds(10)))).map {
                $0
            }
        } else {
            partitions = target.partition
        }
        try await maintenance.rebuild(told: partitions, replacesOtherLog: otherLog, atOnce: atOnce) {
            try ConsoleOutput.standardOutput.write("partition \($0): made anew, next offset \($1)\n")
        }
    }
}
