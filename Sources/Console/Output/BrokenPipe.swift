#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What happens when the reader of a pipe goes away, as in `bulletins list | head -1`.
///
/// The signal SIGPIPE is ignored, so that transactions and the log are closed properly; the write fails instead with
/// ``OutputError/readerGone(name:)``, and the command ends with status 0: the reader had all it wanted. (Dying of the
/// signal would end with 141 and make pipelines under `set -o pipefail` fail.)
public enum BrokenPipe {
    /// Ignores SIGPIPE for this process and its future children that don't reset it. Call once, first thing in `main`.
    public static func ignoreSignal() {
        signal(SIGPIPE, SIG_IGN)
    }

    /// Opens standard input, output and error where the caller has closed them (`>&-`), in a way that every use of them
    /// fails. Otherwise the next file that is opened would get their numbers, and output would be written into it. Call
    /// it before anything is opened.
    public static func guardStandardDescriptors() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 && errno == EBADF {
            // The lowest free number is given out: this one. Reading from it, or writing to it, is refused.
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }
}
