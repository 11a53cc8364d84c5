/// librdkafka settings, in order, passed on as they are.
///
/// The names are librdkafka's (its CONFIGURATION.md); what this module sets by default is documented at
/// ``KafkaProducer`` and ``KafkaConsumer`` and can be overridden here. Printing a configuration never shows secrets.
public struct KafkaConfiguration: Sendable, CustomStringConvertible {
    /// One setting and, when it came from a file, its place (`client.properties:12`) for messages.
    struct Property: Sendable {
        var key: String
        var value: String
        var place: String?
    }

    private(set) var properties: [Property] = []

    /// Settings for the brokers at `bootstrapServers` (`host:port`, comma-separated).
    public init(bootstrapServers: String, properties: [(String, String)] = []) {
        self[Self.bootstrapKey] = bootstrapServers
        for (key, value) in properties { self[key] = value }
    }

    init() {}

    private static let bootstrapKey = "bootstrap.servers"

    /// The brokers to ask first, `host:port`, comma-separated.
    public var bootstrapServers: String? {
        get { self[Self.bootstrapKey] ?? self["metadata.broker.list"] }
        set { self[Self.bootstrapKey] = newValue }
    }

    /// The setting of that name; setting it keeps its position, nil removes it.
    public subscript(key: String) -> String? {
        get { properties.first { $0.key == key }?.value }
        set { set(key, newValue, place: nil) }
    }

    /// Takes over all settings of `other`, which win.
    public mutating func merge(_ other: KafkaConfiguration) {
        for property in other.properties { set(property.key, property.value, place: property.place) }
    }

    /// The same settings with `defaults` for what is not set.
    func withDefaults(_ defaults: [(String, String)]) -> KafkaConfiguration {
        var result = KafkaConfiguration()
        for (key, value) in defaults { result[key] = value }
        result.merge(self)
        return result
    }

    mutating func set(_ key: String, _ value: String?, place: String?) {
        let index = properties.firstIndex { $0.key == key }
        switch (index, value) {
        case (let index?, let value?): properties[index] = Property(key: key, value: value, place: place)
        case (let index?, nil): properties.remove(at: index)
        case (nil, let value?): properties.append(Property(key: key, value: value, place: place))
        case (nil, nil): break
        }
    }

    /// The settings in order, secrets replaced.
    public var redactedProperties: [(key: String, value: String)] {
        properties.map { ($0.key, Self.isSecret($0.key) ? "***" : $0.value) }
    }

    /// `key=value` for each setting, secrets replaced.
    public var description: String {
        redactedProperties.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    }

    /// Whether a setting's value must never be shown.
    static func isSecret(_ key: String) -> Bool {
        let key = key.lowercased()
        return ["password", "secret", "token"].contains { key.contains($0) }
            || [
                "sasl.oauthbearer.config", "sasl.jaas.config", "ssl.key.pem", "ssl.keystore.key", "ssl.ca.pem",
                "ssl.certificate.pem", "ssl_key", "ssl_certificate", "ssl_ca",
            ].contains(key)
    }
}
