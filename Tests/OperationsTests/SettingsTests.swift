import Configuration
import Console
import Foundation
import Logging
import Testing

@testable import Operations

@Suite("Settings")
struct SettingsTests {
    private func resolve(
        _ environment: [String: String] = [:],
        file: String? = nil,
        flags change: (inout GivenFlags) -> Void = { _ in }
    ) throws(SettingsError) -> ResolvedSettings {
        var flags = GivenFlags()
        flags.configFile = file
        change(&flags)
        return try ResolvedSettings.resolve(flags: flags, environment: environment)
    }

    private func message(_ body: () throws -> ResolvedSettings) throws -> String {
        let error = try #require(throws: SettingsError.self) { try body() }
        #expect(!error.message.contains("\n"))
        return error.message
    }

    @Test("Defaults")
    func defaults() throws {
        let settings = try resolve(["PATH": "/bin"])
        #expect(settings[.bootstrapServers] == "127.0.0.1:9092")
        #expect(settings[.topic] == "bulletins")
        #expect(settings[.rejectedTopic] == "bulletins.rejected")
        #expect(settings[.partitions] == 6)
        #expect(settings[.replicationFactor] == 0)
        #expect(settings[.group] == "bulletin-indexer")
        #expect(settings[.dataDirectories] == ["./data"])
        #expect(try settings.dataDirectory() == "./data")
        #expect(settings[.kafkaPropertiesFile] == nil)
        #expect(settings[.maxBatchRecords] == 500)
        #expect(settings[.logLevel] == .notice)
        #expect(settings[.logFormat] == .console)
        #expect(settings.kafkaProperties.isEmpty)
        let other = try resolve(["BULLETINS_TOPIC": "other"])
        #expect(other[.rejectedTopic] == "other.rejected")
        #expect(settings.rows().allSatisfy { $0.origin == "default" })
    }

    @Test("Every default is acceptable, keys and variables are unique")
    func defaultsAreValid() {
        for setting in KnownSettings.all where !setting.defaultTexts.isEmpty {
            #expect(setting.parse(setting.defaultTexts) != nil, "\(setting.key)")
        }
        #expect(Set(KnownSettings.all.map(\.key)).count == KnownSettings.all.count)
        #expect(Set(KnownSettings.all.map(\.environmentName)).count == KnownSettings.all.count)
        #expect(KnownSettings.all.allSatisfy { !$0.key.contains("_") && $0.summary.hasSuffix(".") })
        // `_FILE` at the end of a variable means something else.
        #expect(KnownSettings.all.allSatisfy { !$0.key.hasSuffix("-file") })
    }

