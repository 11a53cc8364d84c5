public import ArgumentParser
internal import Console
internal import Foundation

/// The way every command starts and ends: arguments, one line per error, exit codes of sysexits.
public enum CommandMain {
    /// Parses the arguments, runs the command and exits with its status.
    public static func run<Command: AsyncParsableCommand>(_ type: Command.Type, program: String) async -> Never {
        BrokenPipe.ignoreSignal()
        let reporter = ErrorReporter(program: program, translate: ErrorTranslation.userFacing)
        do {
            var command = try type.parseAsRoot()
            if var asyncCommand = command as? any AsyncParsableCommand {
                try await asyncCommand.run()
            } else {
                try command.run()
            }
            try ConsoleOutput.standardOutput.flush()
            exit(ExitStatus.success.rawValue)
        } catch {
            // What ArgumentParser throws it also words: help, version, wrong usage (64).
            if type.exitCode(for: error) != .failure { type.exit(withError: error) }
            try? ConsoleOutput.standardOutput.flush()
            exit(reporter.report(error).rawValue)
        }
    }
}
