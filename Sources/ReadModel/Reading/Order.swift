/// Comparisons that give the same order as SQLite's, byte by byte, so that merged rows stand as in one file.
enum Order {
    /// Whether `left` comes before `right`; nil if they are the same.
    static func ascending(_ left: String, _ right: String) -> Bool? {
        if left.utf8.elementsEqual(right.utf8) { return nil }
        return left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    /// Later dates first, unknown ones last.
    static func latestFirst(_ left: String?, _ right: String?) -> Bool? {
        switch (left, right) {
        case (nil, nil): nil
        case (nil, _): false
        case (_, nil): true
        case (let left?, let right?): ascending(right, left)
        }
    }

    /// Larger numbers first.
    static func largestFirst<Number: Comparable>(_ left: Number, _ right: Number) -> Bool? {
        left == right ? nil : left > right
    }
}

extension Array {
    /// The first `limit` elements, or all if it is nil.
    func limited(to limit: Int?) -> [Element] {
        guard let limit else { return self }
        return Array(prefix(Swift.max(0, limit)))
    }
}

/// SQLite's LIMIT: -1 is none.
func sqlLimit(_ limit: Int?) -> Int64 {
    limit.map { Int64(max(0, $0)) } ?? -1
}
