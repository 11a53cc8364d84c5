import TestSupport
import Testing

@testable import ReadModel

@Suite struct BestMatchesTests {
    /// Many ties, by score alone and by score and date: what is kept is what sorting all would give.
    @Test(arguments: [1, 10, 70, 500])
    func theBestAreThoseThatSortingAllGives(limit: Int) {
        var random = SeededGenerator(seed: 21)
        for count in [0, limit, 400, 3000] {
            let all = (0..<count).map { key in
                PartitionSearch.Match(
                    key: Int64(key),
                    id: "\(key)",
                    date: [nil, "2024-01-01", "2024-01-02"].randomElement(using: &random) ?? nil,
                    score: Double(Int.random(in: 0...40, using: &random))
                )
            }
            var best = BestMatches(limit: limit)
            for match in all where best.mayTake(match.score) { best.take(match) }
            let expected = all.sorted(by: PartitionSearch.Match.comesFirst).prefix(limit)
            #expect(best.inOrder.map(\.key) == expected.map(\.key))
        }
    }
}
