import BulletinEvents
import Foundation
import GRDB
import Testing

@testable import ReadModel

/// Files that are not what they should be.
struct OpeningTests {
    let folder: TestFolder

    init() throws {
        folder = try TestFolder()
    }

    @Test func aNewerFileIsRefusedByNameAndVersion() throws {
        let file = try folder.open()
        try file.access { database, _ in try database.execute(sql: "PRAGMA user_version = 99") }
        try file.close()
        let writing = readModelError { _ = try PartitionFile(folder.location()) }
        let reading = readModelError { _ = try folder.reader() }
        for error in [writing, reading] {
            #expect(error?.code == .newerSchema)
            #expect(error?.message.contains(folder.location().path) == true)
            #expect(error?.message.contains("99") == true)
            #expect(error?.message.contains("\(Schema.version)") == true)
        }
    }

    @Test func anotherProgramsDatabaseStaysAsItIs() throws {
        try FileManager.default.createDirectory(atPath: folder.location().folder, withIntermediateDirectories: true)
        let other = try DatabaseQueue(path: folder.location().path)
        try other.inDatabase { try $0.execute(sql: "CREATE TABLE notes (text)") }
        try other.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.location().path))
        #expect(readModelError { _ = try PartitionFile(folder.location()) }?.code == .notADatabase)
        #expect(readModelError { _ = try folder.reader() }?.code == .notADatabase)
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.location().path)) == before)
    }

    @Test func noiseIsNoDatabase() throws {
        try FileManager.default.createDirectory(atPath: folder.location().folder, withIntermediateDirectories: true)
        let noise = Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        try noise.write(to: URL(fileURLWithPath: folder.location().path))
        let error = readModelError { _ = try PartitionFile(folder.location()) }
        #expect(error?.code == .notADatabase)
        #expect(error?.message.contains(folder.location().path) == true)
        #expect(readModelError { _ = try folder.reader() }?.code == .notADatabase)
    }

    @Test func aDamagedFileIsATypedError() throws {
        let file = try folder.open()
        for number in 0..<50 { try file.publish(Sample.bulletin("b\(number)", ["第\(number)段"])) }
        try file.access { database, _ in _ = try database.checkpoint(.truncate) }
        try file.close()
        let handle = try #require(FileHandle(forUpdatingAtPath: folder.location().path))
        let size = try handle.seekToEnd()
        for page in stride(from: UInt64(PartitionFile.pageSize), to: size, by: PartitionFile.pageSize) {
            try handle.seek(toOffset: page)
            try handle.write(contentsOf: Data(repeating: 0x5A, count: 512))
        }
        try handle.close()
        let error = readModelError { _ = try PartitionFile(folder.location()) }
        #expect(error?.code == .corrupt)
        #expect(error?.message.contains("move the file away") == true)
        #expect(readModelError { _ = try folder.reader().list() }?.code == .corrupt)
    }

    @Test func aFileWhereTheFolderShouldBe() throws {
        let path = folder.path + "/file"
        try Data("text".utf8).write(to: URL(fileURLWithPath: path))
        let location = PartitionLocation(dataDirectory: path, topic: "bulletins", partition: 0)
        #expect(readModelError { _ = try PartitionFile(location) }?.code == .noPermission)
        #expect(readModelError { _ = try ReadModelReader(dataDirectories: [path]) }?.code == .missingFolder)
    }

    @Test func aMissingDataFolderIsNotAnEmptyOne() throws {
        let error = readModelError { _ = try ReadModelReader(dataDirectories: [folder.path + "/none"]) }
        #expect(error?.code == .missingFolder)
        #expect(error?.message.contains(folder.path + "/none") == true)
        let reader = try folder.reader()
        #expect(reader.isEmpty)
        #expect(try reader.list().isEmpty)
        #expect(try reader.stats().bulletins == 0)
    }

    @Test func aFileWithoutTablesYetIsNoAnswer() throws {
        try FileManager.default.createDirectory(atPath: folder.location().folder, withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: folder.location().path))
        #expect(try folder.reader().isEmpty)
        #expect(try PartitionFile(folder.location()).state().nextOffset == 0)
    }

    @Test func otherFilesInTheFolderAreLeftAlone() throws {
        _ = try folder.open(0)
        for name in ["partition-1.sqlite", "partition-00002.sqlite.new", "notes.txt", "partition--0001.sqlite"] {
            try Data("x".utf8).write(to: URL(fileURLWithPath: folder.location().folder + "/" + name))
        }
        try Data("x".utf8).write(to: URL(fileURLWithPath: folder.path + "/partition-00000.sqlite"))
        #expect(try folder.reader().partitions().count == 1)
    }

    @Test func aChangedFoldingTableFoldsTheFileAgain() throws {
        let file = try folder.open()
        try file.publish(Sample.full("a"))
        // As a file would look that was written with another table.
        try file.access { database, _ in
            try database.execute(
                sql: """
                    UPDATE schema_info SET value = 'older' WHERE name = 'folding';
                    UPDATE people SET folded = 'x';
                    INSERT INTO bulletin_search (bulletin_search) VALUES ('delete-all');
                    """
            )
        }
        #expect(try file.checkIntegrity() != [])
        #expect(try folder.reader().search("登記制度").count == 0)
        try file.close()
        let again = try folder.open()
        #expect(try again.checkIntegrity() == [])
        #expect(try folder.reader().search("登記制度").count == 1)
        #expect(try folder.reader().people("楊棟").count == 1)
    }
}
