import Foundation
import TestSupport
import Testing

/// The documentation names every command, flag and field, and its examples print what it says.
@Suite(.serialized) struct DocumentationTests {
    private static let programs = ["bulletins", "bulletin-ingestor", "bulletin-indexer"]

    private struct Help: Decodable {
        struct Command: Decodable {
            let commandName: String
            let subcommands: [Command]?
            let arguments: [Argument]?
        }
        struct Argument: Decodable {
            struct Name: Decodable { let kind: String, name: String }
            let kind: String
            let names: [Name]?
            let shouldDisplay: Bool
        }
        let command: Command
    }

    /// All pages below `docs/`, in one.
    private func pages() throws -> String {
        try RepositoryFiles.files(in: "docs", withExtension: "md")
            .map { try String(contentsOf: $0, encoding: .utf8) }.joined(separator: "\n\n")
    }

    @Test func everyExampleIsTrue() async throws {
        let folder = try TemporaryFolder()
        let files = try RepositoryFiles.files(in: "docs", withExtension: "md") + [RepositoryFiles.url("README.md")]
        let result = try await run(
            "python3",
            [RepositoryFiles.url("scripts/check-docs.py").path, "--bin", RunningCommand.binaries.path]
                + files.map(\.path),
            in: folder,
            within: .seconds(900)
        )
        #expect(result.status == 0, "\(result.output)\(result.messages)")
    }

    @Test(arguments: programs)
    func everySubcommandAndFlagIsDocumented(program: String) async throws {
        let folder = try TemporaryFolder()
        let result = try await run(program, ["--experimental-dump-help"], in: folder)
        let help = try JSONDecoder().decode(Help.self, from: Data(result.output.utf8))
        let sections = try pages().components(separatedBy: "\n## ")
        let subcommands = try #require(help.command.subcommands).filter { $0.commandName != "help" }
        #expect(!subcommands.isEmpty)
        for subcommand in subcommands {
            let name = "\(program) \(subcommand.commandName)"
            guard let section = sections.first(where: { $0.hasPrefix(name + "\n") }) else {
                Issue.record("no page below docs/ has a section '## \(name)'")
                continue
            }
            #expect(section.contains("$ ") && section.contains(name), "\(name) has no example")
            for argument in subcommand.arguments ?? [] where argument.shouldDisplay {
                for flag in (argument.names ?? []).filter({ $0.kind == "long" }).map({ "--" + $0.name })
                where flag != "--help" && flag != "--version" {
                    #expect(section.contains("`\(flag)`") || section.contains("`\(flag) "), "\(name) \(flag)")
                }
            }
        }
    }

    @Test(arguments: [
        ["search", "会议"], ["list"], ["directives"], ["people"], ["organizations"], ["documents"], ["stats"],
    ])
    func everyFieldIsDocumented(query: [String]) async throws {
        let folder = try TemporaryFolder()
        let data = folder.path("data")
        let up = try await run(
            "bulletins",
            ["up", "--data-dir", data, RepositoryFiles.url("Examples").path],
            in: folder
        )
        #expect(up.status == 0, "\(up.messages)")
        let result = try await run("bulletins", query + ["--data-dir", data, "--format", "json"], in: folder)
        let rows = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        let paths = fields(of: rows, path: "")
        #expect(paths.count > 3)
        let section = try #require(
            try pages().components(separatedBy: "\n## ").first { $0.hasPrefix("bulletins \(query[0])\n") }
        )
        for path in paths { #expect(section.contains("`\(path)`"), "bulletins \(query[0]): \(path)") }
    }

    /// `snippet.ranges[].start` for every key, the rows' own array aside.
    private func fields(of value: Any, path: String) -> Set<String> {
        switch value {
        case let list as [Any]:
            return list.reduce(into: []) { $0.formUnion(fields(of: $1, path: path.isEmpty ? "" : path + "[]")) }
        case let object as [String: Any]:
            return object.reduce(into: []) { found, entry in
                let key = path.isEmpty ? entry.key : path + "." + entry.key
                found.insert(key)
                found.formUnion(fields(of: entry.value, path: key))
            }
        default: return []
        }
    }
}
