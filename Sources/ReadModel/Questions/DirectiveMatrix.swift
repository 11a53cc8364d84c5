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
        var rows: [String: (names: [String: Int], total: Int, counts: [String: Int])] = [:]
        var totals: [String: Int] = [:]
        try forEachDirective(filter) { directive in
            let names = Self.columns(of: directive, axis, wanted)
            for name in names { totals[name, default: 0] += 1 }
            for (index, organization) in directive.responsible.enumerated() {
                let name = directive.fullNames[index] ?? organization
                let key = FoldedText.key(name)
                rows[key, default: ([:], 0, [:])].names[name, default: 0] += 1
                rows[key]?.total += 1
                for column in names { rows[key]?.counts[column, default: 0] += 1 }
            }
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

    private static func columns(
        of directive: DirectiveRow,
        _ axis: DirectiveMatrix.Axis,
        _ measures: [Measures.Measure]
    ) -> [String] {
        switch axis {
        case .month: directive.comparableDate.map { [String($0.prefix(7))] } ?? []
        case .year: directive.comparableDate.map { [String($0.prefix(4))] } ?? []
        case .measure: Measures.names(of: directive.text, among: measures)
        case .speaker: [directive.speaker ?? directive.speakerText].compactMap { $0 }
        case .source: [directive.source].compactMap { $0 }
        }
    }
}
