/// Prints errors, warnings and notes for people on standard error, one line each: `bulletins: error: …`.
public struct ErrorReporter: Sendable {
    /// The longest message that is printed, in characters; the rest is data that nobody reads.
    private static let messageLimit = 2_000

    private let program: String
    private let output: ConsoleOutput
    private let style: TextStyle
    private let translate: @Sendable (any Error) -> (any UserFacingError)?

    /// A reporter for one program.
    /// - Parameters:
    ///   - program: the name that lines begin with.
    ///   - isColored: whether `error:` is red.
    ///   - translate: turns errors of other modules into ones for people; nil means the error is not known.
    public init(
        program: String,
        output: ConsoleOutput = .standardError,
        isColored: Bool = false,
        translate: @escaping @Sendable (any Error) -> (any UserFacingError)? = { _ in nil }
    ) {
        self.program = program
        self.output = output
        self.style = TextStyle(isEnabled: isColored)
        self.translate = translate
    }

    /// Prints an error and returns the status to end with.
    ///
    /// An error that nobody has words for is a fault of the program: one line, status 70. A reader that closed its
    /// pipe is no error and prints nothing; an interrupted task ends with status 75.
    @discardableResult public func report(_ error: any Error) -> ExitStatus {
        if let error = (error as? any UserFacingError) ?? translate(error) {
            if error.exitStatus != .success { line(style.error("error:"), error.message) }
            return error.exitStatus
        }
        if error is CancellationError {
            line(style.error("error:"), "interrupted before it was done")
            return .temporaryFailure
        }
        line(style.error("error:"), "internal error, please report it: \(type(of: error)): \(error)")
        return .internalError
    }

    /// Prints a warning: something is not as it should be, and the work goes on.
    public func warn(_ message: String) {
        line(style.highlight("warning:"), message)
    }

    /// Prints what a person may want to know.
    public func note(_ message: String) {
        line(nil, message)
    }

    private func line(_ kind: String?, _ message: String) {
        let shown = message.count > Self.messageLimit ? String(message.prefix(Self.messageLimit)) + "…" : message
        let safe = TerminalText.escape(shown)
        // Nobody is left to tell when standard error itself fails; the exit status still does.
        try? output.write([program + ":", kind, safe].compactMap { $0 }.joined(separator: " ") + "\n")
    }
}
