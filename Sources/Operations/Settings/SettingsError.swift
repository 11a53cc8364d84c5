public import Console

/// A setting is malformed, unknown, contradictory or cannot be read.
public struct SettingsError: UserFacingError, Hashable, CustomStringConvertible {
    /// Names the setting, its value (unless it is secret), where it came from and what is expected.
    public let message: String
    /// ``ExitStatus/usage``, or ``ExitStatus/noInput`` where a file that settings come from cannot be read.
    public let exitStatus: ExitStatus

    init(_ message: String, exitStatus: ExitStatus = .usage) {
        self.message = message
        self.exitStatus = exitStatus
    }

    /// The message.
    public var description: String { message }
}
