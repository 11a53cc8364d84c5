/// What several files say of one name, added up.
struct NameTally: Codable {
    /// How many bulletins use each written form.
    var forms: [String: Int] = [:]
    var firstDate: String?
    var lastDate: String?
    var bulletins = 0
    var directives = 0

    mutating func add(form: String, bulletins count: Int, from first: String?, to last: String?) {
        forms[form, default: 0] += count
        bulletins += count
        if let first { firstDate = min(firstDate ?? first, first) }
        if let last { lastDate = max(lastDate ?? last, last) }
    }

    /// Adds what another file says.
    mutating func add(_ other: NameTally) {
        forms.merge(other.forms, uniquingKeysWith: +)
        bulletins += other.bulletins
        directives += other.directives
        if let first = other.firstDate { firstDate = min(firstDate ?? first, first) }
        if let last = other.lastDate { lastDate = max(lastDate ?? last, last) }
    }

    /// The written forms, the most frequent first, then in byte order.
    var rankedForms: [String] { NameTally.ranked(forms) }

    static func ranked(_ counts: [String: Int]) -> [String] {
        counts.sorted { left, right in
            Order.largestFirst(left.value, right.value) ?? Order.ascending(left.key, right.key) ?? false
        }.map(\.key)
    }
}
