import Foundation
import Testing

@testable import Operations

@Suite("Probes") struct ProbeTests {
    @Test(
        "Addresses",
        arguments: [
            ("127.0.0.1:8080", "127.0.0.1", 8080, true), ("[::1]:0", "::1", 0, true),
            ("localhost:1", "localhost", 1, true),
            ("0.0.0.0:80", "0.0.0.0", 80, false), ("[::]:80", "::", 80, false), ("127.1:80", "127.1", 80, false),
            ("127.evil.example.com:80", "127.evil.example.com", 80, false),
        ]
    )
    func addresses(text: String, host: String, port: Int, isLoopback: Bool) throws {
        let address = try #require(ListenAddress(text))
        #expect(address.host == host && address.port == port && address.isLoopback == isLoopback)
        #expect(address.description == text)
    }

    @Test(
        "No addresses",
        arguments: ["", "8080", ":8080", "::1:80", "[::1]", "[a]:1", "host:65536", "host:-1", "a b:1"]
    )
    func malformed(text: String) {
        #expect(ListenAddress(text) == nil)
    }

    @Test("The process tells of itself by Prometheus's names")
    func process() throws {
        let names = Set(MetricDescription.process.map(\.name))
        #expect(
            names.isSuperset(of: ["process_cpu_seconds_total", "process_resident_memory_bytes", "process_open_fds"])
        )
        #expect(names.count == MetricDescription.process.count)
    }
}
