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
            After a kill the same command goes on where it was.
            """
    )

    @Flag(help: "Replace files, too, that this log cannot make again.") var otherLog = false
    @OptionGroup var target: MaintenanceOptions

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
        for partition in partitions {
            let progress = ProgressLine("partition \(partition)", total: nil, unit: "records")
            let nextOffset = try await maintenance.rebuild(partition: partition, replacesOtherLog: otherLog) {
                progress.update(completed: Int($0), total: Int($1))
            }
            progress.finish()
            try ConsoleOutput.standardOutput.write("partition \(partition): made anew, next offset \(nextOffset)\n")
        }
    }
}
