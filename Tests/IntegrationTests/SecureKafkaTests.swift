import Foundation
import TestSupport
import Testing

/// SASL_SSL with SCRAM-SHA-512, with the secrets that `deploy/compose/make-secrets.sh` makes and the settings of
/// `deploy/compose/secure.yml`. The embedded broker knows no security: a proxy in front of it asks for TLS and log-in.
@Suite(
    .serialized,
    .enabled(if: ProcessInfo.processInfo.environment["BULLETINS_TEST_BOOTSTRAP"] == nil, "needs the embedded broker")
)
struct SecureKafkaTests {
    private struct Secured {
        let services: Services
        let proxy: RunningCommand
        let address: String
        let secrets: String

        init() async throws {
            services = try await Services()
            secrets = services.folder.path("secrets")
            let made = try await run(
                "bash",
                [RepositoryFiles.url("deploy/compose/make-secrets.sh").path, secrets],
                in: services.folder
            )
            try #require(made.status == 0, "\(made.messages)")
            let portFile = services.folder.path("proxy.port")
            let proxy = try RunningCommand(
                "python3",
                [
                    RepositoryFiles.url("scripts/lib/scram-proxy.py").path, "--upstream", services.bootstrapServers,
                    "--certificate", secrets + "/kafka.pem", "--user", "indexer",
                    "--password-file", secrets + "/indexer.password", "--port-file", portFile,
                ],
                in: services.folder
            )
            try await eventually("the proxy listens") {
                guard proxy.isRunning else { throw TestFailure("the proxy ended: \(proxy.messages)") }
                return FileManager.default.fileExists(atPath: portFile)
            }
            self.proxy = proxy
            address = try String(contentsOfFile: portFile, encoding: .utf8)
                .trimmingCharacters(in: .whitespacesAndNewlines)
        }

        /// The environment of `secure.yml`.
        func environment(_ changes: [String: String] = [:]) -> [String: String] {
            [
                "BULLETINS_BOOTSTRAP_SERVERS": address,
                "BULLETINS_KAFKA_SECURITY_PROTOCOL": "SASL_SSL",
                "BULLETINS_KAFKA_SASL_MECHANISM": "SCRAM-SHA-512",
                "BULLETINS_KAFKA_SSL_CA_LOCATION": secrets + "/ca.crt",
                "BULLETINS_KAFKA_SASL_USERNAME": "indexer",
                "BULLETINS_KAFKA_SASL_PASSWORD_FILE": secrets + "/indexer.password",
            ].merging(changes) { $1 }
        }

        func publish(_ changes: [String: String] = [:]) async throws -> CommandResult {
            try await run(
                "bulletin-ingestor",
                ["publish", RepositoryFiles.url("Examples").path],
                environment: environment(changes),
                in: services.folder
            )
        }

        func close() async throws {
            // A program without a handler inherits that Dispatch's threads block SIGTERM; the proxy holds nothing to lose.
            proxy.signal(SIGKILL)
            _ = try await proxy.finish()
            try await services.close()
        }
    }

    @Test func bulletinsGoInAndOutByTLSAndLogIn() async throws {
        let secured = try await Secured()
        let published = try await secured.publish()
        #expect(published.status == 0, "\(published.messages)")
        let data = secured.services.folder.path("data")
        let indexer = try RunningCommand(
            "bulletin-indexer",
            ["run", "--data-dir", data],
            environment: secured.environment(),
            in: secured.services.folder
        )
        struct Stats: Decodable { let bulletins: Int }
        try await eventually("all are indexed") {
            guard indexer.isRunning else { throw TestFailure("the indexer ended: \(indexer.messages)") }
            let rows: [Stats]? = try? await secured.services.query(["stats"], dataDirectory: data)
            return rows?.first?.bulletins == 4
        }
        indexer.signal(SIGTERM)
        #expect(try await indexer.finish().status == 0)
        try await secured.close()
    }

    @Test func whoIsNotKnownIsRefused() async throws {
        let secured = try await Secured()
        // Another user's password.
        let wrong = ["BULLETINS_KAFKA_SASL_PASSWORD_FILE": secured.secrets + "/ingestor.password"]
        let password = try await secured.publish(wrong)
        #expect(password.status == 69 && password.messages.contains("SASL authentication error"), "\(password)")
        #expect(password.messages.contains("check sasl.username, sasl.password"), "\(password)")
        let other = try await secured.publish(["BULLETINS_KAFKA_SASL_USERNAME": "nobody"])
        #expect(other.status == 69 && other.messages.contains("SASL authentication error"), "\(other)")
        // A certificate of somebody else's authority.
        let certificate = try await secured.publish(
            ["BULLETINS_KAFKA_SSL_CA_LOCATION": "/etc/ssl/certs/ca-certificates.crt"]
        )
        #expect(
            certificate.status == 69 && certificate.messages.contains("certificate verify failed"),
            "\(certificate)"
        )
        #expect(certificate.messages.contains("ssl.ca.location"), "\(certificate)")
        // No TLS at all.
        let plain = try await secured.publish(["BULLETINS_KAFKA_SECURITY_PROTOCOL": "PLAINTEXT"])
        #expect(plain.status == 69, "\(plain)")
        try await secured.close()
    }
}
