import BulletinCorpus
import BulletinEvents
import BulletinParser
import Foundation
import TestSupport

/// Bulletins that the corpus generator makes, parsed.
enum GeneratedBulletins {
    /// What a corpus of the tests is made of; the same corpus each time.
    static func options(_ change: (inout CorpusOptions) -> Void = { _ in }) -> CorpusOptions {
        var options = CorpusOptions(seed: 2_024)
        options.script = .mixed
        change(&options)
        return options
    }

    static func parse(_ bulletin: CorpusBulletin) throws -> Bulletin {
        let input = ParserInput(
            bytes: bulletin.bytes,
            name: bulletin.gold.id,
            mediaType: bulletin.isHTML ? .html : .unknown
        )
        return try BulletinParser().parse(input)
    }

    /// The scores of the first `count` bulletins of a corpus.
    static func scores(_ options: CorpusOptions, count: Int) throws -> ScoreTable {
        let generator = CorpusGenerator(options)
        var scorer = Scorer()
        for index in 0..<count {
            let bulletin = generator.bulletin(at: index)
            let gold = try JSONDecoder()
                .decode(GoldAnnotation.self, from: Data(bulletin.gold.json(isIndented: false).utf8))
            scorer.score(try parse(bulletin), against: gold)
        }
        return scorer.table
    }
}
