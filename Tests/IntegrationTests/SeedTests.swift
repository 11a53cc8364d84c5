import Foundation
import TestSupport
import Testing

/// The real bulletin that everything began with; it lies beside the repository, never in it.
@Suite(.serialized) struct SeedTests {
    static var seed: URL? { RepositoryFiles.shared("seed/dawa-2020-10-17.txt") }
    static var questions: URL? { RepositoryFiles.shared("gold/ask.py") }

    @Test(.enabled(if: seed != nil && questions != nil, "../shared/ with the real bulletin is missing"))
    func answersTheQuestionsAboutTheSeed() async throws {
        let folder = try TemporaryFolder()
        let seed = try #require(Self.seed)
        let questions = try #require(Self.questions)
        let data = folder.path("data")
        let up = try await run("bulletins", ["up", "--data-dir", data, seed.path], in: folder)
        #expect(up.status == 0, "\(up.messages)")
        let program = RunningCommand.binaries.appending(path: "bulletins").path
        let answers = try await run(
            "python3",
            [questions.path, "--cli", "\(program) --data-dir \(data)"],
            in: folder
        )
        #expect(answers.status == 0, "\(answers.output)\(answers.messages)")
        #expect(answers.output.contains("21 of 21 answered"))
    }

    @Test(.enabled(if: seed != nil, "../shared/ with the real bulletin is missing"))
    func findsAcrossScripts() async throws {
        struct Hit: Decodable { let title: String? }
        struct Row: Decodable { let speaker: String?, responsible: [String], text: String }
        let folder = try TemporaryFolder()
        let seed = try #require(Self.seed)
        let data = folder.path("data")
        _ = try await run("bulletins", ["up", "--data-dir", data, seed.path], in: folder)
        for text in ["区卫健局", "衛健", "衛健局"] {
            let found = try await run(
                "bulletins",
                ["search", text, "--data-dir", data, "--format", "json"],
                in: folder
            )
            let hits = try JSONDecoder().decode([Hit].self, from: Data(found.output.utf8))
            #expect(hits.count == 1, "\(text): \(found.messages)")
        }
        let result = try await run(
            "bulletins",
            ["directives", "--organization", "區市場監管局", "--data-dir", data, "--format", "json"],
            in: folder
        )
        let rows = try JSONDecoder().decode([Row].self, from: Data(result.output.utf8))
        #expect(rows.contains { $0.speaker == "林學瑋" && $0.text.contains("藥品購買登記制度") })
    }
}
