public import ArgumentParser
public import Console
internal import Foundation
public import Kafka
public import Operations

extension OutputFormat: ExpressibleByArgument {}
extension ColorMode: ExpressibleByArgument {}

/// `--config`, `--log-level`, `--log-format`: what every service takes.
public struct ServiceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A JSON file of settings; flags and environment win over it.", valueName: "file"))
    var config: String?

    @Option(help: "Least severe messages shown: trace, debug, info, notice, warning, error, critical.")
    var logLevel: String?

    @Option(help: "console (for people) or json (a line each, for machines).")
    var logFormat: String?

    @Flag(help: "Print every setting, its value and where that comes from, and end.")
    var printConfig = false

    /// Options as ArgumentParser fills them.
    public init() {}

    /// Adds what was given to `flags`.
    public func give(to flags: inout GivenFlags) {
        flags.configFile = config
        flags.give(.logLevel, logLevel)
        flags.give(.logFormat, logFormat)
    }

    /// Prints the settings if that was asked for; true if so, and the command has nothing else to do.
    /// - Parameter known: the settings that concern the command.
    public func printsConfiguration(
        _ settings: ResolvedSettings,
        of known: [KnownSetting] = KnownSettings.shared
    ) throws -> Bool {
        guard printConfig else { return false }
        let format = OutputFormat.standard(isTerminal: ConsoleOutput.standardOutput.isTerminal)
        var printer = RecordPrinter(format: format, columns: SettingRow.columns, isColored: false)
        for row in settings.rows(for: known.map(\.key)) { try printer.print(row) }
        try printer.finish()
        return true
    }

    /// Starts logging as set; where nothing is set, a command that a person waits for tells warnings only.
    public func startLogging(_ settings: ResolvedSettings, isInteractive: Bool = false) {
        guard isInteractive, settings.origin(of: .logLevel).layer == .defaultValue else {
            return LoggingBootstrap.start(settings)
        }
        LoggingBootstrap.start(level: .warning, format: settings[.logFormat])
    }
}

/// The folders that a query reads.
public struct DataFolderOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A folder of the read model, repeatable (default: BULLETINS_DATA_DIR, else ./data).",
            valueName: "dir"
        )
    )
    var dataDir: [String] = []

    /// Options as ArgumentParser fills them.
    public init() {}

    /// Adds what was given to `flags`.
    public func give(to flags: inout GivenFlags) { flags.give(.dataDirectories, dataDir) }

    /// Those given by flag.
    public var given: [String] { dataDir }

    /// The folders by flag, else environment, else configuration file, else ./data. Throws `SettingsError`.
    public func folders() throws -> [String] {
        var flags = GivenFlags()
        give(to: &flags)
        return try ResolvedSettings.resolve(flags: flags)[.dataDirectories]
    }
}

/// Where Kafka is and how to talk to it.
public struct KafkaOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Where Kafka listens (default: 127.0.0.1:9092).", valueName: "host:port,…"))
    var bootstrapServers: String?

    @Option(help: "The topic of bulletins (default: bulletins).")
    var topic: String?

    @Option(
        help: ArgumentHelp(
            "The topic of records that cannot be indexed (default: the topic's name and .rejected).",
            valueName: "topic"
        )
    )
    var rejectedTopic: String?

    @Option(
        name: .customLong("kafka"),
        help: ArgumentHelp(
            "Any librdkafka property, repeatable; @FILE as the value reads it from a file.",
            valueName: "key=value"
        )
    )
    var properties: [String] = []

    @Option(help: ArgumentHelp("A file of librdkafka properties, key=value a line.", valueName: "file"))
    var kafkaProperties: String?

    /// Options as ArgumentParser fills them.
    public init() {}

    /// Adds what was given to `flags`.
    public func give(to flags: inout GivenFlags) {
        flags.give(.bootstrapServers, bootstrapServers)
        flags.give(.topic, topic)
        flags.give(.rejectedTopic, rejectedTopic)
        flags.give(.kafkaPropertiesFile, kafkaProperties)
        flags.kafka = properties
    }
}

extension ResolvedSettings {
    /// The settings that go straight to librdkafka, checked. Throws `KafkaError` naming a wrong property.
    public func kafkaConfiguration() throws -> KafkaConfiguration {
        var configuration = KafkaConfiguration(bootstrapServers: self[.bootstrapServers])
        for (key, value) in kafkaProperties.sorted(by: { $0.key < $1.key }) { configuration[key] = value }
        try configuration.validate()
        return configuration
    }
}

/// How records are printed.
public struct OutputOptions: ParsableArguments {
    @Option(help: "table, json, ndjson, csv or markdown (default: table on a terminal, else ndjson).")
    var format: OutputFormat?

    @Option(help: "auto, always or never; NO_COLOR is respected.")
    var color = ColorMode.auto

    /// Options as ArgumentParser fills them.
    public init() {}

    /// The format asked for, or the one that fits where the output goes.
    public var resolvedFormat: OutputFormat {
        format ?? .standard(isTerminal: ConsoleOutput.standardOutput.isTerminal)
    }

    /// Whether the output is coloured.
    public var isColored: Bool {
        color.isEnabled(
            isTerminal: ConsoleOutput.standardOutput.isTerminal,
            environment: ProcessInfo.processInfo.environment
        )
    }

    /// A printer of rows to standard output.
    public func printer<Row: Encodable & SendableMetatype>(
        _ columns: [Column<Row>],
        fields: FieldSelection? = nil
    ) -> RecordPrinter<Row> {
        RecordPrinter(format: resolvedFormat, columns: columns, fields: fields, isColored: isColored)
    }

    /// Prints all rows.
    public func print<Row: Encodable & SendableMetatype>(
        _ rows: [Row],
        _ columns: [Column<Row>],
        fields: FieldSelection? = nil
    ) throws {
        var printer = printer(columns, fields: fields)
        for row in rows { try printer.print(row) }
        try printer.finish()
    }
}
