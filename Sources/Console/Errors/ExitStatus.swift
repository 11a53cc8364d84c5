/// The exit statuses of the commands, with the meanings of `sysexits.h`.
///
/// Permission has no status of its own: an input that may not be read is ``noInput`` (as `EX_NOINPUT` says: "did not
/// exist or was not readable"), an output that may not be written is ``ioError``.
public enum ExitStatus: Int32, CaseIterable, Sendable {
    /// All went well.
    case success = 0
    /// The command line or a setting is wrong.
    case usage = 64
    /// The input was read but is not what it should be.
    case dataError = 65
    /// An input does not exist or may not be read.
    case noInput = 66
    /// A service that is needed, such as the broker, is not there.
    case unavailable = 69
    /// A fault of the program.
    case internalError = 70
    /// Reading or writing failed: disk full, read-only, I/O error.
    case ioError = 74
    /// It may work later: a lock is held, the broker is busy.
    case temporaryFailure = 75
}
