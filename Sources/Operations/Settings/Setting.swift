/// One setting of the services and commands: its names in all layers, its meaning, its default and what it accepts.
///
/// A setting has one key; flag, environment variable and name in the file all follow from it. Documentation,
/// `--print-config` and checks are made from the same list, ``KnownSettings/all``.
public struct Setting<Value: Sendable>: Sendable {
    /// The name in the configuration file, in kebab case: `max-batch-records`.
    public let key: String
    /// What it does and its unit, in one sentence.
    public let summary: String
    /// What is accepted, in words: `1 to 100000`.
    public let constraint: String
    /// What holds where no layer says anything.
    public let defaultValue: Value
    /// Whether the value must never be shown.
    public let isSecret: Bool
    /// Whether it holds several values: a repeated flag, `:` between values in the environment, an array in the file.
    public let isList: Bool
    /// Nil for values that are not acceptable.
    let parse: @Sendable ([String]) -> Value?
    let render: @Sendable (Value) -> [String]

    /// The flag on the command line: `--max-batch-records`.
    public var flag: String { "--" + key }
    /// The environment variable: `BULLETINS_MAX_BATCH_RECORDS`.
    public var environmentName: String { KnownSettings.environmentName(forKey: key) }
}

extension Setting where Value == String {
    /// A text setting.
    static func text(
        _ key: String,
        default defaultValue: String,
        _ summary: String,
        constraint: String = "a text that is not empty",
        isSecret: Bool = false,
        isValid: @escaping @Sendable (String) -> Bool = { !$0.isEmpty }
    ) -> Setting {
        Setting(
            key: key,
            summary: summary,
            constraint: constraint,
            defaultValue: defaultValue,
            isSecret: isSecret,
            isList: false,
            parse: { $0.first.flatMap { isValid($0) ? $0 : nil } },
            render: { [$0] }
        )
    }
}

extension Setting where Value == String? {
    /// A text that may be missing.
    static func optionalText(
        _ key: String,
        _ summary: String,
        constraint: String = "a text that is not empty",
        isSecret: Bool = false,
        isValid: @escaping @Sendable (String) -> Bool = { !$0.isEmpty }
    ) -> Setting {
        Setting(
            key: key,
            summary: summary,
            constraint: constraint,
            defaultValue: nil,
            isSecret: isSecret,
            isList: false,
            parse: { $0.first.flatMap { isValid($0) ? .some($0) : nil } },
            render: { $0.map { [$0] } ?? [] }
        )
    }

    /// A path that may be missing.
    static func optionalPath(_ key: String, _ summary: String) -> Setting {
        Setting(
            key: key,
            summary: summary,
            constraint: "a path",
            defaultValue: nil,
            isSecret: false,
            isList: false,
            parse: { $0.first.flatMap { $0.isEmpty ? nil : .some($0) } },
            render: { $0.map { [$0] } ?? [] }
        )
    }
}

extension Setting where Value == [String] {
    /// One or more paths.
    static func paths(_ key: String, default defaultValue: [String], _ summary: String) -> Setting {
        Setting(
            key: key,
            summary: summary,
            constraint: "one or more paths",
            defaultValue: defaultValue,
            isSecret: false,
            isList: true,
            parse: { $0.isEmpty || $0.contains("") ? nil : $0 },
            render: { $0 }
        )
    }
}

extension Setting where Value == Int {
    /// A whole number within a range.
    static func integer(
        _ key: String,
        default defaultValue: Int,
        in range: ClosedRange<Int>,
        _ summary: String
    ) -> Setting {
        Setting(
            key: key,
            summary: summary,
            constraint: "a whole number from \(range.lowerBound) to \(range.upperBound)",
            defaultValue: defaultValue,
            isSecret: false,
            isList: false,
            parse: { $0.first.flatMap(Int.init).flatMap { range.contains($0) ? $0 : nil } },
            render: { [String($0)] }
        )
    }
}

extension Setting where Value == Bool {
    /// A switch, off unless it is thrown.
    static func toggle(_ key: String, _ summary: String) -> Setting {
        Setting(
            key: key,
            summary: summary,
            constraint: "true or false",
            defaultValue: false,
            isSecret: false,
            isList: false,
            parse: { $0.first.flatMap { Bool($0) } },
            render: { [String($0)] }
        )
    }
}

extension Setting where Value: RawRepresentable & CaseIterable & SendableMetatype, Value.RawValue == String {
    /// One of a few words.
    static func choice(_ key: String, default defaultValue: Value, _ summary: String) -> Setting {
        Setting(
            key: key,
            summary: summary,
            constraint: "one of " + Value.allCases.map(\.rawValue).joined(separator: ", "),
            defaultValue: defaultValue,
            isSecret: false,
            isList: false,
            parse: { $0.first.flatMap { Value(rawValue: $0) } },
            render: { [$0.rawValue] }
        )
    }
}

/// A setting without its type: for lists, documentation and checks.
public struct KnownSetting: Sendable {
    /// The name in the configuration file.
    public let key: String
    /// The flag on the command line.
    public let flag: String
    /// The environment variable.
    public let environmentName: String
    /// What it does and its unit.
    public let summary: String
    /// What is accepted, in words.
    public let constraint: String
    /// The default as it would be written; empty if there is none.
    public let defaultTexts: [String]
    /// Whether the value must never be shown.
    public let isSecret: Bool
    /// Whether it holds several values.
    public let isList: Bool
    let parse: @Sendable ([String]) -> (any Sendable)?
    let defaultValue: any Sendable

    /// The setting without its type.
    public init<Value: Sendable>(_ setting: Setting<Value>) {
        self.key = setting.key
        self.flag = setting.flag
        self.environmentName = setting.environmentName
        self.summary = setting.summary
        self.constraint = setting.constraint
        self.defaultTexts = setting.render(setting.defaultValue)
        self.isSecret = setting.isSecret
        self.isList = setting.isList
        self.defaultValue = setting.defaultValue
        // The cast wraps an optional value as such, so that only "not acceptable" is nil.
        self.parse = { texts in setting.parse(texts).map { $0 as any Sendable } }
    }
}
