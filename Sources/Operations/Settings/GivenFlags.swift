/// What was given on the command line, as text, before anything is checked.
///
/// Flags are declared as optionals without default (`@Option var topic: String?`), so that the lower layers get their
/// turn; what was not given is nil here.
public struct GivenFlags: Sendable {
    /// The configuration file: `--config FILE`.
    public var configFile: String?
    /// librdkafka properties: each `--kafka key=value`.
    public var kafka: [String] = []
    private(set) var values: [String: [String]] = [:]

    /// No flags at all.
    public init() {}

    /// Takes over a flag's text; nil if it was not given.
    public mutating func give<Value>(_ setting: Setting<Value>, _ text: String?) {
        if let text { values[setting.key] = [text] }
    }

    /// Takes over a flag's number; nil if it was not given.
    public mutating func give<Value>(_ setting: Setting<Value>, _ number: (some BinaryInteger)?) {
        if let number { values[setting.key] = [String(number)] }
    }

    /// Takes over a switch; false if it was not given.
    public mutating func give(_ setting: Setting<Bool>, _ isGiven: Bool) {
        if isGiven { values[setting.key] = ["true"] }
    }

    /// Takes over a repeatable flag; empty if it was not given.
    public mutating func give<Value>(_ setting: Setting<Value>, _ list: [String]) {
        if !list.isEmpty { values[setting.key] = list }
    }
}
