import Foundation
import Logging
import ServiceLifecycle
import TestSupport
import Testing

@testable import Operations

/// What systemd is told, over a real socket.
@Suite("Service manager", .timeLimit(.minutes(20))) struct ServiceManagerTests {
    private struct Source: ProbeSource {
        var isReady = true

        func readiness() async -> ReadinessReport {
            ReadinessReport(
                isReady ? .ready : .notReady,
                checks: [.init("outbox", ok: true, "writable"), .init("kafka", ok: isReady, "no broker\nfor 31 s")]
            )
        }
    }

    private struct UntilShutdown: Service {
        func run() async throws { try? await gracefulShutdown() }
    }

    private let folder: TestSupport.TemporaryFolder
    private let socket: NotifySocket

    init() throws {
        folder = try TestSupport.TemporaryFolder()
        socket = try NotifySocket(path: folder.path("notify"))
    }

    /// What the environment makes of it, beside the socket.
    private func made(_ more: [String: String] = [:], processID: Int32 = 1) -> ServiceManager? {
        ServiceManager(environment: ["NOTIFY_SOCKET": socket.path].merging(more) { $1 }, processID: processID)
    }

    @Test("Ready once started, signs of life with the state, and a word at the end")
    func lifecycle() async throws {
        let manager = try #require(made(["WATCHDOG_USEC": "40000"]))
        #expect(manager.watchdog == .milliseconds(40) && manager.interval == .milliseconds(20))
        let services = manager.watching([.init("work", UntilShutdown())], source: Source())
        let quiet = Logger(label: "manager") { _ in SwiftLogNoOpLogHandler() }
        let group = ServiceGroup(services: services.map(\.service), logger: quiet)
        async let running: Void = group.run()
        try await eventually("it lives before it has started") { socket.received.contains("WATCHDOG=1\nSTATUS=ready") }
        #expect(!socket.received.contains { $0.contains("READY=1") })
        manager.started()
        try await eventually("it says so") { socket.received.contains("READY=1") }
        try await eventually("it says so again, for the first may have been lost") {
            socket.received.contains("READY=1\nWATCHDOG=1\nSTATUS=ready")
        }
        await group.triggerGracefulShutdown()
        try await running
        #expect(socket.received.contains("STOPPING=1\nSTATUS=finishing what is on its way"))
    }

    @Test("What is amiss stands in the status, in one line")
    func status() async throws {
        let manager = try #require(made())
        #expect(manager.watchdog == nil && manager.interval == .seconds(10))
        manager.alive(await Source(isReady: false).readiness())
        #expect(socket.received == ["WATCHDOG=1\nSTATUS=not-ready (kafka: no broker for 31 s)"])
    }

    @Test("A manager that does not read is not waited for, and hears it later")
    func fullSocket() async throws {
        let manager = try #require(made())
        // More than any socket holds that nobody reads.
        for _ in 0..<10_000 { manager.started() }
        _ = socket.received
        manager.alive(await Source().readiness())
        #expect(socket.received.last == "READY=1\nWATCHDOG=1\nSTATUS=ready")
    }

    @Test("Another process's watchdog is not ours")
    func otherWatchdog() throws {
        let theirs = ["WATCHDOG_USEC": "1000000", "WATCHDOG_PID": "1"]
        let other = try #require(made(theirs, processID: 2))
        #expect(other.watchdog == nil)
        #expect(made(theirs, processID: 1)?.watchdog == .seconds(1))
    }

    @Test(
        "No manager",
        arguments: ["", "relative", "/nowhere/at/all", "vsock:2:1234", "/" + String(repeating: "a", count: 200)]
    )
    func none(path: String) {
        #expect(ServiceManager(environment: ["NOTIFY_SOCKET": path], processID: 1) == nil)
        #expect(ServiceManager(environment: [:], processID: 1) == nil)
    }

    @Test("An abstract socket")
    func abstract() throws {
        let name = "@bulletins-test-\(UUID().uuidString)"
        let socket = try NotifySocket(path: name)
        try #require(ServiceManager(environment: ["NOTIFY_SOCKET": name], processID: 1)).started()
        #expect(socket.received == ["READY=1"])
    }
}
