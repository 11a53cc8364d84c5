import Foundation
import Kafka
import Logging
import TestSupport
import Testing

/// `bulletin-ingestor serve` under a service manager, as systemd's `Type=notify` and `WatchdogSec=` have it.
@Suite(.timeLimit(.minutes(20))) struct ServiceManagerTests {
    @Test func itTellsWhenItIsReadyThatItLivesAndWhenItEnds() async throws {
        let folder = try TemporaryFolder()
        let broker = try EmbeddedBroker(topics: [("bulletins", 1)], logger: Logger(label: "broker"))
        let socket = try NotifySocket(path: folder.path("notify"))
        let ingestor = try await ServedIngestor(
            in: folder,
            broker: broker.bootstrapServers,
            environment: ["NOTIFY_SOCKET": socket.path, "WATCHDOG_USEC": "200000"]
        )
        // Ready is told before the port file is written: who was told may connect.
        #expect(socket.received.contains("READY=1"))
        let beats = { socket.received.filter { $0.contains("WATCHDOG=1\nSTATUS=ready") }.count }
        let before = beats()
        try await eventually("it goes on living") { beats() >= before + 3 }
        ingestor.process.signal(SIGSTOP)
        // What it had sent before it was stopped has arrived: sending a datagram is one step.
        let frozen = beats()
        ingestor.process.signal(SIGCONT)
        try await eventually("it goes on after a stop") { beats() > frozen }
        #expect(try await ingestor.stop().status == 0)
        let last = socket.received.filter { $0.hasPrefix("STOPPING=1") }
        #expect(last == ["STOPPING=1\nSTATUS=finishing what is on its way"])
        await broker.close()
    }

    @Test func aProbeTellsByItsExitCode() async throws {
        let folder = try TemporaryFolder()
        let broker = try EmbeddedBroker(topics: [("bulletins", 1)], logger: Logger(label: "broker"))
        let ingestor = try await ServedIngestor(in: folder, broker: broker.bootstrapServers)
        let live = try await run("bulletin-ingestor", ["probe", ingestor.address, "--path", "/live"], in: folder)
        #expect(live.status == 0 && live.output == "{\"status\":\"live\"}\n", "\(live)")
        try folder.write(ingestor.address + "\n", to: "port")
        try await eventually("it is ready") {
            try await run("bulletin-ingestor", ["probe", "--port-file", folder.path("port")], in: folder).status == 0
        }
        let absent = try await run("bulletin-ingestor", ["probe", ingestor.address, "--path", "/nothing"], in: folder)
        #expect(absent.status == 75 && absent.messages.contains("answers 404"), "\(absent)")
        #expect(try await run("bulletins", ["probe", "--tcp", broker.bootstrapServers], in: folder).status == 0)
        #expect(try await ingestor.stop().status == 0)
        let gone = try await run("bulletin-ingestor", ["probe", ingestor.address], in: folder)
        #expect(gone.status == 69 && gone.messages.contains("Connection refused"), "\(gone)")
        await broker.close()
    }

    @Test(arguments: [[], ["nowhere"], ["127.0.0.1:1", "--port-file", "x"], ["127.0.0.1:1", "--path", "a b"]])
    func whatIsNoAddressIsWrongUsage(arguments: [String]) async throws {
        let folder = try TemporaryFolder()
        let result = try await run("bulletin-ingestor", ["probe"] + arguments, in: folder)
        #expect(result.status == 64, "\(result)")
    }
}
