#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Writing to an output failed.
public enum OutputError: UserFacingError, Hashable {
    /// Whoever read the pipe has closed it, as `head` does once it has enough. Not a failure: the command ends quietly
    /// and with success.
    case readerGone(name: String)
    /// The system refused the write: disk full, I/O error, closed descriptor. `code` is the value of `errno`.
    case failed(name: String, code: Int32)

    /// What went wrong, in one line.
    public var message: String {
        switch self {
        case .readerGone(let name): "the reader of \(name) has gone away"
        case .failed(let name, let code): "cannot write to \(name): \(systemMessage(code)); the output is incomplete"
        }
    }

    /// Success where the reader has gone away, else an I/O error.
    public var exitStatus: ExitStatus {
        switch self {
        case .readerGone: .success
        case .failed: .ioError
        }
    }
}

/// The system's words for an `errno` value.
func systemMessage(_ code: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    return buffer.withUnsafeMutableBufferPointer { bytes in
        guard let start = bytes.baseAddress, strerror_r(code, start, bytes.count) == 0 else { return "error \(code)" }
        return String(cString: start)
    }
}
