import BulletinCorpus
import BulletinEvents
import BulletinParser
import Foundation
import FuzzDriver
import ReadModel

/// Thirty-two bulletins made up, in two partition files of a folder of this process below TMPDIR.
enum FuzzedReadModel {
    /// Opened once: the files do not change.
    static let reader: ReadModelReader = {
        do {
            let folder = NSTemporaryDirectory() + "search-fuzzer-\(ProcessInfo.processInfo.processIdentifier)"
            for partition in Int32(0)..<2 { try fill(partition, of: folder) }
            return try ReadModelReader(dataDirectories: [folder])
        } catch {
            FuzzDriver.fail("no read model to search: \(error)")
        }
    }()

    /// The ids of all bulletins.
    static let all = Set((0..<32).map { "b\($0)" })

    private static func fill(_ partition: Int32, of folder: String) throws {
        var options = CorpusOptions(seed: 1)
        options.script = .mixed
        let generator = CorpusGenerator(options)
        let parser = BulletinParser()
        let file = try PartitionFile(PartitionLocation(dataDirectory: folder, topic: "bulletins", partition: partition))
        _ = try file.verifyLog(clusterID: "fuzzing")
        let entries = try (0..<16).map { offset in
            let index = Int(partition) * 16 + offset
            var bulletin = try parser.parse(ParserInput(bytes: generator.bulletin(at: index).bytes))
            bulletin.id = "b\(index)"
            let event = EventMetadata(id: "\(index)", source: "fuzzing", type: EventType.published.rawValue)
            return LogBatch.Entry.published(bulletin, event, offset: Int64(offset))
        }
        _ = try file.apply(LogBatch(begin: 0, end: Int64(entries.count), entries: entries))
        try file.close()
    }
}
