/// Keeps secrets out of the logs: values of fields whose name says so, and known secrets wherever they appear.
struct LogRedaction: Sendable {
    private let secrets: [String]

    /// - Parameter secrets: values that must not appear. Very short ones are left alone: to cut them out of every word
    ///   would garble the log and give them away.
    init(secrets: [String] = []) {
        self.secrets = secrets.filter { $0.count >= 4 }.sorted { $0.count > $1.count }
    }

    /// The text without known secrets.
    func redact(_ text: String) -> String {
        secrets.reduce(text) { $0.contains($1) ? $0.replacing($1, with: SettingRow.redacted) : $0 }
    }

    /// Whether a field's value is left out for its name.
    func isSecret(key: String) -> Bool {
        let key = key.lowercased()
        return ["password", "secret", "authorization", "credential", "api-key", "apikey", "private-key"]
            .contains { key.contains($0) } || key == "token" || key.hasSuffix("-token") || key.hasSuffix("_token")
            || KafkaProperty.isSecret(key) && key.contains(".")
    }
}
