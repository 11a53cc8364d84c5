import TestSupport
import Testing

/// What the parser reaches today, field by field: nothing may fall below. Raise a floor when the parser does better.
struct ScoreFloors {
    /// Shares of right answers, or F1, in hundredths.
    let hundredths: [ScoredField: Int]

    init(_ hundredths: [ScoredField: Int]) {
        self.hundredths = hundredths
    }

    /// The same floors but for some fields.
    func lowered(_ others: [ScoredField: Int]) -> ScoreFloors {
        ScoreFloors(hundredths.merging(others) { $1 })
    }

    /// Prints the table of scores, and fails for every field that is below its floor, with its first mistakes.
    func expect(_ table: ScoreTable, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) {
        print("\(name)\n\(table)")
        for field in ScoredField.allCases {
            let floor = Double(hundredths[field] ?? 0) / 100
            let mistakes = table.mistakes.filter { $0.contains(" \(field.rawValue): ") }
            #expect(
                table.figure(field) >= floor,
                "\(name), \(field.rawValue): \(mistakes.prefix(8).joined(separator: "\n"))",
                sourceLocation: sourceLocation
            )
        }
    }
}
