import Foundation
import Ingestor
import TestSupport
import Testing

@Suite struct InputFinderTests {
    private func paths(_ results: [Result<InputFile, IntakeFailure>]) -> [String] {
        results.compactMap { try? $0.get().path }
    }

    private func failures(_ results: [Result<InputFile, IntakeFailure>]) -> [IntakeFailure] {
        results.compactMap { if case .failure(let failure) = $0 { failure } else { nil } }
    }

    @Test func walksFoldersSortedAndPassesOverTheRest() throws {
        let folder = try TemporaryFolder()
        for name in ["b/2.txt", "b/1.HTML", "a.json", ".hidden/x.txt", "b/.secret.txt", "picture.png", "b/c/3.jsonl"] {
            try folder.write("x", to: name)
        }
        let found = paths(InputFinder.find([folder.path]))
        #expect(
            found.map { String($0.dropFirst(folder.path.count + 1)) } == [
                "a.json", "b/1.HTML", "b/2.txt", "b/c/3.jsonl",
            ]
        )
    }

    @Test func takesANamedFileWhateverItsExtension() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("x", to: "page.php")
        #expect(paths(InputFinder.find([path, "-"])) == [path, "-"])
    }

    @Test func namesWhatIsMissing() throws {
        let folder = try TemporaryFolder()
        let results = InputFinder.find([folder.path("nowhere"), folder.path])
        #expect(failures(results).map(\.kind) == [.missing, .missing])
        #expect(failures(results).first?.name == folder.path("nowhere"))
    }

    @Test func linkedFolderCannotMakeTheWalkEndless() throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: "a.txt")
        try FileManager.default.createSymbolicLink(atPath: folder.path("loop"), withDestinationPath: folder.path)
        #expect(paths(InputFinder.find([folder.path])).count == 1)
    }

    @Test func refusesWhatIsTooLarge() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(String(repeating: "x", count: 101), to: "a.txt")
        #expect(throws: IntakeFailure.self) { try InputFile(path: path).read(maximumBytes: 100) }
        #expect(try InputFile(path: path).read(maximumBytes: 101).count == 101)
    }
}
