/// How log lines look: the values of `log-format`.
public enum LogFormat: String, CaseIterable, Sendable {
    /// A line for people: time, level, logger, message, `key=value`.
    case console
    /// A JSON object a line: `time`, `level`, `logger`, `message`, `error` where there is one, `fields`.
    case json
}
