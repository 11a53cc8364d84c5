internal import ArgumentParser
internal import Console

/// A word that stands where a subcommand has to, and is none.
struct UnknownCommand {
    /// The word.
    let word: String
    /// The command before it, as a person types it.
    let parent: String
    /// What could stand there.
    let known: [String]

    /// The first such word of `arguments`, for the command `program`; nil if each is a subcommand.
    static func first<Command: ParsableCommand>(
        in arguments: ArraySlice<String>,
        of command: Command.Type,
        program: String
    ) -> UnknownCommand? {
        let configuration = command.configuration
        // `help` is ArgumentParser's own.
        guard let word = arguments.first, !word.hasPrefix("-"), word != "help", !configuration.subcommands.isEmpty
        else {
            return nil
        }
        var known: [String] = []
        for subcommand in configuration.subcommands {
            let inner = subcommand.configuration
            guard let name = inner.commandName else { continue }
            if name == word { return first(in: arguments.dropFirst(), of: subcommand, program: "\(program) \(name)") }
            if inner.shouldDisplay { known.append(name) }
        }
        return configuration.defaultSubcommand == nil
            ? UnknownCommand(word: word, parent: program, known: known) : nil
    }

    /// In one line, with the subcommand that may have been meant.
    var message: String {
        let help = "see '\(parent) --help'"
        guard let meant = Suggestion.closest(to: word, among: known) else {
            return "'\(word)' is no command of '\(parent)'; \(help)"
        }
        return "'\(word)' is no command of '\(parent)'; did you mean '\(meant)'? (\(help))"
    }
}
