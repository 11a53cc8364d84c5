import Testing

@testable import Operations

@Suite("librdkafka properties")
struct KafkaPropertyTests {
    private func resolve(
        _ environment: [String: String] = [:],
        kafka: [String] = [],
        file: String? = nil
    ) throws(SettingsError) -> ResolvedSettings {
        var flags = GivenFlags()
        flags.kafka = kafka
        flags.configFile = file
        return try ResolvedSettings.resolve(flags: flags, environment: environment)
    }

    @Test("Flags win over variables, these over the configuration file, and that over the properties file")
    func layers() throws {
        let folder = try TemporaryFolder()
        let properties = try folder.write(
            "# comment\n! another\n\n a.a = 1 \r\nb.b=2\nc.c=3\nd.d=x=y\ne.e=\n",
            to: "kafka.properties"
        )
        let file = try folder.write(
            #"{"kafka": {"b.b": 20, "c.c": "30", "enable.it": true}, "kafka-properties": "\#(properties)"}"#,
            to: "c.json"
        )
        let settings = try resolve(
            ["BULLETINS_KAFKA_C_C": "300", "BULLETINS_KAFKA_FETCH_WAIT_MAX_MS": "10"],
            kafka: ["fetch.wait.max.ms=1", "x.y=a=b"],
            file: file
        )
        #expect(
            settings.kafkaProperties == [
                "a.a": "1", "b.b": "20", "c.c": "300", "d.d": "x=y", "e.e": "", "enable.it": "true",
                "fetch.wait.max.ms": "1", "x.y": "a=b",
            ]
        )
        let origins = Dictionary(
            uniqueKeysWithValues: settings.kafkaPropertyList.map { ($0.name, $0.origin.description) }
        )
        #expect(origins["a.a"] == "file \(properties), line 4")
        #expect(origins["c.c"] == "environment variable BULLETINS_KAFKA_C_C")
        #expect(origins["x.y"] == "flag --kafka")
        #expect(settings.kafkaPropertyList.map(\.name) == settings.kafkaPropertyList.map(\.name).sorted())
    }

    @Test("Secrets come from files and are never shown")
    func secrets() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("@hunter2 \n", to: "password")
        for settings in [
            try resolve(kafka: ["sasl.password=@\(file)"]),
            try resolve(["BULLETINS_KAFKA_SASL_PASSWORD": "@\(file)"]),
            try resolve(["BULLETINS_KAFKA_SASL_PASSWORD_FILE": file]),
        ] {
            #expect(settings.kafkaProperties["sasl.password"] == "@hunter2 ")
            #expect(settings.secrets == ["@hunter2 "])
            let row = try #require(settings.rows().last)
            #expect(row.key == "kafka.sasl.password")
            #expect(row.value == SettingRow.redacted)
            #expect(row.origin.hasSuffix("contents of \(file)"))
            #expect(!"\(settings.rows())".contains("hunter2"))
            #expect(!settings.reader.description.contains("hunter2"))
        }
    }

    @Test("A value that begins with @ but names no file is a value")
    func literals() throws {
        #expect(try resolve(kafka: ["a=@x"]).kafkaProperties["a"] == "@x")
        #expect(try resolve(kafka: ["a=@@/x"]).kafkaProperties["a"] == "@/x")
        #expect(try resolve(["BULLETINS_KAFKA_A": "@@@"]).kafkaProperties["a"] == "@@")
    }

    @Test("Names of secrets")
    func secretNames() {
        for name in [
            "sasl.password", "ssl.key.password", "ssl.key.pem", "ssl.keystore.password",
            "sasl.oauthbearer.client.secret", "sasl.oauthbearer.config",
        ] {
            #expect(KafkaProperty.isSecret(name))
        }
        for name in ["sasl.username", "security.protocol", "ssl.ca.location", "linger.ms"] {
            #expect(!KafkaProperty.isSecret(name))
        }
    }

    @Test(
        "Mistakes are named",
        arguments: [
            ("novalue", "--kafka novalue: expected key=value"), ("=x", "without a name"),
            ("bootstrap.servers=a:1", "--bootstrap-servers"), ("group.id=g", "BULLETINS_GROUP"),
            ("sasl.password=@/nonexistent", "/nonexistent: No such file"),
        ]
    )
    func mistakes(flag: String, expected: String) throws {
        let error = try #require(throws: SettingsError.self) { try resolve(kafka: [flag]) }
        #expect(error.message.contains(expected))
    }

    @Test("A bad line of a properties file is named by number")
    func badLine() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("a=1\n\nnonsense\n", to: "kafka.properties")
        let error = try #require(throws: SettingsError.self) { try resolve(["BULLETINS_KAFKA_PROPERTIES": file]) }
        #expect(error.message == "\(file), line 3: expected key=value")
    }
}
