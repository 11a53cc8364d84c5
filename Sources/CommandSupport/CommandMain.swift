public import ArgumentParser
public import Console
internal import Foundation

/// The way every command starts and ends: arguments, one line per error, exit codes of sysexits.
public enum CommandMain {
    /// What is to be said when a command is done.
    public struct Remarks: Sendable {
        /// A line each.
        public var warnings: [String]
        /// The status to end with.
        public var status: ExitStatus

        /// Nothing, unless told otherwise.
        public init(warnings: [String] = [], status: ExitStatus = .success) {
            self.warnings = warnings
            self.status = status
        }
    }

    /// Parses the arguments, runs the command and exits with its status. `leadingOptions` may also stand before the
    /// subcommand; `remarks` is asked when the command is done, whether it failed or not.
    public static func run<Command: AsyncParsableCommand>(
        _ type: Command.Type,
        program: String,
        leadingOptions: Set<String> = [],
        remarks: () -> Remarks = { Remarks() }
    ) async -> Never {
        BrokenPipe.guardStandardDescriptors()
        BrokenPipe.ignoreSignal()
        let reporter = ErrorReporter(program: program, translate: ErrorTranslation.userFacing)
        let arguments = LeadingOptions(names: leadingOptions).moved(in: Array(CommandLine.arguments.dropFirst()))
        do {
            var command = try type.parseAsRoot(arguments)
            if var asyncCommand = command as? any AsyncParsableCommand {
                try await asyncCommand.run()
            } else {
                try command.run()
            }
            try ConsoleOutput.standardOutput.flush()
            Pager.finish()
            let remarks = remarks()
            for warning in remarks.warnings { reporter.warn(warning) }
            end(remarks.status)
        } catch {
            switch type.exitCode(for: error) {
            case .failure: break
            // Wrong usage: one line, like every other error, instead of ArgumentParser's four.
            case .validationFailure:
                let unknown = UnknownCommand.first(in: arguments[...], of: type, program: program)
                let problem = unknown.map { CommandError($0.message, exitStatus: .usage) }
                end(reporter.report(problem ?? usageError(error, of: type)))
            // What ArgumentParser throws and words itself: help, version.
            default: type.exit(withError: error)
            }
            try? ConsoleOutput.standardOutput.flush()
            Pager.finish()
            let remarks = remarks()
            for warning in remarks.warnings { reporter.warn(warning) }
            let status = reporter.report(error)
            end(remarks.status == .success ? status : remarks.status)
        }
    }

    /// Ends the process without the handlers of `exit`: those of OpenSSL free what a thread of librdkafka that is still
    /// shaking hands goes on reading, and the status would be that of a crash.
    private static func end(_ status: ExitStatus) -> Never {
        fflush(nil)
        _exit(status.rawValue)
    }

    /// What ArgumentParser says about wrong arguments, and where to read how they are meant.
    private static func usageError<Command: AsyncParsableCommand>(_ error: any Error, of type: Command.Type)
        -> CommandError
    {
        // The last line of the full text is "  See 'program command --help' for more information."
        let help = type.fullMessage(for: error).split(separator: "'").last { $0.hasSuffix(" --help") }
        var message = type.message(for: error)
        if message.hasSuffix(".") { message.removeLast() }
        return CommandError(help.map { "\(message); see '\($0)'" } ?? message, exitStatus: .usage)
    }
}