    @Test("Flag before environment before file before default, each with its origin")
    func layers() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            #"{"topic": "from-file", "partitions": 3, "group": "from-file", "data-dir": ["a", "b"]}"#,
            to: "bulletins.json"
        )
        let settings = try resolve(
            ["BULLETINS_TOPIC": "from-environment", "BULLETINS_PARTITIONS": "4", "BULLETINS_CONFIG": file]
        ) {
            $0.give(.topic, "from-flag")
            $0.give(.group, String?.none)
            $0.give(.maxBatchRecords, 7)
            $0.give(.dataDirectories, [])
        }
        #expect(settings[.topic] == "from-flag")
        #expect(settings[.partitions] == 4)
        #expect(settings[.group] == "from-file")
        #expect(settings[.maxBatchRecords] == 7)
        #expect(settings[.dataDirectories] == ["a", "b"])
        #expect(settings.origin(of: .topic).description == "flag --topic")
        #expect(settings.origin(of: .partitions).description == "environment variable BULLETINS_PARTITIONS")
        #expect(settings.origin(of: .group).description == "file \(file)")
        #expect(settings.origin(of: .rejectedTopic).description == "default")
        let error = #expect(throws: SettingsError.self) { try settings.dataDirectory() }
        #expect(error?.message.contains("2 folders") == true)
    }

    @Test("Lists: repeated flags, colons in the environment")
    func lists() throws {
        #expect(try resolve { $0.give(.dataDirectories, ["a:b", "c"]) }[.dataDirectories] == ["a:b", "c"])
        #expect(try resolve(["BULLETINS_DATA_DIR": "a:b"])[.dataDirectories] == ["a", "b"])
    }

    @Test("A malformed value is an error that names key, value, origin and what is expected")
    func malformed() throws {
        #expect(
            try message { try resolve(["BULLETINS_PARTITIONS": "80x"]) }
                == "partitions: \"80x\" from environment variable BULLETINS_PARTITIONS is not a whole number from 1 to 10000"
        )
        #expect(
            try message { try resolve { $0.give(.topic, "a b") } }.hasPrefix("topic: \"a b\" from flag --topic is not ")
        )
        #expect(try message { try resolve(["BULLETINS_LOG_LEVEL": "loud"]) }.contains("one of trace, debug, info, "))
        for servers in ["", "host", "host:", "host:0", "host:70000", "a:1,,b:2", "a b:1", ":9092"] {
            #expect(try message { try resolve(["BULLETINS_BOOTSTRAP_SERVERS": servers]) }.contains("HOST:PORT"))
        }
        #expect(try resolve(["BULLETINS_BOOTSTRAP_SERVERS": "a:1,[::1]:9092"])[.bootstrapServers] == "a:1,[::1]:9092")
        for topic in ["", ".", "..", "ä", "a/b", String(repeating: "x", count: 250)] {
            #expect(throws: SettingsError.self) { try resolve(["BULLETINS_TOPIC": topic]) }
        }
        for delay in ["-1", "60001", "1.5", "", " 1", "99999999999999999999"] {
            #expect(throws: SettingsError.self) { try resolve(["BULLETINS_MAX_BATCH_DELAY_MS": delay]) }
        }
        #expect(throws: SettingsError.self) { try resolve(["BULLETINS_DATA_DIR": ""]) }
        #expect(throws: SettingsError.self) { try resolve(["BULLETINS_GROUP": ""]) }
    }

    @Test("Unknown variables and keys are errors with a suggestion")
    func unknown() throws {
        #expect(
            try message { try resolve(["BULLETINS_TOPCI": "x"]) }
                == "unknown environment variable BULLETINS_TOPCI; did you mean BULLETINS_TOPIC?"
        )
        #expect(try message { try resolve(["BULLETINS_KAFKA_": "x"]) }.contains("BULLETINS_KAFKA_"))
        #expect(try message { try resolve(["BULLETINS_NONSENSE_FILE": "x"]) }.contains("BULLETINS_NONSENSE_FILE"))
        _ = try resolve(["BULLETINS_TEST_BOOTSTRAP": "x", "OTHER": "y"])
        let folder = try TemporaryFolder()
        let file = try folder.write(#"{"partitons": 3}"#, to: "c.json")
        #expect(
            try message { try resolve(file: file) }
                == "configuration file \(file): unknown setting partitons; did you mean partitions?"
        )
    }

    @Test(
        "A broken configuration file is named",
        arguments: [
            "{", "[]", "", #"{"topic": null}"#, #"{"topic": ["a"]}"#, #"{"topic": {"a": "b"}}"#, #"{"kafka": 1}"#,
            #"{"kafka": {"a": []}}"#, #"{"data-dir": [1]}"#, #"{"partitions": 1.5}"#, #"{"partitions": true}"#,
        ]
    )
    func brokenFile(text: String) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(text, to: "c.json")
        #expect(try message { try resolve(file: file) }.contains(file))
    }

    @Test("A missing file is status 66, the flag's file wins over the variable's")
    func missingFile() throws {
        let error = try #require(throws: SettingsError.self) { try resolve(file: "/nonexistent/c.json") }
        #expect(error.exitStatus == .noInput)
        #expect(error.message.contains("/nonexistent/c.json: No such file or directory"))
        let folder = try TemporaryFolder()
        #expect(throws: SettingsError.self) { try resolve(file: folder.path) }
        let file = try folder.write("{}", to: "c.json")
        _ = try resolve(["BULLETINS_CONFIG": "/nonexistent/c.json"], file: file)
        let notText = folder.path + "/binary"
        try Data([0xFF, 0xFE, 0x00]).write(to: URL(fileURLWithPath: notText))
        #expect(try message { try resolve(file: notText) }.contains("not UTF-8"))
    }

    @Test("A variable may name a file; both at once contradict each other")
    func variableFiles() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("secret-topic\n", to: "topic")
        let settings = try resolve(["BULLETINS_TOPIC_FILE": file])
        #expect(settings[.topic] == "secret-topic")
        #expect(
            settings.origin(of: .topic).description == "environment variable BULLETINS_TOPIC_FILE, contents of \(file)"
        )
        let both = ["BULLETINS_TOPIC_FILE": file, "BULLETINS_TOPIC": "x"]
        #expect(try message { try resolve(both) }.contains("both BULLETINS_TOPIC and BULLETINS_TOPIC_FILE"))
        let missing = try #require(throws: SettingsError.self) { try resolve(["BULLETINS_TOPIC_FILE": "/nonexistent"]) }
        #expect(missing.exitStatus == .noInput)
    }

    @Test("swift-configuration sees the same values")
    func reader() throws {
        let settings = try resolve(["BULLETINS_PARTITIONS": "9", "BULLETINS_KAFKA_LINGER_MS": "5"]) {
            $0.give(.topic, "t")
        }
        let reader = settings.reader
        #expect(reader.string(forKey: ConfigKey(["topic"])) == "t")
        #expect(reader.string(forKey: ConfigKey(["partitions"])) == "9")
        #expect(reader.string(forKey: ConfigKey(["group"])) == "bulletin-indexer")
        #expect(reader.string(forKey: ConfigKey(["kafka", "linger.ms"])) == "5")
    }

    @Test("--print-config shows what holds, in the order of the list")
    func rows() throws {
        let settings = try resolve { $0.give(.dataDirectories, ["a", "b"]) }
        #expect(settings.rows().map(\.key) == KnownSettings.all.map(\.key))
        let row = try #require(settings.rows(for: ["data-dir"]).first)
        #expect(row.value == "a:b")
        #expect(row.origin == "flag --data-dir")
        #expect(settings.rows(for: ["kafka-properties"]).first?.value == nil)
        #expect(try OrderedJSONEncoder().encode(row) == #"{"key":"data-dir","value":"a:b","origin":"flag --data-dir"}"#)
    }
}
