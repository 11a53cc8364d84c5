import Foundation
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import Operations

@Suite("Running services", .serialized)
struct ServiceRunnerTests {
    private final class Journal: Sendable {
        private let entries = Mutex<[String]>([])
        func add(_ entry: String) { entries.withLock { $0.append(entry) } }
        var all: [String] { entries.withLock { $0 } }
    }

    private struct Oops: Error {}

    /// Works until it is told to stop, then writes down how it ended.
    private struct Worker: Service {
        let name: String
        let journal: Journal
        var onStart: @Sendable () throws -> Void = {}
        var finishesOnShutdown = true

        func run() async throws {
            try onStart()
            let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
            await withGracefulShutdownHandler {
                for await _ in stream {}
            } onGracefulShutdown: {
                if finishesOnShutdown { continuation.finish() }
            }
            journal.add(Task.isCancelled ? "\(name) cancelled" : "\(name) drained")
        }
    }

    private func runner(_ deadline: Duration = .seconds(600)) -> ServiceRunner {
        ServiceRunner(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, drainDeadline: deadline)
    }

    @Test("SIGTERM lets every service finish, the dependent ones first")
    func signal() async throws {
        let journal = Journal()
        try await runner().run([
            .init("outbox", Worker(name: "outbox", journal: journal)),
            .init("relay", Worker(name: "relay", journal: journal, onStart: { kill(getpid(), SIGTERM) })),
        ])
        #expect(journal.all == ["relay drained", "outbox drained"])
    }

    @Test("An error of one service stops the others in good order and is reported")
    func failure() async throws {
        let journal = Journal()
        await #expect(throws: Oops.self) {
            try await runner().run([
                .init("good", Worker(name: "good", journal: journal)),
                .init("bad", Worker(name: "bad", journal: journal, onStart: { throw Oops() })),
            ])
        }
        #expect(journal.all == ["good drained"])
    }

    @Test("What does not finish before the deadline is cancelled")
    func deadline() async throws {
        let journal = Journal()
        let stubborn = Worker(
            name: "stubborn",
            journal: journal,
            onStart: { kill(getpid(), SIGTERM) },
            finishesOnShutdown: false
        )
        try? await runner(.milliseconds(10)).run([.init("stubborn", stubborn)])
        #expect(journal.all == ["stubborn cancelled"])
    }
}
