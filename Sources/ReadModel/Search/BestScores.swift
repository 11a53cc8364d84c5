/// The best of many bulletins, seen one after the other, by score alone: those that share the last place are all kept.
struct BestScores {
    struct Candidate {
        var key: Int64
        var score: Double
    }

    private let limit: Int
    private var kept: [Candidate] = []
    // Sorted seldom, and never much more is held than is wanted.
    private var room: Int
    // The score of the last place so far.
    private var least = -Double.infinity

    /// The best `limit` of them, 1 or more.
    init(limit: Int) {
        self.limit = max(1, limit)
        room = BestScores.room(for: self.limit)
    }

    // Any limit is one, the largest number as well.
    private static func room(for count: Int) -> Int { count > Int.max / 2 ? .max : count + max(64, count) }

    /// Looks at one more.
    @inline(__always)
    mutating func take(key: Int64, score: Double) {
        guard score >= least else { return }
        kept.append(Candidate(key: key, score: score))
        if kept.count >= room { drop() }
    }

    private mutating func drop() {
        guard kept.count > limit else { return }
        kept.sort { $0.score > $1.score }
        least = kept[limit - 1].score
        kept.removeAll { $0.score < least }
        room = BestScores.room(for: kept.count)
    }

    /// The best of those seen and what ties with the last of them, in no order.
    var candidates: [Candidate] {
        var copy = self
        copy.drop()
        return copy.kept
    }
}
