internal import BulletinCorpus
internal import Foundation

/// The documents that the stages run over: files that somebody names, or bulletins that nobody ever published.
public struct TextSet: Sendable {
    /// The documents as they come, in no more than two encodings: UTF-8, damaged or not.
    public let documents: [[UInt8]]

    /// The size of all of them.
    public var byteCount: Int { documents.reduce(0) { $0 + $1.count } }

    /// Made-up bulletins of the seed's class: traditional characters, many with readings left in them. The same for
    /// the same `count`, on every machine.
    public init(generated count: Int) {
        var options = CorpusOptions(seed: 20_201_017)
        options.script = .mixed
        options.damage = [.pinyin, .outOfStep]
        options.damagedPercent = 50
        let generator = CorpusGenerator(options)
        documents = (0..<count).map { generator.bulletin(at: $0).bytes }
    }

    /// The texts and pages in a folder and its folders, or one file; in the order of their names.
    public init(path: String) throws {
        let url = URL(filePath: path)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            documents = [Array(try Data(contentsOf: url))]
            return
        }
        let names = try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
            .filter { $0.hasSuffix(".txt") || $0.hasSuffix(".html") }
        documents = try names.map { Array(try Data(contentsOf: url.appending(path: $0))) }
    }
}
