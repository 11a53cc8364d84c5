/// What changed between two texts of several paragraphs.
enum TextDiff {
    /// The changes that turn `old` into `new`, in the order of the text; what stays the same is left out.
    static func changes(from old: [String], to new: [String]) -> [RevisionChange] {
        var changes: [RevisionChange] = []
        var removed: [String] = []
        var added: [String] = []
        func flush() {
            // The first removed one became the first added one, and so on; what is left over came or went.
            for index in 0..<max(removed.count, added.count) {
                let before = index < removed.count ? removed[index] : nil
                let after = index < added.count ? added[index] : nil
                changes.append(change("text", before, after))
            }
            removed = []
            added = []
        }
        for step in steps(old, new) {
            switch step {
            case .keep: flush()
            case .remove(let text): removed.append(text)
            case .add(let text): added.append(text)
            }
        }
        flush()
        return changes
    }

    /// A change of one value, with the places in it that differ.
    static func change(_ field: String, _ before: String?, _ after: String?) -> RevisionChange {
        let old = Array((before ?? "").unicodeScalars)
        let new = Array((after ?? "").unicodeScalars)
        var removed: [SearchHit.MarkedRange] = []
        var added: [SearchHit.MarkedRange] = []
        if before != nil, after != nil { (removed, added) = differences(old, new) }
        return RevisionChange(field: field, before: before, after: after, removed: removed, added: added)
    }

    private enum Step {
        case keep
        case remove(String)
        case add(String)
    }

    private static func steps(_ old: [String], _ new: [String]) -> [Step] {
        // Bytes, not characters: Swift's == takes canonically equivalent texts for the same.
        let difference = new.map { Array($0.utf8) }.difference(from: old.map { Array($0.utf8) })
        var removals: Set<Int> = []
        var insertions: Set<Int> = []
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removals.insert(offset)
            case .insert(let offset, _, _): insertions.insert(offset)
            }
        }
        var steps: [Step] = []
        var (left, right) = (0, 0)
        while left < old.count || right < new.count {
            if removals.contains(left), left < old.count {
                steps.append(.remove(old[left]))
                left += 1
            } else if insertions.contains(right), right < new.count {
                steps.append(.add(new[right]))
                right += 1
            } else {
                steps.append(.keep)
                left += 1
                right += 1
            }
        }
        return steps
    }

    /// Texts longer than this are compared by their ends alone: the time that a full comparison takes grows with the
    /// product of length and difference.
    private static let longest = 4_000

    private static func differences(
        _ old: [Unicode.Scalar],
        _ new: [Unicode.Scalar]
    ) -> (removed: [SearchHit.MarkedRange], added: [SearchHit.MarkedRange]) {
        var start = 0
        while start < min(old.count, new.count), old[start] == new[start] { start += 1 }
        var end = 0
        while end < min(old.count, new.count) - start, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }
        let left = old[start..<(old.count - end)]
        let right = new[start..<(new.count - end)]
        guard left.count <= longest, right.count <= longest else {
            return (ranges(Array(start..<(old.count - end))), ranges(Array(start..<(new.count - end))))
        }
        var removed: [Int] = []
        var added: [Int] = []
        for change in Array(right).difference(from: Array(left)) {
            switch change {
            case .remove(let offset, _, _): removed.append(start + offset)
            case .insert(let offset, _, _): added.append(start + offset)
            }
        }
        return (ranges(removed.sorted()), ranges(added.sorted()))
    }

    private static func ranges(_ positions: [Int]) -> [SearchHit.MarkedRange] {
        var ranges: [SearchHit.MarkedRange] = []
        for position in positions {
            if let last = ranges.last, last.end == position {
                ranges[ranges.count - 1].end = position + 1
            } else {
                ranges.append(SearchHit.MarkedRange(start: position, end: position + 1))
            }
        }
        return ranges
    }
}
