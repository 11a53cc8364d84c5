internal import ArgumentParser
internal import CommandSupport
internal import Console
internal import Indexer
internal import Kafka
internal import Logging
internal import Operations
internal import ReadModel

struct RepartitionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repartition",
        abstract:
            "Copy the topic into one with another number of partitions, fill files from it, and prove them equal.",
        discussion: """
              bulletin-indexer repartition --to 12 --new-topic bulletins-12 \\
                --new-data-dir ./data-12

            The number of partitions decides in which file a bulletin lives, so a
            topic cannot just be given more. Copies every record, fills the new
            files, and compares the digest over all bulletins of both read models:
            exit code 65 if they differ. Nothing of the old topic or files is
            changed. Stop publishing before, and let the indexers catch up.
            """
    )

    @Option(help: "Partitions of the new topic.") var to: Int
    @Option(help: ArgumentHelp("The new topic; made, or empty.", valueName: "name")) var newTopic: String
    @Option(help: ArgumentHelp("Where the new files go.", valueName: "dir")) var newDataDir: String
    @OptionGroup var target: MaintenanceOptions

    func validate() throws {
        if !(1...10_000).contains(to) {
            throw ValidationError("--to is a number of partitions from 1 to 10000, not \(to)")
        }
    }

    func run() async throws {
        let (_, settings) = try target.maintenance()
        let kafka = try settings.kafkaConfiguration()
        let logger = Logger(label: "bulletin-indexer")
        // The proof is over all that a folder holds: with both topics in one it would compare them with themselves.
        guard (try? PartitionLocation.all(in: newDataDir))?.allSatisfy({ $0.topic == newTopic }) ?? true else {
            throw CommandError(
                "\(newDataDir): holds files of other topics; give a new --new-data-dir",
                exitStatus: .usage
            )
        }
        let copying = ProgressLine("copying \(settings[.topic])", total: nil, unit: "records")
        let copied = try await TopicCopy(kafka: kafka, logger: logger)
            .run(from: settings[.topic], to: newTopic, partitions: to) { copying.update(completed: $0, total: $1) }
        copying.finish()
        let new = Maintenance(kafka: kafka, dataDirectory: newDataDir, topic: newTopic, logger: logger)
        try await new.rebuild(told: Array(0..<Int32(to)), atOnce: nil) { _, _ in }
        let (folder, newFolder) = (try settings.dataDirectory(), newDataDir)
        let (before, after) = try await DedicatedThread.run(name: "digest") {
            (
                try ReadModelDigest.digest(dataDirectories: [folder]),
                try ReadModelDigest.digest(dataDirectories: [newFolder])
            )
        }
        guard before.bulletins == after.bulletins else {
            throw CommandError(
                "\(folder) (\(before.bulletinCount) bulletins, digest \(before.bulletins)) and \(newDataDir) "
                    + "(\(after.bulletinCount), \(after.bulletins)) differ: let the indexers catch up with topic "
                    + "\(settings[.topic]), and see with `bulletin-indexer verify` whether the old files are right",
                exitStatus: .dataError
            )
        }
        try ConsoleOutput.standardOutput.write(
            "\(copied) records copied into \(newTopic), \(after.bulletinCount) bulletins in \(to) partitions; "
                + "both read models have the digest \(after.bulletins)\n"
        )
    }
}
