internal import Console

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Runs this program once more, on the same terminal.
///
/// Each line of the shell is a process of its own: its pager, its memory and whatever goes wrong end with it.
enum ChildCommand {
    /// Runs it with these arguments and waits for its end; returns its exit status, 128 + n where signal n ended it.
    /// Throws `CommandError` where it cannot be started.
    static func run(_ arguments: [String]) throws -> Int32 {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Ctrl-C is the command's while it runs.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
        let program = "/proc/self/exe"
        var words: [UnsafeMutablePointer<CChar>?] = (["bulletins"] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var child: pid_t = 0
        let code = posix_spawn(&child, program, nil, &attributes, &words, environ)
        guard code == 0 else {
            throw CommandError("cannot run a command: \(String(cString: strerror(code)))", exitStatus: .ioError)
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        // WIFSIGNALED and WEXITSTATUS of wait(2), which are macros.
        let signal = status & 0x7F
        return signal == 0 ? status >> 8 & 0xFF : 128 + signal
    }
}
