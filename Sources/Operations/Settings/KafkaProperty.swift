import Console

/// A librdkafka property and where it came from.
public struct KafkaProperty: Hashable, Sendable {
    /// The name, such as `fetch.wait.max.ms`. Whether there is such a property, only librdkafka can tell.
    public let name: String
    /// The value. Never to be shown if ``isSecret``.
    public let value: String
    /// Where the value came from.
    public let origin: SettingOrigin

    /// Whether the value is a password, key or token, by the property's name.
    public var isSecret: Bool { Self.isSecret(name) }

    /// Properties that a setting of our own decides; two places to say the same thing would contradict each other.
    private static let settingsInstead = [
        "bootstrap.servers": "bootstrap-servers", "metadata.broker.list": "bootstrap-servers", "group.id": "group",
    ]

    /// Whether a property's value is a password, key or token. `sasl.oauthbearer.config` may hold one.
    static func isSecret(_ name: String) -> Bool {
        ["password", "secret", "key.pem", "token", "oauthbearer.config"].contains { name.lowercased().contains($0) }
    }

    /// The property that an environment variable stands for: in lower case, `_` for `.`; `BULLETINS_KAFKA_LINGER_MS` is
    /// `linger.ms`. No librdkafka property that takes a text has an underscore in its name.
    static func name(ofVariable variable: String) -> String {
        variable.dropFirst(KnownSettings.kafkaEnvironmentPrefix.count).lowercased().replacing("_", with: ".")
    }

    /// Checks the name and reads the value from a file where it asks for it.
    init(name: String, text: String, origin: SettingOrigin) throws(SettingsError) {
        let name = name.trimmingSpaces()
        guard !name.isEmpty else {
            throw SettingsError("a Kafka property without a name in \(origin); expected key=value")
        }
        if let setting = Self.settingsInstead[name] {
            throw SettingsError(
                "the Kafka property \(name) in \(origin) is set by --\(setting) or "
                    + "\(KnownSettings.environmentName(forKey: setting)); use one of these"
            )
        }
        let resolved = try SettingValue.resolve(text, purpose: "value of the Kafka property \(name)")
        self.name = name
        self.value = resolved.text
        self.origin = SettingOrigin(origin.layer, name: origin.name, contentsOf: origin.contentsOf ?? resolved.path)
    }

    /// The properties of a Java-style file: `key=value` lines, `#` or `!` begins a comment.
    static func parse(file path: String) throws(SettingsError) -> [KafkaProperty] {
        let text = try SmallFile.read(path, purpose: "file of Kafka properties")
        var properties: [KafkaProperty] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = String(line).trimmingSpaces()
            if line.isEmpty || line.hasPrefix("#") || line.hasPrefix("!") { continue }
            guard let equals = line.firstIndex(of: "=") else {
                throw SettingsError("\(path), line \(index + 1): expected key=value")
            }
            let value = String(line[line.index(after: equals)...]).trimmingSpaces()
            let origin = SettingOrigin(.file, name: "\(path), line \(index + 1)")
            properties.append(try KafkaProperty(name: String(line[..<equals]), text: value, origin: origin))
        }
        return properties
    }
}

/// Values that stand in a file of their own.
///
/// A Kafka property's or a secret setting's value that begins with `@/` or `@./` names the file that holds it, so that
/// secrets need not stand on a command line or in an environment. A value that really begins so is written with two
/// `@`. The file's last line break does not count.
enum SettingValue {
    static func resolve(_ text: String, purpose: String) throws(SettingsError) -> (text: String, path: String?) {
        if text.hasPrefix("@@") { return (String(text.dropFirst()), nil) }
        guard text.hasPrefix("@/") || text.hasPrefix("@./") else { return (text, nil) }
        let path = String(text.dropFirst())
        return (try SmallFile.readSecret(path, purpose: purpose), path)
    }
}

extension String {
    /// The text without spaces and tabs at its ends.
    func trimmingSpaces() -> String {
        var rest = self[...]
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}
