import Foundation
import FoundationNetworking
import Logging
import Operations
import QueryService
import ServiceLifecycle
import Synchronization
import Testing

/// The part that answers probes; questions are asked of real processes in `RemoteTests`.
@Suite("Probes over HTTP", .timeLimit(.minutes(20))) struct QueryServerTests {
    private let quiet = Logger(label: "probes") { _ in SwiftLogNoOpLogHandler() }

    private final class Service: ProbeSource {
        let isReady = Mutex(true)
        let registry = MetricsRegistry()

        func readiness() async -> ReadinessReport {
            let isReady = isReady.withLock { $0 }
            return ReadinessReport(
                isReady ? .ready : .notReady,
                checks: [.init("kafka", ok: isReady, isReady ? "heard" : "no broker")]
            )
        }

        func refreshMetrics() async {
            _ = registry.makeMeter(label: "asked", dimensions: []).set(Int64(1))
        }
    }

    private func get(_ path: String, of address: ListenAddress) async throws -> (Int, String, String?) {
        let url = try #require(URL(string: "http://\(address)\(path)"))
        let (data, response) = try await URLSession.shared.data(from: url)
        let http = try #require(response as? HTTPURLResponse)
        return (http.statusCode, String(decoding: data, as: UTF8.self), http.value(forHTTPHeaderField: "Content-Type"))
    }

    @Test("Live, ready with the reason, metrics; nothing else")
    func answers() async throws {
        let service = Service()
        let (stream, continuation) = AsyncStream.makeStream(of: ListenAddress.self)
        let settings = try ResolvedSettings.resolve(flags: GivenFlags(), environment: [:])
        let free = try #require(ListenAddress("127.0.0.1:0"))
        let server = try QueryServer(
            configuration: try QueryConfiguration(settings, listen: free),
            source: service,
            registry: service.registry,
            logger: quiet
        ) { continuation.yield($0) }
        let group = ServiceGroup(services: [server], logger: quiet)
        async let running: Void = group.run()
        var addresses = stream.makeAsyncIterator()
        let address = try #require(await addresses.next())
        #expect(address.port != 0)
        #expect(try await get("/live", of: address) == (200, #"{"status":"live"}"#, "application/json"))
        let ready = #"{"checks":[{"detail":"heard","name":"kafka","ok":true}],"status":"ready"}"#
        #expect(try await get("/ready", of: address) == (200, ready, "application/json"))
        service.isReady.withLock { $0 = false }
        let notReady = #"{"checks":[{"detail":"no broker","name":"kafka","ok":false}],"status":"not-ready"}"#
        #expect(try await get("/ready", of: address) == (503, notReady, "application/json"))
        let (status, text, type) = try await get("/metrics", of: address)
        #expect(status == 200 && type == "text/plain; version=0.0.4; charset=utf-8")
        #expect(text.contains("asked 1\n"))
        #expect(try await get("/", of: address).0 == 404)
        #expect(try await get("/ready/", of: address).0 == 404)

        // The port is taken: told as one line.
        let second = try QueryServer(
            configuration: try QueryConfiguration(settings, listen: address),
            source: service,
            registry: service.registry,
            logger: quiet
        )
        let error = await #expect(throws: ListenError.self) {
            try await ServiceGroup(services: [second], logger: quiet).run()
        }
        #expect(error?.message.contains("\(address)") == true, "\(String(describing: error))")
        await group.triggerGracefulShutdown()
        try await running
    }
}
