internal import ArgumentParser
internal import CommandSupport
internal import Console
internal import Foundation
internal import Kafka
internal import ReadModel

struct ShellCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shell",
        abstract: "Ask one question after the other: line editing, history, completion of names.",
        discussion: """
              bulletins shell
              bulletins shell --from http://indexer:8081
              echo 'search 防汛 --count' | bulletins shell

            A line is a command as on the command line, without 'bulletins':
              search 防汛 org:市水利局
              directives --organization 市水利局 --since 2023-01-01
            Tab completes commands, options and names, the arrows and Ctrl-R find
            earlier lines, 'help' tells the commands, 'exit' or Ctrl-D ends.
            """
    )

    @OptionGroup var data: SourceOptions

    func run() async throws {
        guard let tree = CommandTree.ofBulletins() else {
            throw CommandError("the commands are not known", exitStatus: .internalError)
        }
        let source = data.arguments
        let session = ShellSession(tree: tree, source: source, folders: data.folderArguments)
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
            return try await DedicatedThread.run(name: "shell") { try session.runLines() }
        }
        let completer = ShellCompleter(tree) { kind, prefix in
            // A prompt has no place for errors: where nobody can be asked there is nothing to complete.
            guard let reader = try? SourceOptions.parse(source).open(),
                let found = try? reader.names(kind, beginningWith: prefix)
            else { return [] }
            return found.map(\.name)
        }
        try await DedicatedThread.run(name: "shell") {
            let editor = LineEditor(historyFile: ShellHistory.file(), complete: completer.complete)
            try session.run(editor)
        }
    }
}

/// Runs lines, each as a command of its own.
struct ShellSession: Sendable {
    let tree: CommandTree
    /// What the shell was told to read from; each command that takes it is told, too.
    let source: [String]
    /// The same for commands that read folders alone.
    let folders: [String]

    /// Asks a person for lines until there are no more.
    func run(_ editor: LineEditor) throws {
        while let line = editor.read(prompt: "bulletins> ") {
            let words = CommandWords.split(line)
            guard !words.isEmpty else { continue }
            editor.remember(line)
            if isEnd(words) { return }
            // Its own message tells what is wrong.
            _ = try ChildCommand.run(arguments(words))
        }
        // The prompt is left behind.
        try ConsoleOutput.standardOutput.write("\n")
    }

    /// Runs the lines of standard input, and ends with the first that fails.
    func runLines() throws {
        while let line = readLine() {
            let words = CommandWords.split(line)
            if words.isEmpty || words[0].hasPrefix("#") { continue }
            if isEnd(words) { return }
            let status = try ChildCommand.run(arguments(words))
            if status != 0 { throw ExitCode(status) }
        }
    }

    private func isEnd(_ words: [String]) -> Bool { words == ["exit"] || words == ["quit"] }

    /// The arguments of a line's command: with the shell's source, unless the line has one.
    func arguments(_ words: [String]) -> [String] {
        if words[0] == "help" { return words.count == 1 ? ["--help"] : Array(words.dropFirst()) + ["--help"] }
        let (command, depth) = tree.command(words)
        let given = command.flags
        guard depth > 0, !words.contains(where: { $0.hasPrefix("--from") || $0.hasPrefix("--data-dir") }) else {
            return words
        }
        let added = given.contains("--from") ? source : given.contains("--data-dir") ? folders : []
        return Array(words.prefix(depth)) + added + Array(words.dropFirst(depth))
    }
}

/// Where the lines of earlier times are.
enum ShellHistory {
    /// `$XDG_STATE_HOME/bulletins/history`, else below `~/.local/state`; its folder is made. Nil where that cannot be.
    static func file() -> String? {
        let environment = ProcessInfo.processInfo.environment
        let state =
            environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            ?? environment["HOME"].map { $0 + "/.local/state" }
        guard let state else { return nil }
        let folder = state + "/bulletins"
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            return nil
        }
        return folder + "/history"
    }
}
