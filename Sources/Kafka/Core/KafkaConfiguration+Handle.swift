import CRdKafka

/// Owns a librdkafka configuration until a client takes it over.
struct ConfigurationHandle: ~Copyable {
    let pointer: OpaquePointer

    /// Sets every property; the handle is freed if one is refused.
    ///
    /// - Throws: ``KafkaError`` of category `configuration` that names the setting.
    init(_ configuration: KafkaConfiguration) throws(KafkaError) {
        pointer = rd_kafka_conf_new()
        for property in configuration.properties {
            try set(property)
        }
    }

    deinit { rd_kafka_conf_destroy(pointer) }

    /// Gives the pointer away: the caller (or the client made from it) frees it.
    consuming func release() -> OpaquePointer {
        let pointer = pointer
        discard self
        return pointer
    }

    /// What this build of librdkafka can do: compression codecs, SASL mechanisms ...
    static func builtinFeatures() -> Set<String> {
        let conf: OpaquePointer = rd_kafka_conf_new()
        defer { rd_kafka_conf_destroy(conf) }
        var buffer = [CChar](repeating: 0, count: 512)
        var size = buffer.count
        guard rd_kafka_conf_get(conf, "builtin.features", &buffer, &size) == RD_KAFKA_CONF_OK else { return [] }
        return Set(string(from: buffer).split(separator: ",").map(String.init))
    }

    static func string(from buffer: [CChar]) -> String {
        String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private borrowing func set(_ property: KafkaConfiguration.Property) throws(KafkaError) {
        // A NUL would cut the C string short and silently set something else.
        if property.key.utf8.contains(0) || property.value.utf8.contains(0) {
            throw Self.refused(property, reason: "\(property.key) contains a NUL character")
        }
        var message = [CChar](repeating: 0, count: 512)
        let result = rd_kafka_conf_set(pointer, property.key, property.value, &message, message.count)
        switch result {
        case RD_KAFKA_CONF_OK:
            return
        case RD_KAFKA_CONF_UNKNOWN:
            throw Self.refused(
                property,
                reason: "librdkafka has no setting \(property.key)",
                nextStep: "look the name up in librdkafka's CONFIGURATION.md"
            )
        default:
            // librdkafka quotes the value in its message.
            let text =
                KafkaConfiguration.isSecret(property.key) ? "the value is not accepted" : Self.string(from: message)
            throw Self.refused(property, reason: "\(property.key): \(text)")
        }
    }

    private static func refused(
        _ property: KafkaConfiguration.Property,
        reason: String,
        nextStep: String? = nil
    ) -> KafkaError {
        KafkaError(
            .invalidArgument,
            operation: property.place ?? "configure Kafka client",
            reason: reason,
            nextStep: nextStep,
            category: .configuration
        )
    }
}

extension KafkaConfiguration {
    /// Checks every name and value without touching the network. Contradictions between settings show only when a
    /// client is made.
    ///
    /// - Throws: ``KafkaError`` of category `configuration` that names the setting.
    public func validate() throws(KafkaError) {
        _ = try ConfigurationHandle(self)
        if (bootstrapServers ?? "").isEmpty, self["test.mock.num.brokers"] == nil {
            throw KafkaError(
                .invalidArgument,
                operation: "configure Kafka client",
                reason: "bootstrap.servers is not set",
                nextStep: "set it to host:port of one or more brokers"
            )
        }
    }
}
