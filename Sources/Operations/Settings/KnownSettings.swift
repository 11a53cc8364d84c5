public import Logging

/// All settings of all three commands.
///
/// One list for all of them, so that one configuration file and one environment can serve a whole machine; a command
/// offers as flags what concerns it.
public enum KnownSettings {
    /// Every setting there is, in the order in which it is documented and printed.
    public static let all: [KnownSetting] = shared + queries + indexerService + ingestorService

    /// What several commands have.
    public static let shared: [KnownSetting] = [
        KnownSetting(.bootstrapServers), KnownSetting(.topic), KnownSetting(.rejectedTopic),
        KnownSetting(.partitions), KnownSetting(.replicationFactor), KnownSetting(.group),
        KnownSetting(.kafkaPropertiesFile), KnownSetting(.dataDirectories), KnownSetting(.lexicon),
        KnownSetting(.maxBatchRecords),
        KnownSetting(.maxBatchBytes), KnownSetting(.maxBatchDelayMilliseconds),
        KnownSetting(.shutdownTimeoutSeconds), KnownSetting(.logLevel), KnownSetting(.logFormat),
    ]

    /// What environment variables of this project begin with.
    public static let environmentPrefix = "BULLETINS_"
    /// The variable that names the configuration file where `--config` does not.
    public static let configFileVariable = "BULLETINS_CONFIG"
    /// Variables that begin so are librdkafka properties.
    public static let kafkaEnvironmentPrefix = "BULLETINS_KAFKA_"
    /// Variables that begin so belong to the test suite and are ignored.
    static let testEnvironmentPrefix = "BULLETINS_TEST_"
    /// A variable with this ending names a file that holds the value.
    static let fileSuffix = "_FILE"

    /// `BULLETINS_MAX_BATCH_RECORDS` for `max-batch-records`.
    static func environmentName(forKey key: String) -> String {
        environmentPrefix + key.uppercased().replacing("-", with: "_")
    }
}

extension Setting where Value == String {
    /// Where to find Kafka.
    public static var bootstrapServers: Setting {
        .text(
            "bootstrap-servers",
            default: "127.0.0.1:9092",
            "Kafka brokers to ask for the cluster, separated by commas.",
            constraint: "HOST:PORT[,HOST:PORT…]",
            isValid: isBootstrapServers
        )
    }

    /// The topic that holds the bulletins.
    public static var topic: Setting {
        .text(
            "topic",
            default: "bulletins",
            "Topic that holds the bulletins.",
            constraint: topicConstraint,
            isValid: isTopicName
        )
    }

    /// The topic for records that cannot be indexed.
    public static var rejectedTopic: Setting {
        .text(
            "rejected-topic",
            default: "bulletins.rejected",
            "Topic for records that cannot be indexed; unless set, the topic's name with .rejected at its end.",
            constraint: topicConstraint,
            isValid: isTopicName
        )
    }

    /// The consumer group that indexers share.
    public static var group: Setting {
        .text("group", default: "bulletin-indexer", "Consumer group in which indexers share the partitions.")
    }

    private static var topicConstraint: String { "1 to 249 ASCII letters, digits, dots, dashes and underscores" }

    /// Kafka's own rule for topic names (org.apache.kafka.common.internals.Topic).
    private static func isTopicName(_ name: String) -> Bool {
        name != "." && name != ".." && (1...249).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    private static func isBootstrapServers(_ list: String) -> Bool {
        list.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { server in
            guard let colon = server.lastIndex(of: ":") else { return false }
            let port = server[server.index(after: colon)...]
            return colon > server.startIndex && !server.contains(where: \.isWhitespace)
                && UInt16(port).map { $0 > 0 } == true
        }
    }
}

extension Setting where Value == Int {
    /// How many partitions a topic gets that is created.
    public static var partitions: Setting {
        .integer(
            "partitions",
            default: 6,
            in: 1...10_000,
            "Partitions that a topic gets when it is created; also the number of indexers that can work side by side."
        )
    }

    /// How many brokers hold each partition of a topic that is created; 0 is what the cluster has as its default.
    public static var replicationFactor: Setting {
        .integer(
            "replication-factor",
            default: 0,
            in: 0...100,
            "Brokers that hold a copy of each partition of a topic that is created; 0 is the cluster's own default."
        )
    }

    /// How many records a transaction may hold.
    public static var maxBatchRecords: Setting {
        .integer("max-batch-records", default: 500, in: 1...100_000, "Records that one index transaction may hold.")
    }

    /// How many bytes of records a transaction may hold.
    public static var maxBatchBytes: Setting {
        .integer(
            "max-batch-bytes",
            default: 8_388_608,
            in: 1_024...1_073_741_824,
            "Bytes of records that one index transaction may hold."
        )
    }

    /// How long a transaction waits for more records.
    public static var maxBatchDelayMilliseconds: Setting {
        .integer(
            "max-batch-delay-ms",
            default: 100,
            in: 0...60_000,
            "Milliseconds that an index transaction waits for more records."
        )
    }

    /// How long a service may take to finish its work when it is told to stop.
    public static var shutdownTimeoutSeconds: Setting {
        .integer(
            "shutdown-timeout-s",
            default: 20,
            in: 1...3_600,
            "Seconds that a service may take to finish its work after SIGTERM, before it is cancelled."
        )
    }
}

extension Setting where Value == [String] {
    /// The folders that hold the read model.
    public static var dataDirectories: Setting {
        .paths("data-dir", default: ["./data"], "Folder of the read model; queries take several.")
    }

    /// Files of words that the parser is to know beside its own.
    public static var lexicon: Setting {
        .paths("lexicon", default: [], "Files of words for the parser, beside those it knows; see docs/lexicon.md.")
    }
}

extension Setting where Value == String? {
    /// A file of librdkafka properties.
    public static var kafkaPropertiesFile: Setting {
        .optionalPath("kafka-properties", "File of librdkafka properties, one `key=value` a line, `#` for comments.")
    }
}

extension Setting where Value == Logger.Level {
    /// The least serious log messages that are shown. `notice` tells when a service starts, stops or changes state and
    /// is quiet otherwise; it is the same on a terminal and elsewhere, so that a service says what it said when tried.
    public static var logLevel: Setting {
        .choice("log-level", default: .notice, "Least serious log messages that are shown.")
    }
}

extension Setting where Value == LogFormat {
    /// How log lines look.
    public static var logFormat: Setting {
        .choice("log-format", default: .console, "Form of log lines: for people or as JSON.")
    }
}
