internal import GRDB

/// How often organisations were told to act, by month, measure or something else: who carries what.
public struct DirectiveMatrix: Codable, Hashable, Sendable {
    /// What the columns are.
    public enum Axis: String, Codable, CaseIterable, Sendable {
        /// The month of the event, else of publication: `YYYY-MM`.
        case month
        /// The year.
        case year
        /// The sort of work; see ``Measures``.
        case measure
        /// Who gave the directive.
        case speaker
        /// Who published the bulletin.
        case source
    }

    /// The columns' headings.
    public var columns: [String]
    /// One row for each organisation, those with most directives first.
    public var rows: [Row]

    /// An organisation's row.
    public struct Row: Codable, Hashable, Sendable {
        /// The organisation: its full name where it is known.
        public var organization: String
        /// How many directives it is responsible for, whether in a column or not.
        public var total: Int
        /// How many of each column; those without any are absent.
        public var counts: [String: Int]
    }
}

extension ReadModelReader {
    /// Counts directives by organisation and `axis`.
    /// - Parameters:
    ///   - measures: the texts that make the columns, instead of ``Measures/all``, where the axis is `measure`.
    ///   - columns: columns at most: of months and years the latest, of others those with most directives.
    ///   - limit: rows at most; nil for all.
    ///
    /// Throws ``ReadModelError``.
    public func matrix(
        by axis: DirectiveMatrix.Axis,
        _ filter: DirectiveFilter = DirectiveFilter(),
        measures: [String] = [],
        columns: Int = 12,
        limit: Int? = 30
    ) throws -> DirectiveMatrix {
        let wanted = measures.isEmpty ? Measures.all : measures.map(Measures.measure(named:))
        var rows: [String: MatrixQuestion.Tally] = [:]
        var totals: [String: Int] = [:]
        let question = MatrixQuestion(
            directives: DirectivesQuestion(filter: filter, fullNames: try fullNames(of: filter)),
            axis: axis,
            measures: wanted
        )
        for answer in try ask(question) {
            totals.merge(answer.totals, uniquingKeysWith: +)
            for (key, tally) in answer.rows { rows[key, default: MatrixQuestion.Tally()].add(tally) }
        }
        let shown: [String]
        switch axis {
        case .month, .year: shown = Array(totals.keys.sorted().suffix(max(0, columns)))
        case .measure: shown = wanted.map(\.name).filter { totals[$0] != nil || !measures.isEmpty }
        case .speaker, .source: shown = Array(NameTally.ranked(totals).prefix(max(0, columns)))
        }
        let kept = Set(shown)
        let found = rows.map { key, row in
            DirectiveMatrix.Row(
                organization: NameTally.ranked(row.names).first ?? key,
                total: row.total,
                counts: row.counts.filter { kept.contains($0.key) }
            )
        }
        return DirectiveMatrix(
            columns: shown,
            rows: found.sorted { left, right in
                Order.largestFirst(left.total, right.total)
                    ?? Order.ascending(left.organization, right.organization) ?? false
            }.limited(to: limit)
        )
    }
}

/// How often each organisation was told to act by the directives of a file, by folded name and column.
struct MatrixQuestion: PartitionQuestion {
    static let name = "matrix"
    var directives: DirectivesQuestion
    var axis: DirectiveMatrix.Axis
    var measures: [Measures.Measure]

    struct Tally: Codable {
        /// How often each form of the name occurs.
        var names: [String: Int] = [:]
        var total = 0
        var counts: [String: Int] = [:]

        mutating func add(_ other: Tally) {
            names.merge(other.names, uniquingKeysWith: +)
            total += other.total
            counts.merge(other.counts, uniquingKeysWith: +)
        }
    }

    struct Answer: Codable {
        var rows: [String: Tally] = [:]
        /// How many directives are in each column.
        var totals: [String: Int] = [:]
    }

    func answer(_ database: Database, at _: PartitionLocation) throws -> Answer {
        var answer = Answer()
        try directives.forEachRow(database) { directive in
            let columns = columns(of: directive)
            for column in columns { answer.totals[column, default: 0] += 1 }
            for (index, organization) in directive.responsible.enumerated() {
                let name = directive.fullNames[index] ?? organization
                var tally = Tally(names: [name: 1], total: 1)
                for column in columns { tally.counts[column, default: 0] += 1 }
                answer.rows[FoldedText.key(name), default: Tally()].add(tally)
            }
        }
        return answer
    }

    private func columns(of directive: DirectiveRow) -> [String] {
        switch axis {
        case .month: directive.comparableDate.map { [String($0.prefix(7))] } ?? []
        case .year: directive.comparableDate.map { [String($0.prefix(4))] } ?? []
        case .measure: Measures.names(of: directive.text, without: directive.responsible, among: measures)
        case .speaker: [directive.speaker ?? directive.speakerText].compactMap { $0 }
        case .source: [directive.source].compactMap { $0 }
        }
    }
}
