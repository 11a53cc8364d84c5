/// How the hits of a statement are ranked, and, if that is wanted, the best of them: SQLite has to hand out neither rows nor
/// values of the others.
final class SearchRanking {
    let titleColumn: Int32
    let averageLength: Double
    /// A weight for each phrase of the expression; 0 for one that does not count.
    let weights: [Double]
    /// Whether hits are collected here; otherwise `search_rank` gives their scores.
    let collects: Bool
    /// Bulletins that are no hits.
    private let hidden: Set<Int64>

    /// Hits that are not hidden.
    private(set) var count = 0
    /// Those that are.
    private(set) var hiddenCount = 0
    private(set) var best: BestScores

    /// Ranks hits and, with a limit, collects them.
    init(titleColumn: Int, averageLength: Double, weights: [Double], hidden: Set<Int64> = [], limit: Int? = nil) {
        self.titleColumn = Int32(titleColumn)
        self.averageLength = max(1, averageLength)
        self.weights = weights
        self.hidden = hidden
        collects = limit != nil
        best = BestScores(limit: limit ?? 1)
    }

    @inline(__always)
    func take(key: Int64, score: Double) {
        if !hidden.isEmpty, hidden.contains(key) { return hiddenCount += 1 }
        count += 1
        best.take(key: key, score: score)
    }
}

@available(*, unavailable, message: "belongs to the statement that it is bound to")
extension SearchRanking: Sendable {}
