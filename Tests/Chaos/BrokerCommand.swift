import Foundation
import Kafka

/// Ends and starts a broker that is not ours, by the command that its owner gave: `COMMAND kill`, `stop` or `start`.
struct BrokerCommand: Sendable {
    /// What is done to the broker.
    enum Action: String {
        /// Ends it at once, as `kill -9` does.
        case kill
        /// Tells it to end, and waits until it has.
        case stop
        /// Starts it; may return before it takes connections.
        case start
    }

    private let command: String

    init(_ command: String) { self.command = command }

    /// Runs the command in a shell and waits for its end; what it prints goes to standard error.
    func run(_ action: Action) async throws {
        // Foundation's Process would wait for a broker, too, that the command has left running.
        try await DedicatedThread.run(name: "broker-\(action)") { [command] in
            var files = posix_spawn_file_actions_t()
            posix_spawn_file_actions_init(&files)
            defer { posix_spawn_file_actions_destroy(&files) }
            posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
            posix_spawn_file_actions_adddup2(&files, STDERR_FILENO, STDOUT_FILENO)
            // The action is an argument also of a command that has arguments of its own.
            let words = ["sh", "-c", command + " \"$1\"", "sh", action.rawValue]
            var arguments = words.map { strdup($0) } + [nil]
            defer { for argument in arguments { free(argument) } }
            var child = pid_t()
            let error = posix_spawn(&child, "/bin/sh", &files, nil, &arguments, environ)
            guard error == 0 else { throw ChaosError("a shell cannot be started: \(String(cString: strerror(error)))") }
            var status = Int32()
            while waitpid(child, &status, 0) == -1, errno == EINTR {}
            guard status == 0 else { throw ChaosError("`\(command) \(action.rawValue)` failed (status \(status))") }
        }
    }
}

/// What can be done to the broker of a run.
enum BrokerAccess {
    /// Everything: it is the embedded one.
    case embedded
    /// It can be ended and started.
    case command
    /// Nothing.
    case none
}
