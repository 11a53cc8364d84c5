internal import ArgumentParser
internal import Foundation

/// The commands and their options, as ArgumentParser describes them to programs.
struct CommandTree: Decodable {
    let commandName: String
    let subcommands: [CommandTree]?
    let arguments: [Argument]?

    struct Argument: Decodable {
        struct Name: Decodable {
            let kind: String
            let name: String
        }

        let kind: String
        let names: [Name]?

        /// `--limit`.
        var flags: [String] { (names ?? []).filter { $0.kind == "long" }.map { "--" + $0.name } }
    }

    private struct Dump: Decodable {
        let command: CommandTree
    }

    /// Those of `bulletins`; nil where the description is not as expected.
    static func ofBulletins() -> CommandTree? {
        try? JSONDecoder().decode(Dump.self, from: Data(Bulletins._dumpHelp().utf8)).command
    }

    /// The command that some words name, and how many of them do.
    func command(_ words: [String]) -> (command: CommandTree, depth: Int) {
        guard let first = words.first, let next = (subcommands ?? []).first(where: { $0.commandName == first }) else {
            return (self, 0)
        }
        let (command, depth) = next.command(Array(words.dropFirst()))
        return (command, depth + 1)
    }

    /// The options, `--limit` and the like.
    var flags: [String] { (arguments ?? []).flatMap(\.flags) }

    /// Whether an option is followed by a value.
    func takesValue(_ flag: String) -> Bool {
        (arguments ?? []).contains { $0.kind == "option" && $0.flags.contains(flag) }
    }
}
