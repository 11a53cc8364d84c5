public import BulletinEvents
public import ReadModel

/// What a report tells of an organisation, or of whatever directives are chosen: gathered here, drawn by ``ReportPage``.
public struct Report: Sendable {
    /// The heading.
    public var title: String
    /// What was asked, in words: `organisation 市水利局, since 2023-01-01`.
    public var question: String
    /// When the answer was given, RFC 3339.
    public var time: String
    /// Up to which offset of each partition it holds.
    public var partitions: [String]
    /// The names that the organisation bears, if one was asked for.
    public var organizations: [OrganizationRow]
    /// The directives, the earliest first.
    public var directives: [DirectiveRow]
    /// How many directives there are; more than ``directives`` where there are too many for a page.
    public var count: Int
    /// The bulletins that hold them, by id.
    public var bulletins: [String: Bulletin]

    /// Directives on a page at most.
    public static let mostDirectives = 2_000

    /// Asks a read model. Throws `ReadModelError`.
    public init(
        _ reader: ReadModelReader,
        _ filter: DirectiveFilter,
        title: String?,
        question: String,
        time: String
    ) throws {
        let all = try reader.directives(filter, limit: nil)
        count = all.count
        directives = all.prefix(Self.mostDirectives).reversed()
        organizations = try filter.organization.map { try reader.organizations($0, limit: 20) } ?? []
        bulletins = [:]
        for id in Set(directives.map(\.bulletinId)) { bulletins[id] = try reader.show(id).bulletin }
        self.question = question
        self.time = time
        self.title = title ?? filter.organization.map { "What was asked of \($0)" } ?? "Directives"
        partitions = reader.asOf.map { "\($0.topic)[\($0.partition)] offset \($0.nextOffset)" }
    }

    // MARK: - Figures

    /// Directives of each month, months without any in between included; undated ones are left out.
    var byMonth: [BarChartSVG.Bar] {
        var counts: [Int: Int] = [:]
        for directive in directives {
            guard let date = Self.date(of: directive), let year = date.year else { continue }
            counts[year * 12 + date.month - 1, default: 0] += 1
        }
        guard let first = counts.keys.min(), let last = counts.keys.max() else { return [] }
        // Beyond ten years a column a year.
        if last - first > 120 {
            let years = Dictionary(grouping: counts, by: { $0.key / 12 }).mapValues { $0.reduce(0) { $0 + $1.value } }
            return (first / 12...last / 12).map { BarChartSVG.Bar(name: String($0), value: years[$0] ?? 0) }
        }
        return (first...last).map { month in
            let number = month % 12 + 1
            return BarChartSVG.Bar(name: "\(month / 12)-\(number < 10 ? "0" : "")\(number)", value: counts[month] ?? 0)
        }
    }

    /// The speakers of most directives.
    var bySpeaker: [BarChartSVG.Bar] {
        ranked(directives.map { $0.speaker ?? $0.speakerText ?? "not stated" }, most: 12)
    }

    /// The sorts of work.
    var byMeasure: [BarChartSVG.Bar] {
        ranked(directives.flatMap { Measures.names(of: $0.text) }, most: 12)
    }

    /// Those who are responsible for most.
    var byOrganization: [BarChartSVG.Bar] {
        ranked(directives.flatMap { zip($0.responsible, $0.fullNames).map { $1 ?? $0 } }, most: 20)
    }

    private func ranked(_ names: [String], most: Int) -> [BarChartSVG.Bar] {
        var counts: [String: Int] = [:]
        for name in names { counts[name, default: 0] += 1 }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(most).map {
            BarChartSVG.Bar(name: $0.key, value: $0.value)
        }
    }

    static func date(of directive: DirectiveRow) -> BulletinDate? {
        [directive.eventDate, directive.publishedOn].compactMap { $0.flatMap(BulletinDate.init) }.first {
            $0.year != nil
        }
    }
}
