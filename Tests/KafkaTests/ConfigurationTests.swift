import Foundation
import Kafka
import Testing

struct ConfigurationTests {
    private func error(_ body: () throws -> Void) throws -> KafkaError {
        try #require(throws: KafkaError.self) { try body() }
    }

    @Test(arguments: [
        ("no.such.setting", "1"), ("linger.ms", "soon"), ("compression.codec", "zip"), ("acks", "-7"),
        ("dr_msg_cb", "x"), ("linger.ms", "1\u{0}2"),
    ])
    func aWrongSettingIsNamed(key: String, value: String) throws {
        let configuration = KafkaConfiguration(bootstrapServers: deadBroker, properties: [(key, value)])
        let errors = [
            try error { try configuration.validate() },
            try error { _ = try KafkaProducer(configuration: configuration, logger: quiet) },
            try error { _ = try KafkaConsumer(configuration: configuration, logger: quiet) },
            try error { _ = try KafkaAdmin(configuration: configuration, logger: quiet) },
        ]
        for error in errors {
            #expect(error.category == .configuration)
            #expect(error.description.contains(key))
            #expect(!error.description.contains("\n"))
        }
    }

    @Test func contradictionsAreFoundWhenTheClientIsMade() throws {
        let configuration = KafkaConfiguration(bootstrapServers: deadBroker, properties: [("acks", "1")])
        let error = try error { _ = try KafkaProducer(configuration: configuration, logger: quiet) }
        #expect(error.category == .configuration)
        #expect(error.description.contains("acks"))
    }

    @Test func brokersMustBeNamed() throws {
        let error = try error { try KafkaConfiguration(bootstrapServers: "").validate() }
        #expect(error.description.contains("bootstrap.servers"))
    }

    @Test func secretsAreNeverShown() throws {
        let keys = [
            "sasl.password", "ssl.key.password", "ssl.keystore.password", "sasl.oauthbearer.client.secret",
            "sasl.oauthbearer.config", "ssl.key.pem",
        ]
        let configuration = KafkaConfiguration(
            bootstrapServers: deadBroker,
            properties: keys.map { ($0, "hunter2") } + [("sasl.username", "me")]
        )
        #expect(!configuration.description.contains("hunter2"))
        #expect(!"\(configuration.redactedProperties)".contains("hunter2"))
        #expect(configuration.description.contains("sasl.username=me"))
        #expect(configuration.redactedProperties.map(\.key) == ["bootstrap.servers"] + keys + ["sasl.username"])
        let misplaced = try error { try KafkaConfiguration(propertiesText: "a=b\nhunter2\n", source: "f").validate() }
        #expect(!misplaced.description.contains("hunter2"))
        let refused = try error {
            let configuration = KafkaConfiguration(
                bootstrapServers: deadBroker,
                properties: [("security.protocol", "ssl"), ("ssl.key.pem", "hunter2")]
            )
            _ = try KafkaProducer(configuration: configuration, logger: quiet)
        }
        #expect(!refused.description.contains("hunter2"))
    }

    @Test func propertiesFilesAreReadAsJavaDoes() throws {
        let text = """
            # comment
              ! another

            bootstrap.servers = a:1,\\
                b:2
            client.id: some\\u0020name\\=x\\ty
            sasl.password=p=q#r
            """
        let configuration = try KafkaConfiguration(propertiesText: text, source: "f")
        #expect(configuration.bootstrapServers == "a:1,b:2")
        #expect(configuration["client.id"] == "some name=x\ty")
        #expect(configuration["sasl.password"] == "p=q#r")
        #expect(configuration["absent"] == nil)
    }

    @Test(arguments: [
        ("a=b\n\njust words\n", "f:3"), ("=b", "f:1"), ("#\na=1\nb=2\na=3", "f:4"), ("a=\\u12", "f:1"),
        ("a=\\ud800", "f:1"), ("bootstrap.servers=x:1\nlinger.ms=soon", "f:2"),
        ("bootstrap.servers=x:1\nkey.serializer=org.apache.X", "f:2"),
    ])
    func errorsInPropertiesFilesHaveAPlace(text: String, place: String) throws {
        let error = try error { try KafkaConfiguration(propertiesText: text, source: "f").validate() }
        #expect(error.description.hasPrefix("\(place):"))
        #expect(error.category == .configuration)
    }

    @Test func aFileIsReadAndAMissingOneNamed() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).properties")
        let missing = try error { _ = try KafkaConfiguration(propertiesFile: url.path) }
        #expect(missing.description.contains(url.path))
        #expect(missing.category == .configuration)
        try Data("bootstrap.servers=x:1\n".utf8).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        #expect(try KafkaConfiguration(propertiesFile: url.path).bootstrapServers == "x:1")
        try Data([0x61, 0x3d, 0xff]).write(to: url)
        #expect(try error { _ = try KafkaConfiguration(propertiesFile: url.path) }.description.contains("UTF-8"))
    }

    @Test func laterSettingsWinAndKeepTheirPlace() {
        var configuration = KafkaConfiguration(bootstrapServers: "x:1", properties: [("a", "1"), ("b", "2")])
        configuration.merge(KafkaConfiguration(bootstrapServers: "y:1", properties: [("a", "3"), ("c", "4")]))
        configuration["b"] = nil
        #expect(configuration.description == "bootstrap.servers=y:1 a=3 c=4")
    }
}
