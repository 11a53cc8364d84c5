public import Console

/// The token file cannot be used.
public struct TokenFileError: UserFacingError, Hashable, CustomStringConvertible {
    /// Where and what, never a token.
    public let message: String
    /// Wrong usage.
    public var exitStatus: ExitStatus { .usage }
    /// The message.
    public var description: String { message }
}
