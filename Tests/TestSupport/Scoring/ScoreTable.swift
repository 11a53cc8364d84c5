/// Right, wrong and missing answers of one field.
public struct Tally: Hashable, Sendable {
    var hits = 0
    var wrong = 0
    var missing = 0

    mutating func add(_ other: Tally) {
        hits += other.hits
        wrong += other.wrong
        missing += other.missing
    }

    /// The share of the answers that are right; 1 where there are none.
    public var precision: Double { hits + wrong == 0 ? 1 : Double(hits) / Double(hits + wrong) }
    /// The share of the gold that was found; 1 where there is none.
    public var recall: Double { hits + missing == 0 ? 1 : Double(hits) / Double(hits + missing) }
    /// The harmonic mean of both.
    public var f1: Double { precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall) }
    /// The gold entries.
    public var count: Int { hits + missing }
}

/// The fields that are scored, in the order of the table.
public enum ScoredField: String, CaseIterable, Sendable {
    case title, source, publishedOn, documentNumber, kind, eventDate, body
    case people
    case roles = "people+roles"
    case organizations, collective, documents, quotedTerms, attendees, places, directives, speaker, responsible

    /// Whether there is one answer a bulletin: then the share of right ones counts, else F1.
    var isSingle: Bool {
        switch self {
        case .title, .source, .publishedOn, .documentNumber, .kind, .eventDate, .body, .speaker: true
        case .people, .roles, .organizations, .collective, .documents, .quotedTerms, .attendees, .places, .directives,
            .responsible:
            false
        }
    }
}

/// The scores of a parser on some bulletins, field by field.
public struct ScoreTable: CustomStringConvertible, Sendable {
    private(set) var tallies: [ScoredField: Tally] = [:]
    /// What is wrong, a line each: bulletin, field, what.
    public internal(set) var mistakes: [String] = []

    /// An empty table.
    public init() {}

    mutating func add(_ field: ScoredField, _ tally: Tally) {
        tallies[field, default: Tally()].add(tally)
    }

    /// The tally of a field.
    public subscript(field: ScoredField) -> Tally { tallies[field] ?? Tally() }

    /// The figure that targets speak of: the share of right answers, or F1.
    public func figure(_ field: ScoredField) -> Double {
        field.isSingle ? self[field].recall : self[field].f1
    }

    /// The table as the scorer beside the repository prints it.
    public var description: String {
        func cell(_ text: String, _ width: Int) -> String {
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        func share(_ value: Double) -> String {
            let thousandths = Int((value * 1_000).rounded())
            let digits = String(thousandths % 1_000)
            return "\(thousandths / 1_000)." + String(repeating: "0", count: 3 - digits.count) + digits
        }
        var lines = ["field" + cell("n", 18) + cell("P", 8) + cell("R", 8) + cell("F1", 8)]
        for field in ScoredField.allCases {
            let tally = self[field]
            let name = field.rawValue + String(repeating: " ", count: max(0, 16 - field.rawValue.count))
            let figures =
                field.isSingle
                ? cell("", 8) + cell(share(tally.recall), 8)
                : cell(share(tally.precision), 8) + cell(share(tally.recall), 8) + cell(share(tally.f1), 8)
            lines.append(name + cell("\(tally.count)", 7) + figures)
        }
        return lines.joined(separator: "\n")
    }
}
