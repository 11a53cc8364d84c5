/// "Did you mean …?"
public enum Suggestion {
    /// The candidate nearest to what was written, or nil if none is near enough to be meant.
    ///
    /// Near is an edit distance (insert, delete, replace, swap of neighbours) of at most a third of the length of what
    /// was written, and at least one. Of equally near ones the first wins.
    public static func closest(to written: String, among candidates: some Sequence<String>) -> String? {
        let source = Array(written.lowercased())
        var limit = max(1, source.count / 3)
        var best: String?
        for candidate in candidates {
            let target = Array(candidate.lowercased())
            guard abs(target.count - source.count) <= limit else { continue }
            let distance = editDistance(source, target)
            if distance < limit || (best == nil && distance == limit) {
                limit = distance
                best = candidate
            }
        }
        return best
    }

    /// `; did you mean X?`, or nothing.
    public static func clause(for written: String, among candidates: some Sequence<String>) -> String {
        closest(to: written, among: candidates).map { "; did you mean \($0)?" } ?? ""
    }

    /// The optimal string alignment distance.
    static func editDistance(_ source: [Character], _ target: [Character]) -> Int {
        guard !source.isEmpty, !target.isEmpty else { return max(source.count, target.count) }
        var beforePrevious: [Int] = []
        var previous = Array(0...target.count)
        for i in 1...source.count {
            var current = [i]
            for j in 1...target.count {
                let replaced = previous[j - 1] + (source[i - 1] == target[j - 1] ? 0 : 1)
                var distance = min(previous[j] + 1, current[j - 1] + 1, replaced)
                if i > 1, j > 1, source[i - 1] == target[j - 2], source[i - 2] == target[j - 1] {
                    distance = min(distance, beforePrevious[j - 2] + 1)
                }
                current.append(distance)
            }
            beforePrevious = previous
            previous = current
        }
        return previous[target.count]
    }
}
