import Console
public import Logging

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Sets up swift-log for a process.
public enum LoggingBootstrap {
    /// Sends the logs of the whole process to standard error. Once, before the first logger is made.
    /// - Parameter secrets: values that must never appear in a log line.
    public static func start(level: Logger.Level, format: LogFormat, redacting secrets: [String] = []) {
        let redaction = LogRedaction(secrets: secrets)
        LoggingSystem.bootstrap(
            { label, provider in
                handler(label: label, level: level, format: format, redaction: redaction, provider: provider)
            },
            metadataProvider: nil
        )
    }

    /// Sends the logs of the whole process to standard error, as the settings say.
    public static func start(_ settings: ResolvedSettings) {
        start(level: settings[.logLevel], format: settings[.logFormat], redacting: settings.secrets)
    }

    /// A handler on any output, for tests.
    static func handler(
        label: String,
        level: Logger.Level,
        format: LogFormat,
        redaction: LogRedaction = LogRedaction(),
        provider: Logger.MetadataProvider? = nil,
        output: ConsoleOutput = .standardError,
        now: @escaping @Sendable () -> Date = { Date() }
    ) -> ServiceLogHandler {
        ServiceLogHandler(
            label: label,
            format: format,
            output: output,
            redaction: redaction,
            now: now,
            metadataProvider: provider,
            logLevel: level
        )
    }
}
