import Console
import Operations
import Testing

@testable import QueryClient

@Suite("Addresses of servers") struct ServerAddressTests {
    @Test(
        "What is a server's URL",
        arguments: [
            ("http://a:8081", "http://a:8081"), ("HTTPS://a", "https://a:443"), ("http://a/", "http://a:80"),
            ("http://[::1]:81", "http://[::1]:81"), ("https://a/indexer/", "https://a:443/indexer"),
        ]
    )
    func good(text: String, written: String) throws {
        #expect(try ServerAddress(text).description == written)
    }

    @Test(
        "What is none",
        arguments: [
            "", "a:8081", "ftp://a", "http://", "http://user:secret@a", "http://a?x", "http://a#x", "http://a:0",
            "http://a:99999", "file:///etc/passwd",
        ]
    )
    func bad(text: String) {
        let error = #expect(throws: CommandError.self) { try ServerAddress(text) }
        #expect(error?.exitStatus == .usage)
        #expect(error?.message.contains("http://HOST:PORT") == true)
    }

    @Test("A name of both families stands for those of one")
    func families() throws {
        let server = try ServerAddress("http://localhost:1")
        let found = try HostAddresses.of(server, connectTimeout: .seconds(1))
        #expect(!found.isEmpty && Set(found.map { $0.contains(":") }).count == 1, "\(found)")
        #expect(throws: HostLookupError.self) {
            try HostAddresses.of(ServerAddress("http://no-such-name.invalid:1"), connectTimeout: .seconds(1))
        }
    }
}
