import Foundation
import TestSupport
import Testing

/// Every query in every format over a fixed corpus prints what stands in `Golden/`.
@Suite(.serialized) struct GoldenTests {
    static let queries: [(name: String, arguments: [String])] = [
        ("search", ["search", "督查 OR 防汛", "--limit", "4"]),
        ("search-filters", ["search", "kind:meeting 责任 -汛", "--unique", "--limit", "3"]),
        ("list", ["list", "--limit", "5"]),
        ("list-fields", ["list", "--limit", "2", "--fields", "id,url,title"]),
        ("show", ["show", "REVISED"]),
        ("history", ["history", "REVISED"]),
        ("reprints", ["reprints", "REPRINTED"]),
        ("similar", ["similar", "REVISED", "--limit", "3"]),
        ("directives", ["directives", "--limit", "4"]),
        ("directives-organization", ["directives", "--organization", "应急管理局", "--limit", "3"]),
        ("matrix", ["matrix", "--limit", "5", "--columns", "4"]),
        ("matrix-measure", ["matrix", "--measure", "排查", "--measure", "整改", "--limit", "3"]),
        ("people", ["people", "--limit", "5"]),
        ("people-name", ["people", "PERSON", "--limit", "2"]),
        ("organizations", ["organizations", "--limit", "5"]),
        ("organizations-name", ["organizations", "应急管理局", "--limit", "2"]),
        ("documents", ["documents", "--limit", "4"]),
        ("timeline", ["timeline", "--limit", "6"]),
        ("stats", ["stats"]),
        ("sql", ["sql", "SELECT kind, count(*) AS n FROM v_bulletins GROUP BY kind ORDER BY kind"]),
        ("schema", ["schema", "v_directives"]),
    ]

    static func expand(_ argument: String) throws -> String {
        struct Names: Decodable { var revised: String, reprinted: String, person: String }
        let names = try JSONDecoder().decode(
            Names.self,
            from: Data(contentsOf: Golden.folder.appending(path: "names.json"))
        )
        return ["REVISED": names.revised, "REPRINTED": names.reprinted, "PERSON": names.person][argument] ?? argument
    }

    /// Makes a read model of `input` with `bulletins up`, and returns its folder.
    private static func indexed(
        _ input: String = Golden.corpus,
        in folder: TemporaryFolder,
        as name: String = "data",
        partitions: Int
    ) async throws -> String {
        let data = folder.path(name)
        let up = try await run(
            "bulletins",
            ["up", "--partitions", "\(partitions)", "--data-dir", data, input],
            in: folder
        )
        #expect(up.status == 0, "\(up.messages)")
        return data
    }

    @Test func everyQueryInEveryFormat() async throws {
        let folder = try TemporaryFolder()
        let data = try await Self.indexed(in: folder, partitions: 3)
        for query in Self.queries {
            let arguments = try query.arguments.map(Self.expand)
            for format in Golden.formats {
                let result = try await run(
                    "bulletins",
                    arguments + ["--data-dir", data, "--format", format],
                    in: folder
                )
                #expect(result.status == 0, "\(query.name) \(format): \(result.messages)")
                try Golden.expect(result.output, "\(query.name).\(format)", folder)
            }
        }
    }

    /// What is taken out: events, pages, tables, a report; of folders every file with its name.
    @Test func everyExport() async throws {
        let folder = try TemporaryFolder()
        let data = try await Self.indexed(in: folder, partitions: 3)
        for (name, arguments) in [
            ("export.ndjson", ["export"]), ("export.markdown", ["export", "防汛", "--format", "markdown"]),
            ("export.csv", ["export", "--format", "csv"]),
            ("report.html", ["report", "--organization", "应急管理局", "--title", "督办"]),
        ] {
            let isFolder = arguments.contains("--format")
            let output = folder.path(name)
            let result = try await run("bulletins", arguments + ["--data-dir", data, "-o", output], in: folder)
            #expect(result.status == 0, "\(name): \(result.messages)")
            var printed = ""
            for path in isFolder ? try FileManager.default.subpathsOfDirectory(atPath: output).sorted() : [""] {
                let file = URL(filePath: path.isEmpty ? output : output + "/" + path)
                guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
                printed += (path.isEmpty ? "" : "==> \(path) <==\n") + text
            }
            try Golden.expect(printed.replacing(/20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ/, with: "TIME"), name, folder)
        }
    }

    /// A limit is added to, to see whether there is more; the largest number ended the program so.
    @Test func theLargestLimitGivesAll() async throws {
        let folder = try TemporaryFolder()
        let data = try await Self.indexed(in: folder, partitions: 2)
        let queries = [
            ["list"], ["list", "--unique"], ["directives"], ["search", "防汛"], ["search", "防汛", "--unique"],
            ["similar", try Self.expand("REVISED")], ["reprints", try Self.expand("REPRINTED")], ["people"],
            ["organizations"],
            ["documents"], ["matrix"], ["timeline"], ["sql", "SELECT id FROM v_bulletins ORDER BY id"],
            ["rejected", "list"],
        ]
        for query in queries {
            var printed: [String] = []
            for limit in ["0", "\(Int.max)"] {
                let result = try await run(
                    "bulletins",
                    query + ["--data-dir", data, "--format", "ndjson", "--limit", limit],
                    in: folder
                )
                #expect(result.status == 0, "\(query) \(limit): \(result.messages)")
                printed.append(result.output)
            }
            #expect(printed[0] == printed[1], "\(query)")
        }
    }

    /// A name that nothing has is answered with the one that was probably meant, with its place or without.
    @Test func aMisspelledNameIsSuggested() async throws {
        let folder = try TemporaryFolder()
        let data = try await Self.indexed(in: folder, partitions: 2)
        for (asked, clause) in [
            ("区农业农存局", "; did you mean 區農業農村局?"), ("农业农存局", "; did you mean 區農業農村局?"), ("水产品署", ""),
        ] {
            let result = try await run(
                "bulletins",
                ["directives", "--organization", asked, "--data-dir", data],
                in: folder
            )
            #expect(result.status == 0)
            #expect(result.messages == "bulletins: no organisation is named '\(asked)'\(clause)\n")
        }
    }

    /// What is exported and published again is the same read model, to the digest; so it is from a copy in other
    /// partitions.
    @Test func anExportMakesTheSameReadModel() async throws {
        let folder = try TemporaryFolder()
        var digests: [String] = []
        var exports: [String] = []
        var input = Golden.corpus
        for (round, partitions) in [3, 5, 1].enumerated() {
            let data = try await Self.indexed(input, in: folder, as: "data\(round)", partitions: partitions)
            let digest = try await run(
                "bulletin-indexer",
                ["digest", "--data-dir", data, "--format", "ndjson"],
                in: folder
            )
            digests.append(String(digest.output.split(separator: "\n").last ?? ""))
            input = folder.path("export\(round).ndjson")
            let export = try await run("bulletins", ["export", "--data-dir", data, "-o", input], in: folder)
            #expect(export.status == 0, "\(export.messages)")
            let lines = try String(contentsOfFile: input, encoding: .utf8).split(separator: "\n").sorted()
            exports.append(lines.joined(separator: "\n"))
        }
        #expect(digests.allSatisfy { $0 == digests[0] && $0.contains("digest") }, "\(digests)")
        #expect(exports[1] == exports[2])
    }
}
