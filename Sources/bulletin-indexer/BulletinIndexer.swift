internal import ArgumentParser
internal import CommandSupport

@main
enum Main {
    static func main() async {
        await CommandMain.run(BulletinIndexer.self, program: "bulletin-indexer")
    }
}

struct BulletinIndexer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bulletin-indexer",
        abstract: "Index bulletins from Kafka into SQLite files, each event exactly once.",
        discussion: """
              bulletin-indexer run --data-dir ./data --bootstrap-servers kafka:9092
              bulletin-indexer digest --data-dir ./data
              bulletin-indexer verify --bootstrap-servers kafka:9092
              bulletin-indexer snapshot --to /backup

            Start up to as many as there are partitions: the members of a group
            share them.

            Exit codes: 0 success, 64 wrong usage, 65 bad data, 66 no such input,
            69 broker unavailable, 70 internal error, 74 input/output error,
            75 try again.
            """,
        version: "0.1.0",
        subcommands: [
            RunCommand.self, DigestCommand.self, VerifyCommand.self, RebuildCommand.self, SnapshotCommand.self,
            RepartitionCommand.self, ProbeCommand.self,
        ]
    )
}
