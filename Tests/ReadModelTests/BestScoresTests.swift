import TestSupport
import Testing

@testable import ReadModel

@Suite struct BestScoresTests {
    /// Many ties: what is kept is what sorting all would give, with all that share the last place.
    @Test(arguments: [1, 10, 70, 500])
    func theBestAreThoseThatSortingAllGives(limit: Int) {
        var random = SeededGenerator(seed: 21)
        for (count, scores) in [(0, 1), (limit, 40), (400, 40), (3000, 40), (3000, 1), (3000, 100_000)] {
            let all = (0..<count).map { key in
                (key: Int64(key), score: Double(Int.random(in: 0..<scores, using: &random)))
            }
            var best = BestScores(limit: limit)
            for (key, score) in all { best.take(key: key, score: score) }
            let sorted = all.map(\.score).sorted(by: >)
            let least = sorted.count > limit ? sorted[limit - 1] : -.infinity
            #expect(best.candidates.map(\.key).sorted() == all.filter { $0.score >= least }.map(\.key))
            #expect(best.candidates.allSatisfy { $0.score == all[Int($0.key)].score })
        }
    }
}
