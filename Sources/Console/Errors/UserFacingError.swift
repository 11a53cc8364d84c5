#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An error made for people.
public protocol UserFacingError: Error {
    /// One line: what went wrong, where, and what to do about it. No program name, no full stop at the end. It may
    /// quote data: whoever prints it escapes it.
    var message: String { get }
    /// The status that the command ends with.
    var exitStatus: ExitStatus { get }
}

/// An error of a command, ready to be shown.
public struct CommandError: UserFacingError, Hashable, CustomStringConvertible {
    /// What went wrong, where, and what to do about it.
    public let message: String
    /// The status that the command ends with.
    public let exitStatus: ExitStatus

    /// An error with its message and exit status.
    public init(_ message: String, exitStatus: ExitStatus) {
        self.message = message
        self.exitStatus = exitStatus
    }

    /// What was to be done with a file when the system refused.
    public enum FileAccess: Sendable {
        /// The file is an input.
        case reading
        /// The file is an output.
        case writing
    }

    /// A system call on a file failed: `cannot open data/x.txt: Permission denied`.
    /// - Parameters:
    ///   - operation: what was tried, as a verb: `open`, `read`, `create`.
    ///   - path: the file or folder.
    ///   - code: the value of `errno`.
    ///   - access: whether the file is an input or an output, which decides the exit status.
    public init(cannot operation: String, path: String, code: Int32, access: FileAccess) {
        let status: ExitStatus =
            switch (code, access) {
            case (EAGAIN, _), (EBUSY, _), (EMFILE, _), (ENFILE, _), (ETXTBSY, _): .temporaryFailure
            case (ENOENT, .reading), (ENOTDIR, .reading), (EISDIR, .reading), (EACCES, .reading), (EPERM, .reading),
                (ELOOP, .reading), (ENAMETOOLONG, .reading):
                .noInput
            default: .ioError
            }
        self.init("cannot \(operation) \(path): \(systemMessage(code))", exitStatus: status)
    }

    /// The message.
    public var description: String { message }
}
