import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Shows what goes to standard output page by page, where that is a terminal.
///
/// The pager is `BULLETINS_PAGER`, else `PAGER`, else `less`, run by the shell as `git` does; `cat` or an empty text is
/// none. `less` gets `FRX` unless `LESS` says otherwise: text that fits the screen is printed and stays, colours pass.
public enum Pager {
    private static let running = Mutex<pid_t?>(nil)

    /// Puts a pager between standard output and the terminal. Does nothing where there is no terminal or no pager; once is
    /// enough.
    public static func start() {
        guard ConsoleOutput.standardOutput.isTerminal, let command = command() else { return }
        running.withLock { running in
            guard running == nil else { return }
            var ends: [Int32] = [0, 0]
            guard pipe(&ends) == 0 else { return }
            defer { for end in ends { close(end) } }
            guard let child = spawn(command, reading: ends[0], closing: ends[1]) else { return }
            guard dup2(ends[1], STDOUT_FILENO) >= 0 else { return }
            // Ctrl-C is the pager's from here on; it ends when its input does.
            signal(SIGINT, SIG_IGN)
            running = child
        }
    }

    /// Ends the text and waits until the person has read it. Call it last, after ``ConsoleOutput/flush()``.
    public static func finish() {
        running.withLock { running in
            guard let child = running else { return }
            close(STDOUT_FILENO)
            var status: Int32 = 0
            while waitpid(child, &status, 0) < 0, errno == EINTR {}
            running = nil
        }
    }

    private static func command() -> String? {
        for name in ["BULLETINS_PAGER", "PAGER"] {
            guard let value = getenv(name) else { continue }
            let command = String(cString: value)
            return command.isEmpty || command == "cat" ? nil : command
        }
        // Without a pager on the machine the text is printed as it is.
        return access("/usr/bin/less", X_OK) == 0 || access("/bin/less", X_OK) == 0 ? "less" : nil
    }

    private static func spawn(_ command: String, reading input: Int32, closing other: Int32) -> pid_t? {
        let variables = ["LESS": "FRX", "LESSCHARSET": "utf-8"].merging(ProcessInfo.processInfo.environment) { $1 }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        posix_spawn_file_actions_addclose(&actions, input)
        posix_spawn_file_actions_addclose(&actions, other)
        // What this process ignores, the pager must not inherit.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        sigaddset(&signals, SIGINT)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
        var child: pid_t = 0
        var arguments: [UnsafeMutablePointer<CChar>?] = (["sh", "-c", command] as [String]).map { strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in arguments + environment { free(pointer) } }
        return posix_spawn(&child, "/bin/sh", &actions, &attributes, &arguments, &environment) == 0 ? child : nil
    }
}
