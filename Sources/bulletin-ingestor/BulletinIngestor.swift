internal import ArgumentParser
internal import CommandSupport

@main
enum Main {
    static func main() async {
        await CommandMain.run(BulletinIngestor.self, program: "bulletin-ingestor")
    }
}

struct BulletinIngestor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bulletin-ingestor",
        abstract: "Repair and parse bulletins, and publish them to Kafka.",
        discussion: """
              bulletin-ingestor parse Examples/2023-05-12-flood-control-meeting.txt
              bulletin-ingestor publish --bootstrap-servers 127.0.0.1:9092 Examples/
              bulletin-ingestor serve --outbox outbox.sqlite

            Exit codes: 0 success, 64 wrong usage, 65 bad data, 66 no such input,
            69 broker unavailable, 70 internal error, 74 input/output error,
            75 try again.
            """,
        version: "0.1.0",
        subcommands: [ParseCommand.self, PublishCommand.self, ServeCommand.self, TokenCommand.self, ProbeCommand.self]
    )
}
