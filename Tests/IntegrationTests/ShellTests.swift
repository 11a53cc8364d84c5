import Foundation
import TestSupport
import Testing

/// `bulletins shell`, at a pseudo-terminal and without one.
@Suite(.serialized, .timeLimit(.minutes(10))) struct ShellTests {
    private let folder: TemporaryFolder
    private let data: String

    init() async throws {
        folder = try TemporaryFolder()
        data = folder.path("data")
        let corpus = Golden.folder.appending(path: "corpus.ndjson").path
        let up = try await run("bulletins", ["up", "--partitions", "2", "--data-dir", data, corpus], in: folder)
        guard up.status == 0 else { throw TestFailure(up.messages) }
    }

    /// Types at a terminal: each step waits for a text, then sends keys. Prints what the terminal was sent.
    private static let typist = #"""
        import json, os, pty, select, sys, termios, time
        steps = json.load(sys.stdin)
        program, *arguments = sys.argv[1:]
        pid, terminal = pty.fork()
        if pid == 0:
            os.execv(program, [program] + arguments)
        seen, read = b"", 0
        def more():
            global seen
            ready, _, _ = select.select([terminal], [], [], 60)
            if not ready:
                sys.exit("nothing more comes; so far: %r" % seen[-2000:])
            try:
                part = os.read(terminal, 65536)
            except OSError:
                part = b""
            seen += part
            return part
        for wanted, keys in steps:
            wanted = wanted.encode()
            while wanted not in seen[read:]:
                if not more():
                    sys.exit("it ended before %r; so far: %r" % (wanted, seen[-2000:]))
            read = seen.index(wanted, read) + len(wanted)
            # The prompt may be seen before the keys are taken one by one.
            while keys and termios.tcgetattr(terminal)[3] & termios.ICANON:
                time.sleep(0.01)
            os.write(terminal, keys.encode())
        while more():
            pass
        sys.stdout.buffer.write(seen)
        _, status = os.waitpid(pid, 0)
        sys.exit(os.waitstatus_to_exitcode(status))
        """#

    private func type(_ steps: [(wanted: String, keys: String)]) async throws -> CommandResult {
        let python = ProcessInfo.processInfo.environment["BULLETINS_TEST_PYTHON"] ?? "python3"
        let script = try folder.write(Self.typist, to: "typist.py")
        let input = try folder.write(
            String(decoding: try JSONEncoder().encode(steps.map { [$0.wanted, $0.keys] }), as: UTF8.self),
            to: "steps.json"
        )
        return try await run(
            python,
            [script, RunningCommand.binaries.appending(path: "bulletins").path, "shell", "--data-dir", data],
            environment: ["HOME": folder.path("home"), "TERM": "xterm", "LANG": "C.UTF-8", "PAGER": "cat"],
            input: URL(filePath: input),
            in: folder
        )
    }

    @Test func aPersonTypes() async throws {
        func count(_ words: String) async throws -> String {
            let result = try await run("bulletins", ["search", words, "--count", "--data-dir", data], in: folder)
            return "\n" + result.output.trimmingCharacters(in: .newlines) + "\r"
        }
        let name = "区应急管理局"
        // While a line is edited, the prompt is drawn again; behind a line break it stands for a new line.
        let prompt = "\nbulletins> "
        let result = try await type([
            // A command and an option completed by Tab, an answer.
            ("bulletins> ", "sea\t防汛 --cou\t\r"), (try await count("防汛"), ""),
            // A name of the read model.
            (prompt, "search org:区应急管\t--count\r"), (try await count("org:\(name)"), ""),
            // A line that is given up leaves nothing behind; a mistake ends nothing.
            (prompt, "people 王\u{3}"), (prompt, "serch\r"),
            ("error: 'serch' is no command of 'bulletins'; did you mean 'search'?", ""),
            // The line before the last.
            (prompt, "\u{1B}[A\u{1B}[A\r"), (try await count("org:\(name)"), ""), (prompt, "\u{4}"),
        ])
        #expect(result.status == 0, "\(result.messages)")
        #expect(!result.output.contains("bulletins people --help"))
        let history = try String(
            contentsOfFile: folder.path("home/.local/state/bulletins/history"),
            encoding: .utf8
        )
        #expect(history.contains("serch") && history.contains("org:\(name)\\040--count"), "\(history)")
        let attributes = try FileManager.default.attributesOfItem(
            atPath: folder.path("home/.local/state/bulletins/history")
        )
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    }

    @Test func linesOfAFile() async throws {
        func shell(_ lines: String) async throws -> CommandResult {
            let input = try folder.write(lines, to: "lines")
            return try await run("bulletins", ["shell", "--data-dir", data], input: URL(filePath: input), in: folder)
        }
        let good = try await shell(
            "# a comment\n\nsearch '防汛 OR 防火' --count\nlist --limit 1 --fields id\nexit\nnosuch\n"
        )
        #expect(good.status == 0 && good.output.split(separator: "\n").count == 2, "\(good.output)\(good.messages)")
        let bad = try await shell("search 防汛 --count\nshow nothing-like-it\nlist\n")
        #expect(bad.status == 66 && bad.output.split(separator: "\n").count == 1, "\(bad.output)\(bad.messages)")
        #expect(bad.messages.split(separator: "\n").count == 1, "\(bad.messages)")
    }
}
