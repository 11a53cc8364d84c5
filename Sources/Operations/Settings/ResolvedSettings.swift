public import Configuration
import Console

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// All settings, checked, each with the place it came from: flag before environment before file before default.
public struct ResolvedSettings: Sendable {
    private struct Entry {
        var texts: [String]
        var value: any Sendable
        var origin: SettingOrigin
    }

    private let entries: [String: Entry]
    /// The librdkafka properties, by name. Flags win over environment variables, these over the `kafka` object of the
    /// configuration file, and that over the file of `--kafka-properties`.
    public let kafkaPropertyList: [KafkaProperty]

    /// Gathers the layers and checks every value of every layer that counts.
    /// - Parameters:
    ///   - flags: what the command line gave.
    ///   - given: the environment variables, nil for those of the process; those that begin with `BULLETINS_` must
    ///     all be known.
    /// - Throws: ``SettingsError`` for malformed values, unknown names and files that cannot be read.
    public static func resolve(
        flags: GivenFlags,
        environment given: [String: String]? = nil
    ) throws(SettingsError) -> ResolvedSettings {
        let environment = given ?? ProcessInfo.processInfo.environment
        try rejectUnknownVariables(environment)
        let file = try (flags.configFile ?? environment[KnownSettings.configFileVariable]).map {
            path throws(SettingsError) in try ConfigurationFile(path: path)
        }
        var entries: [String: Entry] = [:]
        for setting in KnownSettings.all {
            entries[setting.key] = try entry(for: setting, flags: flags, environment: environment, file: file)
        }
        // Unless it is set, the rejected topic goes by the name of the topic.
        let rejected = Setting<String>.rejectedTopic.key
        if entries[rejected]?.origin.layer == .defaultValue, let topic = entries[Setting<String>.topic.key]?.texts.first
        {
            entries[rejected]?.texts = [topic + ".rejected"]
            entries[rejected]?.value = topic + ".rejected"
        }
        let propertiesFile = entries[Setting<String?>.kafkaPropertiesFile.key]?.value as? String
        let properties = try kafkaProperties(
            flags: flags,
            environment: environment,
            file: file,
            propertiesFile: propertiesFile
        )
        return ResolvedSettings(entries: entries, kafkaPropertyList: properties)
    }

    /// The value of a setting.
    public subscript<Value>(_ setting: Setting<Value>) -> Value {
        guard let value = entries[setting.key]?.value as? Value else {
            preconditionFailure("the setting \(setting.key) is missing from KnownSettings.all")
        }
        return value
    }

    /// Where the value of a setting came from.
    public func origin<Value>(of setting: Setting<Value>) -> SettingOrigin {
        entries[setting.key]?.origin ?? SettingOrigin(.defaultValue)
    }

    /// The one folder of the read model that a service works on.
    /// - Throws: ``SettingsError`` if several were given.
    public func dataDirectory() throws(SettingsError) -> String {
        let directories = self[.dataDirectories]
        guard directories.count == 1, let directory = directories.first else {
            throw SettingsError(
                "data-dir from \(origin(of: .dataDirectories)) names \(directories.count) folders; this command works on one"
            )
        }
        return directory
    }

