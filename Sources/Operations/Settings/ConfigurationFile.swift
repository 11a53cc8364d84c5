import Console

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The configuration file: a JSON object of setting keys, with librdkafka properties under `kafka`.
///
/// ```json
/// { "topic": "bulletins", "partitions": 12, "data-dir": ["/srv/a", "/srv/b"],
///   "kafka": { "security.protocol": "SASL_SSL", "sasl.password": "@/run/secrets/kafka" } }
/// ```
struct ConfigurationFile {
    let path: String
    private(set) var values: [String: [String]] = [:]
    private(set) var kafka: [String: String] = [:]

    /// - Throws: ``SettingsError`` for a file that cannot be read or is no JSON object, unknown keys, and values of a
    ///   kind that no setting has.
    init(path: String) throws(SettingsError) {
        self.path = path
        let text = try SmallFile.read(path, purpose: "configuration file")
        let object: [String: Value]
        do {
            object = try JSONDecoder().decode([String: Value].self, from: Data(text.utf8))
        } catch {
            throw SettingsError("configuration file \(path) is not a JSON object: \(Self.reason(error))")
        }
        let known = Dictionary(uniqueKeysWithValues: KnownSettings.all.map { ($0.key, $0) })
        for (key, value) in object.sorted(by: { $0.key < $1.key }) {
            if key == "kafka" {
                guard case .object(let properties) = value else {
                    throw SettingsError("configuration file \(path): kafka must be an object of librdkafka properties")
                }
                for (name, value) in properties.sorted(by: { $0.key < $1.key }) {
                    guard case .scalar(let text) = value else {
                        throw SettingsError("configuration file \(path): kafka.\(name) must be a text or a number")
                    }
                    kafka[name] = text
                }
                continue
            }
            guard let setting = known[key] else {
                let hint = Suggestion.clause(for: key, among: known.keys.sorted() + ["kafka"])
                throw SettingsError("configuration file \(path): unknown setting \(key)\(hint)")
            }
            switch value {
            case .scalar(let text): values[key] = [text]
            case .list(let texts) where setting.isList: values[key] = texts
            case .list, .object, .null:
                throw SettingsError("configuration file \(path): \(key) must be \(setting.constraint)")
            }
        }
    }

    private static func reason(_ error: any Error) -> String {
        guard case DecodingError.dataCorrupted(let context)? = error as? DecodingError else {
            return "it must be of the form { \"key\": value, … }"
        }
        // Foundation keeps the line and column of a syntax error in the underlying error's user info.
        if let underlying = context.underlyingError as? CocoaError,
            let detail = underlying.userInfo["NSDebugDescription"] as? String
        {
            return detail
        }
        return context.debugDescription
    }

    private enum Value: Decodable {
        case null
        case scalar(String)
        case list([String])
        case object([String: Value])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let text = try? container.decode(String.self) {
                self = .scalar(text)
            } else if let flag = try? container.decode(Bool.self) {
                self = .scalar(flag ? "true" : "false")
            } else if let number = try? container.decode(Int.self) {
                self = .scalar(String(number))
            } else if let number = try? container.decode(Double.self) {
                self = .scalar(String(number))
            } else if let texts = try? container.decode([String].self) {
                self = .list(texts)
            } else {
                self = .object(try container.decode([String: Value].self))
            }
        }
    }
}
