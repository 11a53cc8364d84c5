import Foundation
import TestSupport
import Testing

/// `bulletin-corpus` as its users run it.
@Suite struct CorpusCommandTests {
    private struct Manifest: Decodable {
        let bulletins: Int
        let kinds: [String: Int]
        let damage: [String: Int]
    }

    private struct Line: Decodable {
        let url: String
        let text: String
        let gold: GoldAnnotation?
    }

    @Test func filesHaveTheirGoldBesideThem() async throws {
        let folder = try TemporaryFolder()
        let output = folder.path("corpus")
        let result = try await run(
            "bulletin-corpus",
            ["generate", "--count", "1002", "--damage", "entities", "--damage-rate", "0.5", "--output", output],
            in: folder
        )
        #expect(result.status == 0, "\(result.messages)")
        #expect(result.output.isEmpty)
        for shard in ["00000", "00001"] {
            let files = try FileManager.default.contentsOfDirectory(atPath: output + "/" + shard)
            #expect(files.count == (shard == "00000" ? 2_000 : 4))
        }
        let gold = try GoldAnnotation(contentsOf: URL(filePath: output + "/00001/000001001.json"))
        #expect(gold.id == "000001001")
        let manifest = try JSONDecoder()
            .decode(Manifest.self, from: Data(contentsOf: URL(filePath: output + "/.manifest.json")))
        #expect(manifest.bulletins == 1_002)
        #expect(manifest.kinds.values.reduce(0, +) == 1_002)
        #expect((400..<600).contains(manifest.damage["entities"] ?? 0))
    }

    @Test func twoProcessesGiveTheSameBytes() async throws {
        let folder = try TemporaryFolder()
        let arguments = ["generate", "--count", "300", "--script", "mixed", "--damage", "mixed", "--seed", "3"]
        let one = try await run("bulletin-corpus", arguments, in: folder)
        let other = try await run("bulletin-corpus", arguments, in: folder)
        #expect(one.status == 0, "\(one.messages)")
        #expect(one.output == other.output)
        let lines = try one.output.split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
        #expect(lines.count == 300)
        #expect(Set(lines.map(\.url)).count == 300)
        #expect(lines.allSatisfy { $0.gold != nil && !$0.text.isEmpty })
    }

    @Test func goldCanBeLeftOut() async throws {
        let folder = try TemporaryFolder()
        let result = try await run("bulletin-corpus", ["generate", "--count", "3", "--without-gold"], in: folder)
        let lines = try result.output.split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
        #expect(lines.count == 3)
        #expect(lines.allSatisfy { $0.gold == nil })
    }

    @Test(arguments: [
        (["--count", "-1"], "--count"), (["--count", "1", "--damage", "rust"], "rust"),
        (["--count", "1", "--damage", "pinyin"], "--script hant"),
        (["--count", "1", "--damage-rate", "2"], "--damage-rate"),
        (["--count", "1", "--encoding", "big5"], "--encoding"), (["--count", "1", "--format", "files"], "--output"),
    ])
    func wrongUsage(arguments: [String], word: String) async throws {
        let folder = try TemporaryFolder()
        let result = try await run("bulletin-corpus", ["generate"] + arguments, in: folder)
        #expect(result.status == 64)
        #expect(result.messages.contains(word), "\(result.messages)")
    }

    @Test func corporaDoNotMix() async throws {
        let folder = try TemporaryFolder()
        let output = try folder.folder("corpus")
        try folder.write("something", to: "corpus/own.txt")
        let result = try await run("bulletin-corpus", ["generate", "--count", "1", "--output", output], in: folder)
        #expect(result.status == 64)
        #expect(result.messages.contains("not empty"))
    }

    @Test func folderThatCannotBeMade() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("", to: "file")
        let result = try await run(
            "bulletin-corpus",
            ["generate", "--count", "1", "--output", file + "/x"],
            in: folder
        )
        #expect(result.status == 74)
        #expect(result.messages.contains(file), "\(result.messages)")
    }
}
