import Foundation
import TestSupport
import Testing

@testable import Indexer

@Suite struct DataFolderLockTests {
    @Test func indexersWorkSideBySideAndAnEmbeddedPipelineAlone() throws {
        let folder = try TemporaryFolder()
        let data = folder.path("a/b")
        do {
            let one = try DataFolderLock(data, mode: .shared)
            let other = try DataFolderLock(data, mode: .shared)
            let error = #expect(throws: IndexerError.self) { _ = try DataFolderLock(data, mode: .exclusive) }
            #expect(error?.code == .folderInUse)
            #expect(error?.message.contains(data) == true)
            withExtendedLifetime((one, other)) {}
        }
        let alone = try DataFolderLock(data, mode: .exclusive)
        #expect(throws: IndexerError.self) { _ = try DataFolderLock(data, mode: .exclusive) }
        #expect(throws: IndexerError.self) { _ = try DataFolderLock(data, mode: .shared) }
        withExtendedLifetime(alone) {}
    }

    @Test func aFileInPlaceOfTheFolderIsNamed() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("x", to: "file")
        let error = #expect(throws: IndexerError.self) { _ = try DataFolderLock(path, mode: .shared) }
        #expect(error?.code == .folderUnusable)
        #expect(error?.message.contains("it is a file") == true)
    }

    @Test func theSystemsReasonIsToldWhereNoFolderCanBeMade() throws {
        // The kernel's file system of settings takes no folder from anybody, not even root.
        let error = #expect(throws: IndexerError.self) { _ = try DataFolderLock("/sys/bulletins", mode: .shared) }
        #expect(error?.code == .folderUnusable)
        let reasons = [EPERM, EACCES, EROFS].map { String(cString: strerror($0)) }
        #expect(reasons.contains { error?.message.contains($0) == true })
    }
}
