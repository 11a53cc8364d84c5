public import Console

/// One line of `--print-config`.
public struct SettingRow: Codable, Hashable, Sendable {
    /// What stands in place of a secret.
    public static let redacted = "<redacted>"

    /// The setting's key, or `kafka.` and the name of a librdkafka property.
    public let key: String
    /// The value in effect, redacted if secret; several values are separated by `:`; nil if there is none.
    public let value: String?
    /// Where it came from, in words.
    public let origin: String

    init(key: String, texts: [String], origin: SettingOrigin, isSecret: Bool) {
        self.key = key
        self.value = texts.isEmpty ? nil : isSecret ? Self.redacted : texts.joined(separator: ":")
        self.origin = origin.description
    }

    /// The columns in which settings are printed.
    public static var columns: [Column<SettingRow>] {
        [
            Column("key", title: "Setting") { $0.key },
            Column("value", title: "Value", isFlexible: true) { $0.value },
            Column("origin", title: "From", isFlexible: true) { $0.origin },
        ]
    }
}
