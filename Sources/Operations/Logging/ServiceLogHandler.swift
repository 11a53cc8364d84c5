import Console
import Logging

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Writes log events to standard error, one line each, control characters escaped, secrets left out.
struct ServiceLogHandler: LogHandler {
    /// A longer message or value is cut: it is data that got into the log.
    static let valueLimit = 8_192

    let label: String
    let format: LogFormat
    let output: ConsoleOutput
    let redaction: LogRedaction
    let now: @Sendable () -> Date

    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel: Logger.Level

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var fields = metadata
        if let provided = metadataProvider?.get() { fields.merge(provided) { _, new in new } }
        if let own = event.metadata { fields.merge(own) { _, new in new } }
        let record = LogRecord(
            time: now().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)),
            level: event.level,
            logger: label,
            message: cleaned(event.message.description),
            error: event.error.map { cleaned("\($0)") },
            fields: fields.map { (key: $0.key, value: value($0.value, key: $0.key)) }.sorted { $0.key < $1.key }
        )
        // Nobody is left to tell when standard error itself fails.
        try? output.write(line(record) + "\n")
    }

    private func line(_ record: LogRecord) -> String {
        switch format {
        case .console: record.consoleLine
        case .json: (try? OrderedJSONEncoder().encode(record)) ?? record.consoleLine
        }
    }

    private func cleaned(_ text: String) -> String {
        let short = text.utf8.count > Self.valueLimit ? String(text.prefix(Self.valueLimit / 4)) + "…" : text
        return redaction.redact(short)
    }

    private func value(_ value: Logger.Metadata.Value, key: String) -> LogRecord.Value {
        if redaction.isSecret(key: key) { return .text(SettingRow.redacted) }
        switch value {
        case .string(let text): return .text(cleaned(text))
        case .stringConvertible(let convertible): return .text(cleaned(convertible.description))
        case .array(let values): return .list(values.map { self.value($0, key: "") })
        case .dictionary(let values):
            return .fields(values.map { ($0.key, self.value($0.value, key: $0.key)) }.sorted { $0.0 < $1.0 })
        }
    }
}

/// A log event as it is written.
struct LogRecord: Encodable {
    enum Value {
        case text(String)
        case list([Value])
        case fields([(key: String, value: Value)])
    }

    var time: String
    var level: Logger.Level
    var logger: String
    var message: String
    var error: String?
    var fields: [(key: String, value: Value)]

    /// `2026-11-23T20:15:00.123Z notice bulletin-indexer: partition assigned partition=3 topic=bulletins`
    var consoleLine: String {
        var line = "\(time) \(level.rawValue) \(TerminalText.escape(logger)): \(TerminalText.escape(message))"
        if let error { line += " error=" + Self.quoted(error) }
        for (key, value) in fields { line += " \(TerminalText.escape(key))=" + Self.quoted(value.consoleText) }
        return line
    }

    private static func quoted(_ text: String) -> String {
        let safe = TerminalText.escape(text)
        let needsQuotes = safe.unicodeScalars.contains { $0 == " " || $0 == "\"" || $0 == "=" }
        guard safe.isEmpty || needsQuotes else { return safe }
        var result = String.UnicodeScalarView()
        for scalar in safe.unicodeScalars {
            if scalar == "\"" { result.append("\\") }
            result.append(scalar)
        }
        return "\"" + String(result) + "\""
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: LogFieldKey.self)
        try container.encode(time, forKey: LogFieldKey(stringValue: "time"))
        try container.encode(level.rawValue, forKey: LogFieldKey(stringValue: "level"))
        try container.encode(logger, forKey: LogFieldKey(stringValue: "logger"))
        try container.encode(message, forKey: LogFieldKey(stringValue: "message"))
        if let error { try container.encode(error, forKey: LogFieldKey(stringValue: "error")) }
        try container.encode(Value.fields(fields), forKey: LogFieldKey(stringValue: "fields"))
    }
}

extension LogRecord.Value: Encodable {
    var consoleText: String {
        switch self {
        case .text(let text): text
        case .list(let values): "[" + values.map(\.consoleText).joined(separator: ", ") + "]"
        case .fields(let fields):
            "{" + fields.map { "\($0.key): \($0.value.consoleText)" }.joined(separator: ", ") + "}"
        }
    }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .text(let text):
            var container = encoder.singleValueContainer()
            try container.encode(text)
        case .list(let values):
            var container = encoder.unkeyedContainer()
            for value in values { try container.encode(value) }
        case .fields(let fields):
            var container = encoder.container(keyedBy: LogFieldKey.self)
            for (key, value) in fields { try container.encode(value, forKey: LogFieldKey(stringValue: key)) }
        }
    }
}

private struct LogFieldKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
