internal import BulletinEvents
internal import Foundation

/// Which organisation of a bulletin a folded name means: the first that bears it, else the first whose full name it is.
///
/// Names are compared byte by byte, as SQLite does; a String's own comparison normalises first. Sorted, not hashed: a
/// bulletin has a dozen of them, and a hash takes longer than four comparisons.
struct NamePositions {
    private var names: [(name: String, rank: Int)] = []
    private let count: Int

    /// - Parameters:
    ///   - names: the folded name of each organisation.
    ///   - fullNames: its folded full name, if it has one.
    init(names: [String], fullNames: [String?]) {
        count = names.count
        self.names.reserveCapacity(2 * count)
        for (rank, name) in names.enumerated() { self.names.append((name, rank)) }
        // Behind all names: they come first.
        for (position, name) in fullNames.enumerated() {
            if let name { self.names.append((name, count + position)) }
        }
        self.names.sort { left, right in
            let order = Self.compare(left.name, right.name)
            return order < 0 || (order == 0 && left.rank < right.rank)
        }
    }

    /// The position of the organisation that a folded name means.
    subscript(name: String) -> Int? {
        var (low, high) = (0, names.count)
        while low < high {
            let middle = (low + high) / 2
            if Self.compare(names[middle].name, name) < 0 { low = middle + 1 } else { high = middle }
        }
        guard low < names.count, Self.compare(names[low].name, name) == 0 else { return nil }
        let rank = names[low].rank
        return rank < count ? rank : rank - count
    }

    /// Below 0, 0 or above, by bytes.
    private static func compare(_ left: String, _ right: String) -> Int {
        var (left, right) = (left, right)
        return left.withUTF8 { left in
            right.withUTF8 { right in
                guard let one = left.baseAddress, let other = right.baseAddress else { return left.count - right.count }
                let order = memcmp(one, other, min(left.count, right.count))
                return order == 0 ? left.count - right.count : Int(order)
            }
        }
    }
}