    /// The librdkafka properties, for the client.
    public var kafkaProperties: [String: String] {
        Dictionary(kafkaPropertyList.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// Every secret value, for the logs to leave out.
    public var secrets: [String] {
        kafkaPropertyList.filter(\.isSecret).map(\.value)
            + KnownSettings.all.filter(\.isSecret).flatMap { entries[$0.key]?.texts ?? [] }
    }

    /// The settings as swift-configuration sees them, for parts that take a `ConfigReader`. Keys are those of the file;
    /// librdkafka properties stand below `kafka`.
    public var reader: ConfigReader {
        var layers: [SettingOrigin.Layer: [AbsoluteConfigKey: ConfigValue]] = [:]
        for setting in KnownSettings.all {
            guard let entry = entries[setting.key], let first = entry.texts.first else { continue }
            let content: ConfigContent = setting.isList ? .stringArray(entry.texts) : .string(first)
            layers[entry.origin.layer, default: [:]][AbsoluteConfigKey([setting.key])] =
                ConfigValue(content, isSecret: setting.isSecret)
        }
        for property in kafkaPropertyList {
            layers[property.origin.layer, default: [:]][AbsoluteConfigKey(["kafka", property.name])] =
                ConfigValue(.string(property.value), isSecret: property.isSecret)
        }
        return ConfigReader(
            providers: SettingOrigin.Layer.allCases.map { layer in
                InMemoryProvider(name: layer.rawValue, values: layers[layer] ?? [:])
            }
        )
    }

    /// The settings as `--print-config` shows them, secrets left out.
    /// - Parameter keys: the settings that concern a command; nil means all of them.
    public func rows(for keys: [String]? = nil) -> [SettingRow] {
        let settings = KnownSettings.all.filter { keys?.contains($0.key) ?? true }.map { setting in
            SettingRow(
                key: setting.key,
                texts: entries[setting.key]?.texts ?? [],
                origin: entries[setting.key]?.origin ?? SettingOrigin(.defaultValue),
                isSecret: setting.isSecret
            )
        }
        return settings
            + kafkaPropertyList.map {
                SettingRow(key: "kafka." + $0.name, texts: [$0.value], origin: $0.origin, isSecret: $0.isSecret)
            }
    }
}

extension ResolvedSettings {
    private static func rejectUnknownVariables(_ environment: [String: String]) throws(SettingsError) {
        let known = KnownSettings.all.map(\.environmentName) + [KnownSettings.configFileVariable]
        for name in environment.keys.sorted() where name.hasPrefix(KnownSettings.environmentPrefix) {
            if name.hasPrefix(KnownSettings.testEnvironmentPrefix) { continue }
            if known.contains(name) { continue }
            if name.hasSuffix(KnownSettings.fileSuffix) {
                let base = String(name.dropLast(KnownSettings.fileSuffix.count))
                if base != KnownSettings.configFileVariable, known.contains(base) { continue }
            }
            let prefix = KnownSettings.kafkaEnvironmentPrefix
            if name.hasPrefix(prefix), name.count > prefix.count { continue }
            throw SettingsError(
                "unknown environment variable \(name)\(Suggestion.clause(for: name, among: known))"
            )
        }
    }

    private static func entry(
        for setting: KnownSetting,
        flags: GivenFlags,
        environment: [String: String],
        file: ConfigurationFile?
    ) throws(SettingsError) -> Entry {
        guard var (texts, origin) = try given(for: setting, flags: flags, environment: environment, file: file) else {
            return Entry(
                texts: setting.defaultTexts,
                value: setting.defaultValue,
                origin: SettingOrigin(.defaultValue)
            )
        }
        if setting.isSecret, origin.contentsOf == nil, let first = texts.first {
            let resolved = try SettingValue.resolve(first, purpose: "value of \(setting.key)")
            texts = [resolved.text]
            origin = SettingOrigin(origin.layer, name: origin.name, contentsOf: resolved.path)
        }
        guard let value = setting.parse(texts) else {
            let shown = setting.isSecret ? "the given value" : "\"\(texts.joined(separator: ":"))\""
            throw SettingsError("\(setting.key): \(shown) from \(origin) is not \(setting.constraint)")
        }
        return Entry(texts: texts, value: value, origin: origin)
    }

    private static func given(
        for setting: KnownSetting,
        flags: GivenFlags,
        environment: [String: String],
        file: ConfigurationFile?
    ) throws(SettingsError) -> (texts: [String], origin: SettingOrigin)? {
        if let texts = flags.values[setting.key] {
            return (texts, SettingOrigin(.flag, name: setting.flag))
        }
        if let (text, origin) = try variable(setting.environmentName, in: environment) {
            let texts = setting.isList ? text.split(separator: ":").map(String.init) : [text]
            return (texts, origin)
        }
        if let file, let texts = file.values[setting.key] {
            return (texts, SettingOrigin(.file, name: file.path))
        }
        return nil
    }

    /// A variable's value: its own, or that of the file which the variable with `_FILE` at its end names.
    private static func variable(
        _ name: String,
        in environment: [String: String]
    ) throws(SettingsError) -> (text: String, origin: SettingOrigin)? {
        let fileVariable = name + KnownSettings.fileSuffix
        switch (environment[name], environment[fileVariable]) {
        case (nil, nil): return nil
        case (let text?, nil): return (text, SettingOrigin(.environment, name: name))
        case (nil, let path?):
            let text = try SmallFile.readSecret(path, purpose: "named by \(fileVariable)")
            return (text, SettingOrigin(.environment, name: fileVariable, contentsOf: path))
        case (_?, _?):
            throw SettingsError("both \(name) and \(fileVariable) are set; unset one of them")
        }
    }

    private static func kafkaProperties(
        flags: GivenFlags,
        environment: [String: String],
        file: ConfigurationFile?,
        propertiesFile: String?
    ) throws(SettingsError) -> [KafkaProperty] {
        var properties: [String: KafkaProperty] = [:]
        func add(_ property: KafkaProperty) { properties[property.name] = property }
        if let propertiesFile {
            for property in try KafkaProperty.parse(file: propertiesFile) { add(property) }
        }
        if let file {
            for (name, text) in file.kafka {
                add(try KafkaProperty(name: name, text: text, origin: SettingOrigin(.file, name: file.path)))
            }
        }
        for (name, (text, origin)) in try kafkaVariables(environment) {
            // A file named by `_FILE` is taken as it is: what begins with @ in it is meant so.
            let text = origin.contentsOf != nil && text.hasPrefix("@") ? "@" + text : text
            add(try KafkaProperty(name: name, text: text, origin: origin))
        }
        for flag in flags.kafka {
            guard let equals = flag.firstIndex(of: "=") else {
                throw SettingsError("--kafka \(flag): expected key=value, such as --kafka linger.ms=5")
            }
            let origin = SettingOrigin(.flag, name: "--kafka")
            let value = String(flag[flag.index(after: equals)...])
            add(try KafkaProperty(name: String(flag[..<equals]), text: value, origin: origin))
        }
        return properties.values.sorted { $0.name < $1.name }
    }

    private static func kafkaVariables(
        _ environment: [String: String]
    ) throws(SettingsError) -> [String: (text: String, origin: SettingOrigin)] {
        // Variables of this prefix that are settings: BULLETINS_KAFKA_PROPERTIES and its _FILE form.
        let settings = KnownSettings.all.map(\.environmentName)
        var result: [String: (text: String, origin: SettingOrigin)] = [:]
        for variable in environment.keys.sorted() where variable.hasPrefix(KnownSettings.kafkaEnvironmentPrefix) {
            let suffix = KnownSettings.fileSuffix
            let base = variable.hasSuffix(suffix) ? String(variable.dropLast(suffix.count)) : variable
            if settings.contains(base) { continue }
            result[KafkaProperty.name(ofVariable: base)] = try Self.variable(base, in: environment)
        }
        return result
    }
}
