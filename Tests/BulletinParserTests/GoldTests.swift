import BulletinEvents
import BulletinParser
import Foundation
import TestSupport
import Testing

/// Bulletins written by hand, with all that is to be found in them.
@Suite struct GoldTests {
    private static let floors = ScoreFloors([
        .title: 100, .source: 94, .publishedOn: 100, .documentNumber: 100, .kind: 100, .eventDate: 100,
        .body: 100, .people: 86, .roles: 85, .organizations: 86, .collective: 73, .documents: 100,
        .quotedTerms: 100, .attendees: 94, .places: 50, .directives: 95, .speaker: 93, .responsible: 78,
    ])

    /// Floors for the texts beside the repository.
    private static let sharedFloors = ScoreFloors([
        .title: 100, .source: 100, .publishedOn: 100, .documentNumber: 100, .kind: 100, .eventDate: 100,
        .body: 100, .people: 100, .roles: 100, .organizations: 100, .collective: 100, .documents: 100,
        .quotedTerms: 100, .attendees: 100, .places: 95, .directives: 98, .speaker: 100, .responsible: 97,
    ])

    @Test func ownBulletins() throws {
        let gold = try RepositoryFiles.files(in: "Tests/BulletinParserTests/Gold", withExtension: "json")
        #expect(gold.count >= 14)
        var scorer = Scorer()
        for file in gold {
            let stem = file.deletingPathExtension()
            let texts = ["txt", "html"].map { stem.appendingPathExtension($0) }
            let text = try #require(texts.first { FileManager.default.fileExists(atPath: $0.path) })
            scorer.score(try Self.parse(text), against: try GoldAnnotation(contentsOf: file))
        }
        Self.floors.expect(scorer.table, "\(gold.count) bulletins written by hand")
    }

    @Test(
        .enabled(if: RepositoryFiles.shared("gold/real") != nil, "real bulletins lie beside the repository: ../shared")
    )
    func realBulletins() throws {
        let folder = try #require(RepositoryFiles.shared("gold/real"))
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        var pairs = files.filter { $0.pathExtension == "json" }.map {
            (gold: $0, text: $0.deletingPathExtension().appendingPathExtension("txt"))
        }
        if let gold = RepositoryFiles.shared("gold/seed.json"),
            let text = RepositoryFiles.shared("seed/dawa-2020-10-17.txt")
        {
            pairs.append((gold, text))
        }
        var scorer = Scorer()
        for (gold, text) in pairs {
            scorer.score(try Self.parse(text), against: try GoldAnnotation(contentsOf: gold))
        }
        Self.sharedFloors.expect(scorer.table, "\(pairs.count) real bulletins")
    }

    private static func parse(_ file: URL) throws -> Bulletin {
        let input = ParserInput(
            bytes: Array(try Data(contentsOf: file)),
            name: file.lastPathComponent,
            mediaType: file.pathExtension == "html" ? .html : .unknown
        )
        return try BulletinParser().parse(input)
    }
}
