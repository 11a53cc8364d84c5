import Foundation
import TestSupport
import Testing

/// `bulletins --from` over real indexers prints, byte for byte, what `--data-dir` over all files prints.
@Suite(.serialized, .timeLimit(.minutes(30))) struct RemoteTests {
    /// Without the moment at which an answer was given.
    private func normal(_ text: String) -> String {
        text.replacing(/20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ/, with: "NOW")
    }

    private static var questions: [[String]] {
        get throws {
            try GoldenTests.queries.map { try $0.arguments.map(GoldenTests.expand) }
                + [
                    ["search", "OR 的 -的*", "--limit", "0"], ["search", "org:应急管理局 OR person:王", "--withdrawn"],
                    ["search", "防汛", "--count"], ["search", "（", "--limit", "5"],
                    ["list", "--unique", "--limit", "0"], ["list", "--withdrawn", "--kind", "notice"],
                    ["timeline", "防汛", "--since", "2000-01-01"], ["people"], ["organizations"], ["documents"],
                    ["matrix", "--by", "speaker"], ["directives", "--with-deadline", "--limit", "0"],
                    ["organizations", "没有这个名字"], ["show", "0123nothing"], ["show", ""], ["history", "zz"],
                    [
                        "sql",
                        "SELECT b.id, d.text FROM bulletins AS b JOIN directives AS d USING (bulletin_key) ORDER BY 1, 2",
                    ],
                    ["sql", "SELECT nonsense"], ["sql", "SELECT count(*) FROM paragraphs"], ["list", "--as-of"],
                    ["rejected", "list"], ["trace", try GoldenTests.expand("REVISED")],
                ]
        }
    }

    @Test func everyQuestionEqualsThatOfOneFolder() async throws {
        let fleet = try await IndexerFleet(indexers: 2)
        let folders = ["--data-dir", fleet.indexers[0].data, "--data-dir", fleet.indexers[1].data]
        let from = ["--from", fleet.indexers[0].url, "--from", fleet.indexers[1].url]
        for question in try Self.questions {
            for format in ["table", "json"] {
                let local = try await fleet.ask(question + ["--format", format] + folders)
                let remote = try await fleet.ask(question + ["--format", format] + from)
                #expect(remote.status == local.status, "\(question): \(remote.messages)")
                #expect(remote.output.utf8.elementsEqual(local.output.utf8), "\(question) \(format)")
                #expect(normal(remote.messages) == normal(local.messages), "\(question)")
            }
        }
        for question in [["export"], ["export", "防汛"], ["report", "--organization", "应急管理局"]] {
            let local = try await fleet.ask(question + folders)
            let remote = try await fleet.ask(question + from)
            #expect(
                local.status == 0 && !local.output.isEmpty && normal(remote.output) == normal(local.output),
                "\(question)"
            )
        }
        // A page behind a page, half of it here and half of it there.
        let first = try await fleet.ask(["list", "--limit", "3", "--format", "json"] + from)
        let last = try #require(try fleet.ids(first.output).last)
        for source in [from, folders] {
            let next = try await fleet.ask(["list", "--limit", "0", "--after", last, "--format", "json"] + source)
            let all = try await fleet.ask(["list", "--limit", "0", "--format", "json"] + folders)
            #expect(try fleet.ids(next.output) == Array(fleet.ids(all.output).dropFirst(3)))
        }
        // One that nobody named is missed by its partitions.
        let half = try await fleet.ask(["search", "防汛", "--count", "--from", fleet.indexers[0].url])
        #expect(half.status == 75 && half.messages.contains("of the 4 of"), "\(half.messages)")
        // One folder here, the other over the network.
        let mixed = ["--data-dir", fleet.indexers[0].data, "--from", fleet.indexers[1].url]
        for question in [["search", "防汛"], ["sql", "SELECT id FROM bulletins ORDER BY id"]] {
            #expect(try await fleet.ask(question + mixed).output == fleet.ask(question + folders).output)
        }
        try await fleet.close()
    }

    @Test func copiesAreNotCountedTwice() async throws {
        let fleet = try await IndexerFleet(indexers: 2, groups: ["one", "two"])
        let one = try await fleet.ask(["list", "--limit", "0", "--from", fleet.indexers[0].url])
        // Both hold everything; and one of them is asked by two of its names.
        let port = fleet.indexers[0].url.split(separator: ":").last ?? ""
        let both = try await fleet.ask(
            [
                "list", "--limit", "0", "--from", fleet.indexers[0].url, "--from", fleet.indexers[1].url, "--from",
                "http://localhost:\(port)",
            ]
        )
        #expect(both.status == 0 && !both.output.isEmpty && both.output == one.output, "\(both.messages)")
        let environment = ["BULLETINS_FROM": "\(fleet.indexers[1].url),\(fleet.indexers[0].url)"]
        let count = try await run("bulletins", ["search", "防汛", "--count"], environment: environment, in: fleet.folder)
        let alone = try await fleet.ask(["search", "防汛", "--count", "--from", fleet.indexers[0].url])
        #expect(count.status == 0 && count.output == alone.output && count.output != "0\n", "\(count.messages)")
        try await fleet.close()
    }

    @Test func anIndexerThatIsNotThereIsNamed() async throws {
        let fleet = try await IndexerFleet(indexers: 2)
        let whole = ["--from", fleet.indexers[0].url, "--from", fleet.indexers[1].url]
        let all = try fleet.ids(try await fleet.ask(["list", "--limit", "0", "--format", "json"] + whole).output)
        // Stopped and not ended: it takes connections and never answers, and its partitions are not given to the other.
        fleet.indexers[1].process.signal(SIGSTOP)
        let partial = try await fleet.ask(
            ["list", "--limit", "0", "--format", "json", "--from-timeout-s", "1"] + whole
        )
        #expect(partial.status == 75)
        #expect(partial.messages.contains("warning: \(fleet.indexers[1].url) is missing"), "\(partial.messages)")
        let some = try fleet.ids(partial.output)
        #expect(!some.isEmpty && some.count < all.count && Set(some).isSubset(of: all))
        let accepted = try await fleet.ask(["search", "防汛", "--partial", "--from-timeout-s", "1"] + whole)
        #expect(accepted.status == 0 && accepted.messages.contains("the answer is partial"), "\(accepted.messages)")
        fleet.indexers[1].process.signal(SIGKILL)
        _ = try await fleet.indexers[1].process.finish()
        let refused = try await fleet.ask(["stats"] + whole)
        #expect(refused.status == 75 && refused.messages.contains("connection refused"), "\(refused.messages)")
        let nobody = try await fleet.ask(["stats", "--from", fleet.indexers[1].url])
        #expect(nobody.status == 69 && nobody.output.isEmpty, "\(nobody.messages)")
        let nameless = try await fleet.ask(["stats", "--from", "http://no-such-name.invalid:1"])
        #expect(nameless.status == 69 && nameless.messages.contains("no-such-name.invalid"), "\(nameless.messages)")
        try await fleet.close()
    }

    @Test func tokensAndCertificates() async throws {
        let folder = try TemporaryFolder()
        let (key, certificate) = (folder.path("server.key"), folder.path("server.pem"))
        let made = try await run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key,
                "-out",
                certificate,
            ],
            in: folder
        )
        #expect(made.status == 0, "\(made.messages)")
        var files: [String: String] = [:]
        var lines = ""
        for (name, scope) in [("reader", "read"), ("writer", "write")] {
            let token = try await run("bulletin-ingestor", ["token", name, "--scope", scope], in: folder)
            let secret = token.messages.trimmingCharacters(in: .newlines).split(separator: " ").last ?? ""
            files[name] = try folder.write(secret + "\n", to: name)
            lines += token.output
        }
        files["wrong"] = try folder.write("wrong\n", to: "wrong")
        let tokens = try folder.write(lines, to: "tokens")
        let fleet = try await IndexerFleet(
            indexers: 1,
            scheme: "https",
            ["--tokens", tokens, "--tls-certificate", certificate, "--tls-key", key],
            asking: ["--token-file", files["reader"] ?? "", "--ca-certificate", certificate]
        )
        let url = fleet.indexers[0].url
        func ask(_ options: [String]) async throws -> CommandResult {
            try await fleet.ask(["search", "防汛", "--count", "--from", url] + options)
        }
        let right = try await ask(["--ca-certificate", certificate, "--token-file", files["reader"] ?? ""])
        #expect(right.status == 0 && right.output != "0\n", "\(right.messages)")
        for (options, status, words) in [
            ([], 66, "Authorization"), (["--token-file", files["wrong"] ?? ""], 66, "not valid"),
            (["--token-file", files["writer"] ?? ""], 66, "scope read"),
            (["--token-file", folder.path("nowhere")], 66, "nowhere"),
        ] as [([String], Int32, String)] {
            let result = try await ask(["--ca-certificate", certificate] + options)
            #expect(result.status == status && result.messages.contains(words), "\(options): \(result.messages)")
            #expect(result.output.isEmpty && result.messages.split(separator: "\n").count == 1, "\(result.messages)")
        }
        let stranger = try await ask(["--token-file", files["reader"] ?? ""])
        #expect(stranger.status == 69 && stranger.messages.contains("--ca-certificate"), "\(stranger.messages)")
        let plain = try await fleet.ask(["stats", "--from", url.replacing("https", with: "http")])
        #expect(plain.status == 69 && plain.messages.contains("https"), "\(plain.messages)")
        #expect(!fleet.indexers[0].process.messages.contains("wrong"))
        try await fleet.close()
    }

    @Test func otherMachinesAreAnsweredWhereThatIsSaid() async throws {
        for (options, isAnswered) in [([], false), (["--allow-plaintext", "--allow-anonymous"], true)] {
            let fleet = try await IndexerFleet(indexers: 1, ["--listen", "0.0.0.0:0"] + options, waits: isAnswered)
            let url = fleet.indexers[0].url.replacing("0.0.0.0", with: "127.0.0.1")
            let asked = try await fleet.ask(["stats", "--from", url])
            #expect(asked.status == (isAnswered ? 0 : 66), "\(asked.messages)")
            let live = try await run("curl", ["-s", url + "/live"], in: fleet.folder)
            #expect(live.output == #"{"status":"live"}"#)
            #expect(fleet.indexers[0].process.messages.contains("questions are not answered") != isAnswered)
            try await fleet.close()
        }
    }

    @Test func probesHaveAnAddressOfTheirOwn() async throws {
        let fleet = try await IndexerFleet(indexers: 1, ["--probe-listen", "127.0.0.1:0"])
        let line = try #require(
            fleet.indexers[0].process.messages.split(separator: "\n").first { $0.contains("answering probes alone") }
        )
        let address = try #require(line.firstMatch(of: /127\.0\.0\.1:[0-9]+/)).output
        func ask(_ path: String) async throws -> String {
            try await run("curl", ["-s", "-w", " %{http_code}", "http://\(address)\(path)"], in: fleet.folder).output
        }
        #expect(try await ask("/live") == #"{"status":"live"} 200"#)
        let ready = try await ask("/ready")
        #expect(ready.contains("checks") && ready.hasSuffix(" 200"), "\(ready)")
        #expect(try await ask("/v1/stats").hasSuffix(" 404"))
        #expect(try await ask("/metrics").hasSuffix(" 404"))
        try await fleet.close()
    }
}
