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
        for name in [
            "b/2.txt", "b/1.HTML", "a.json", ".hidden/x.txt", "b/.secret.txt", "picture.png", "b/c/3.jsonl",
            "b/4.txt.gz", "b/5.tgz", "b/log.gz",
        ] {
            try folder.write("x", to: name)
        }
        let found = paths(InputFinder.find([folder.path]))
        #expect(
            found.map { String($0.dropFirst(folder.path.count + 1)) } == [
                "a.json", "b/1.HTML", "b/2.txt", "b/4.txt.gz", "b/5.tgz", "b/c/3.jsonl",
            ]
        )
    }

    @Test func aDescriptionBesideItsPageIsNoDocument() throws {
        let folder = try TemporaryFolder()
        for name in ["1.txt", "1.json", "2.json", "3.html", "3.JSON", "b/1.json"] { try folder.write("x", to: name) }
        let found = paths(InputFinder.find([folder.path]))
        #expect(found.map { String($0.dropFirst(folder.path.count + 1)) } == ["1.txt", "2.json", "3.html", "b/1.json"])
        #expect(paths(InputFinder.find([folder.path("1.json")])).count == 1)
    }

    @Test func ofMillionsOfFailuresTheFirstAreKept() {
        var failures = IntakeFailures()
        for index in 0..<1_000 { failures.append(IntakeFailure(kind: .invalid, name: "\(index)", message: "x")) }
        #expect(failures.count == 1_000)
        #expect(failures.first.map(\.name) == (0..<IntakeFailures.limit).map(String.init))
        #expect(failures.kinds == [.invalid])
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

    @Test func takesNamesOfAnyEncoding() throws {
        let folder = try TemporaryFolder()
        try folder.write("甲", to: "a.txt")
        // 通知 in GBK, as archives from Windows hold it.
        let name: [CChar] = [0xCD, 0xA8, 0xD6, 0xAA].map { CChar(bitPattern: $0) } + Array(".txt".utf8CString)
        let path = folder.path.utf8CString.dropLast() + [CChar(bitPattern: UInt8(ascii: "/"))] + name
        let descriptor = path.withUnsafeBufferPointer { open($0.baseAddress!, O_CREAT | O_WRONLY, 0o600) }
        try #require(descriptor >= 0)
        #expect(write(descriptor, "乙", 3) == 3)
        close(descriptor)
        let texts = try InputFinder.find([folder.path]).map { try InputText.all(of: $0).joined() }
        #expect(texts == ["甲", "乙"])
    }

    @Test func oneEntryThatCannotBeReadFailsAlone() throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: "a.txt")
        try FileManager.default.createSymbolicLink(atPath: folder.path("b.txt"), withDestinationPath: "nowhere")
        mkfifo(folder.path("c.txt"), 0o600)
        let found = InputFinder.find([folder.path])
        #expect(paths(found) == [folder.path("a.txt")])
        #expect(failures(found).map(\.name) == [folder.path("b.txt")])
    }
}
