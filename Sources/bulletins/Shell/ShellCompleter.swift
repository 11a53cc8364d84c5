internal import CommandSupport
internal import Console
internal import ReadModel
internal import Synchronization

/// What may stand at a place of a line in the shell: commands, options, and names that the read model holds.
final class ShellCompleter: Sendable {
    /// Words that are offered at once.
    private static let most = 200
    /// Options whose values are names.
    private static let named: [String: NameKind] = [
        "--organization": .organization, "--speaker": .person, "--source": .source,
    ]
    /// Options whose values are files.
    private static let files: Set<String> = ["--output", "-o", "--config", "--data-dir", "--token-file", "--lexicon"]
    /// Filters of a search whose values are names.
    private static let filters: [(prefix: String, kind: NameKind)] = [
        ("org:", .organization), ("person:", .person), ("speaker:", .person), ("source:", .source),
        ("document:", .document),
    ]
    /// Commands whose argument is a name.
    private static let arguments: [String: NameKind] = [
        "people": .person, "organizations": .organization, "documents": .document, "search": .organization,
        "timeline": .organization, "export": .organization,
    ]

    private let tree: CommandTree
    private let names: @Sendable (NameKind, String) -> [String]

    /// - Parameter names: the names of a kind that begin so; none where nobody can be asked.
    init(_ tree: CommandTree, names: @escaping @Sendable (NameKind, String) -> [String]) {
        self.tree = tree
        self.names = names
    }

    func complete(_ before: String, _ word: String) -> LineEditor.Completions {
        let words = CommandWords.split(before)
        let (command, depth) = tree.command(words)
        if let subcommands = command.subcommands, !subcommands.isEmpty, depth == words.count {
            let others = depth == 0 ? ["exit", "quit"] : []
            return offer((subcommands.map(\.commandName) + others).sorted(), word)
        }
        if let last = words.last, command.takesValue(last) || Self.files.contains(last) {
            if let kind = Self.named[last] { return offer(kind, word) }
            switch last {
            case "--format": return offer(OutputFormat.allCases.map(\.rawValue), word)
            case "--kind": return offer(["meeting", "notice", "announcement", "other"], word)
            case "--color": return offer(ColorMode.allCases.map(\.rawValue), word)
            default: return LineEditor.Completions(areFiles: Self.files.contains(last))
            }
        }
        if word.hasPrefix("-") { return offer(command.flags.sorted(), word) }
        if ["search", "timeline", "export"].contains(command.commandName) {
            for filter in Self.filters where word.lowercased().hasPrefix(filter.prefix) {
                let start = String(word.prefix(filter.prefix.count))
                return offer(filter.kind, String(word.dropFirst(filter.prefix.count)), start)
            }
        }
        guard let kind = Self.arguments[command.commandName] else {
            return LineEditor.Completions(areFiles: command.commandName == "up")
        }
        return word.isEmpty ? LineEditor.Completions() : offer(kind, word)
    }

    private func offer(_ words: [String], _ word: String) -> LineEditor.Completions {
        LineEditor.Completions(words: words.filter { $0.hasPrefix(word) })
    }

    private func offer(_ kind: NameKind, _ word: String, _ start: String = "") -> LineEditor.Completions {
        // A name in the other script would replace what was typed: right for a person, and so for the line.
        let found = names(kind, word).prefix(Self.most).map { start + CommandWords.quoted($0) }
        return LineEditor.Completions(words: Array(found))
    }
}
