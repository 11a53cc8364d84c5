/// When to use colours: the values of `--color`.
public enum ColorMode: String, CaseIterable, Sendable {
    /// On a terminal that can show them, unless the environment asks not to.
    case auto
    /// Always, also into a file or a pipe.
    case always
    /// Never.
    case never

    /// Whether to use colours on an output.
    ///
    /// `auto` follows https://no-color.org: a `NO_COLOR` that is set and not empty turns colours off, as does
    /// `TERM=dumb`.
    public func isEnabled(isTerminal: Bool, environment: [String: String]) -> Bool {
        switch self {
        case .always: true
        case .never: false
        case .auto: isTerminal && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
        }
    }
}
