import TestSupport
import Testing

@testable import Ingestor

@Suite struct ArchiveTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test func compressedFileIsWhatItHolds() throws {
        let text = try folder.write(try TestArchive.gzip(bytes("甲")), to: "a.txt.gz")
        #expect(try InputText.all(of: .success(InputFile(path: text))) == ["甲"])
        let dump = try folder.write(
            try TestArchive.gzip(bytes("{\"text\":\"甲\"}\n{\"text\":\"乙\"}\n")),
            to: "d.jsonl.gz"
        )
        #expect(InputText.documents(dump).names == ["\(dump), line 1", "\(dump), line 2"])
    }

    @Test(arguments: [true, false])
    func archiveIsReadMemberByMember(isCompressed: Bool) throws {
        let members: [(name: String, bytes: [UInt8])] = [
            ("页/", []), ("页/一.txt", bytes("甲")), ("./b.html", bytes("<p>乙</p>")), ("c.png", bytes("丙")),
            (".hidden.txt", bytes("丁")), ("d.jsonl", bytes("{\"text\":\"戊\"}\n")),
            ("e.txt.gz", try TestArchive.gzip(bytes("己"))), ("empty.txt", []),
        ]
        let path = try folder.write(try TestArchive.tar(members, isCompressed: isCompressed), to: "all.tar.gz")
        let documents = InputText.documents(path)
        #expect(
            documents.names == ["\(path)/页/一.txt", "\(path)/b.html", "\(path)/d.jsonl, line 1", "\(path)/e.txt.gz"]
        )
        #expect(documents.failures.map(\.description) == ["\(path)/empty.txt: the file is empty"])
    }

    @Test func archiveIsKnownByItsBytesWhateverItsName() throws {
        let path = try folder.write(
            try TestArchive.tar([("a.txt", bytes("甲"))], isCompressed: true),
            to: "download"
        )
        #expect(InputText.documents(path).names == ["\(path)/a.txt"])
    }

    @Test func archivesInArchivesAreReadToABound() throws {
        var archive = try TestArchive.tar([("a.txt", bytes("甲"))], isCompressed: true)
        for _ in 0..<2 { archive = try TestArchive.tar([("in.tgz", archive)], isCompressed: true) }
        let path = try folder.write(archive, to: "a.tgz")
        #expect(InputText.documents(path).names == ["\(path)/in.tgz/in.tgz/a.txt"])
        archive = try TestArchive.tar([("in.tgz", archive)], isCompressed: true)
        try folder.write(archive, to: "a.tgz")
        #expect(InputText.documents(path).failures.map(\.kind) == [.invalid])
    }

    @Test func damageIsToldAndWhatStandsBeforeItIsTaken() throws {
        var seed = SeededGenerator(seed: 7)
        let noise = (0..<200_000).map { _ in UInt8.random(in: 0x61...0x7A, using: &seed) }
        let whole = try TestArchive.tar([("a.txt", bytes("甲")), ("b.txt", noise)], isCompressed: true)
        let path = try folder.write(Array(whole.dropLast(50_000)), to: "cut.tar.gz")
        let documents = InputText.documents(path)
        #expect(documents.names == ["\(path)/a.txt"])
        #expect(documents.failures.count == 1)
        #expect(documents.failures.first?.message.contains("the archive is damaged") == true)
    }

    @Test func archiveWithoutDocumentsIsNamed() throws {
        let path = try folder.write(try TestArchive.tar([("a.png", [1])], isCompressed: false), to: "a.tar")
        #expect(InputText.documents(path).failures.map(\.kind) == [.missing])
    }

    // MARK: - Limits

    @Test func oneMemberThatIsTooLargeFailsAlone() throws {
        var limits = InputLimits()
        limits.documentBytes = 10
        let members = [("a.txt", bytes("12345678901")), ("b.txt", bytes("1234567890"))]
        let path = try folder.write(try TestArchive.tar(members, isCompressed: true), to: "a.tgz")
        let documents = InputText.documents(path, limits: limits)
        #expect(documents.names == ["\(path)/b.txt"])
        #expect(
            documents.failures.map(\.description) == [
                "\(path)/a.txt: it is larger than 10 bytes; split it or leave it out"
            ]
        )
    }

    @Test func bombIsRefusedByItsExpansion() throws {
        var limits = InputLimits()
        limits.expansionCountsFrom = 100_000
        let zeros = [UInt8](repeating: 0x30, count: 2_000_000)
        let path = try folder.write(
            try TestArchive.tar([("a.txt", zeros), ("b.txt", zeros)], isCompressed: true),
            to: "a.tgz"
        )
        let failures = InputText.documents(path, limits: limits).failures
        #expect(failures.last?.name == path)
        #expect(failures.last?.message.contains("250 times its size") == true)
    }

    @Test func bombIsRefusedByItsSizeAndByItsMembers() throws {
        var limits = InputLimits()
        limits.unpackedBytes = 1_000
        let path = try folder.write(try TestArchive.gzip([UInt8](repeating: 0x30, count: 1_001)), to: "a.txt.gz")
        #expect(
            InputText.documents(path, limits: limits).failures.first?.message.contains("more than 1000 bytes") == true
        )
        limits = InputLimits()
        limits.members = 2
        let members = (0..<3).map { ("\($0).txt", bytes("甲")) }
        let many = try folder.write(try TestArchive.tar(members, isCompressed: false), to: "many.tar")
        let documents = InputText.documents(many, limits: limits)
        #expect(documents.names.count == 2)
        #expect(documents.failures.map(\.name) == [many])
    }
}
