public import ArgumentParser
internal import Console
internal import Foundation
internal import Kafka
internal import Operations

/// Asks a running service how it is: for health checks where there is no curl.
public struct ProbeCommand: AsyncParsableCommand {
    /// What `--help` says.
    public static let configuration = CommandConfiguration(
        commandName: "probe",
        abstract: "Ask a running service whether it is ready; for health checks.",
        discussion: """
              probe 127.0.0.1:8081
              probe --path /live --port-file indexer.port
              probe --tcp --port-file broker.port

            Prints the answer. Exit code 0 if the service answers 200, 75 if it
            answers anything else, 69 if nobody answers. It speaks plain HTTP.
            """
    )

    @Argument(help: ArgumentHelp("Where it listens.", valueName: "host:port")) var address: String?
    @Option(help: ArgumentHelp("A file that says where it listens.", valueName: "file")) var portFile: String?
    @Option(help: "What is asked: /ready, /live or /metrics.") var path = "/ready"
    @Flag(help: "Ask only whether somebody listens.") var tcp = false

    /// A command as ArgumentParser fills it.
    public init() {}

    /// Asks, prints the answer, throws where it is not 200.
    public func run() async throws {
        guard path.hasPrefix("/"), path.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw CommandError("--path \(path) is no path such as /ready", exitStatus: .usage)
        }
        let (address, path, tcp) = (try listenAddress(), path, tcp)
        // It blocks.
        let answer = try await DedicatedThread.run(name: "probe") { () throws -> (status: Int, body: String)? in
            let client = ProbeClient(address)
            guard !tcp else {
                try client.connect()
                return nil
            }
            return try client.get(path)
        }
        guard let answer else { return }
        try ConsoleOutput.standardOutput.write(answer.body.hasSuffix("\n") ? answer.body : answer.body + "\n")
        guard answer.status == 200 else {
            throw CommandError("\(address)\(path) answers \(answer.status)", exitStatus: .temporaryFailure)
        }
    }

    private func listenAddress() throws -> ListenAddress {
        let text: String
        switch (address, portFile) {
        case (let address?, nil): text = address
        case (nil, let file?):
            guard let written = try? String(contentsOfFile: file, encoding: .utf8) else {
                throw CommandError("\(file) is not there: the service does not listen yet", exitStatus: .unavailable)
            }
            text = written.trimmingCharacters(in: .whitespacesAndNewlines)
        default: throw CommandError("give either HOST:PORT or --port-file FILE", exitStatus: .usage)
        }
        guard let address = ListenAddress(text) else {
            throw CommandError("\(text) is not HOST:PORT", exitStatus: .usage)
        }
        return address
    }
}
