internal import BulletinEvents
internal import GRDB

extension ReadModelReader {
    /// Directives of bulletins that are not withdrawn: latest first, then by bulletin and position.
    ///
    /// `limit` nil gives all. Throws ``ReadModelError``, with the code `unknown-bulletin` if `after` is of none.
    /// - Parameter after: a directive: those that come after it are given.
    public func directives(
        _ filter: DirectiveFilter = DirectiveFilter(),
        limit: Int? = 50,
        after: DirectivePosition? = nil
    ) throws -> [DirectiveRow] {
        let question = try DirectivesQuestion(
            filter: filter,
            fullNames: fullNames(of: filter),
            limit: limit,
            after: after,
            afterDate: after.map { try date(of: $0.bulletinId, .event) } ?? nil
        )
        return try ask(question).flatMap(\.self).sorted { left, right in
            Order.latestFirst(left.comparableDate, right.comparableDate)
                ?? Order.ascending(left.bulletinId, right.bulletinId) ?? (left.sequence < right.sequence)
        }.limited(to: limit)
    }

    /// The folded full names that the organisation asked for stands for anywhere.
    func fullNames(of filter: DirectiveFilter) throws -> [String] {
        try filter.organization.map { try fullNames(of: FoldedText.askedKey($0)).sorted() } ?? []
    }

    /// The date that a bulletin is sorted by. Throws the code `unknown-bulletin` if there is none.
    func date(of id: String, _ kind: DateQuestion.Kind) throws -> String? {
        if let date = try ask(DateQuestion(id: id, kind: kind)).joined().first { return date }
        throw ReadModelError(
            .unknownBulletin,
            "no bulletin has the id '\(id)': --after takes the whole id of the last row shown"
        )
    }
}

/// Directives of a file, in the order of a list.
struct DirectivesQuestion: PartitionQuestion {
    static let name = "directives"
    var filter: DirectiveFilter
    /// What ``ReadModelReader/fullNames(of:)`` says.
    var fullNames: [String]
    var limit: Int?
    var after: DirectivePosition?
    var afterDate: String?

    func answer(_ database: Database, at _: PartitionLocation) throws -> [DirectiveRow] {
        var rows: [DirectiveRow] = []
        try forEachRow(database) { rows.append($0) }
        return rows
    }

    func forEachRow(_ database: Database, _ body: (DirectiveRow) throws -> Void) throws {
        let organization = filter.organization.map(FoldedText.askedKey)
        let query = try SQLStatement(database, Self.directivesSQL(byOrganization: organization != nil))
        let responsibles = try SQLStatement(
            database,
            """
            SELECT r.name, o.canonical_name
            FROM directive_responsibles AS r LEFT JOIN organizations AS o
                 ON o.bulletin_key = r.bulletin_key AND o.organization = r.organization
            WHERE r.bulletin_key = ? AND r.directive = ? ORDER BY r.position
            """
        )
        try query.bind(1, organization)
        try query.bind(2, filter.speaker.map(FoldedText.askedKey))
        try query.bind(3, filter.text.map(FoldedText.askedKey))
        try query.bind(4, filter.since?.description)
        try query.bind(5, filter.until?.description)
        try query.bind(6, sqlLimit(limit))
        try query.bind(7, filter.source.map(FoldedText.askedKey))
        try query.bind(8, filter.kind?.rawValue)
        try query.bind(9, filter.withDeadline)
        try query.bind(10, OrganizationNames.json(Set(fullNames)))
        try query.bind(11, after?.bulletinId)
        try query.bind(12, after?.sequence)
        try query.bind(13, afterDate)
        try query.forEachRow { row in
            var directive = DirectiveRow(row)
            try responsibles.bind(1, row.int(14))
            try responsibles.bind(2, row.int(15))
            try responsibles.forEachRow { responsible in
                directive.responsible.append(responsible.text(0))
                directive.fullNames.append(responsible.textIfAny(1))
            }
            try body(directive)
        }
    }

    /// The query. With an organisation, it begins at the names: those that hold the text asked for, their full names,
    /// and whatever else the same bulletin calls the bearer of such a full name.
    private static func directivesSQL(byOrganization: Bool) -> String {
        let told = """
            WITH hit AS MATERIALIZED (
                SELECT bulletin_key, name_folded, canonical_name_folded FROM organizations
                WHERE instr(name_folded, ?1) > 0 OR instr(canonical_name_folded, ?1) > 0
                   OR name_folded IN (SELECT value FROM json_each(?10))
                   OR canonical_name_folded IN (SELECT value FROM json_each(?10))
            ), meant (bulletin_key, name_folded) AS MATERIALIZED (
                SELECT bulletin_key, name_folded FROM hit
                UNION
                SELECT bulletin_key, canonical_name_folded FROM hit WHERE canonical_name_folded IS NOT NULL
                UNION
                SELECT o.bulletin_key, o.name_folded
                FROM hit JOIN organizations AS o ON o.bulletin_key = hit.bulletin_key
                     AND o.canonical_name_folded IN (hit.name_folded, hit.canonical_name_folded)
            ), told (bulletin_key, directive) AS MATERIALIZED (
                SELECT bulletin_key, directive FROM directive_responsibles WHERE instr(name_folded, ?1) > 0
                UNION
                SELECT r.bulletin_key, r.directive
                FROM meant CROSS JOIN directive_responsibles AS r
                     ON r.bulletin_key = meant.bulletin_key AND r.name_folded = meant.name_folded
            )
            """
        let date = SQLDates.event
        return """
            \(byOrganization ? told : "")
            SELECT b.id, b.title, b.source, b.published_on, b.event_date, d.sequence, d.speaker, d.speaker_text,
                   d.text, d.deadline, d.heading, d.span_paragraph, d.span_start, d.span_end,
                   d.bulletin_key, d.directive
            FROM \(byOrganization ? "told CROSS JOIN directives AS d USING (bulletin_key, directive)" : "directives AS d")
                 JOIN bulletins AS b ON b.bulletin_key = d.bulletin_key
            WHERE b.withdrawn_offset IS NULL
              AND (?2 IS NULL OR instr(d.speaker_folded, ?2) > 0 OR contains_folded(d.speaker_text, ?2))
              AND (?3 IS NULL OR contains_folded(d.text, ?3))
              AND (?4 IS NULL OR \(date) >= ?4)
              AND (?5 IS NULL OR \(date) <= ?5)
              AND (?7 IS NULL OR contains_folded(b.source, ?7))
              AND (?8 IS NULL OR b.kind = ?8)
              AND (NOT ?9 OR d.deadline IS NOT NULL)
              AND (?11 IS NULL OR (\(Cursor.isAfter(date, ["b.id", "d.sequence"], "?13", ["?11", "?12"]))))
            ORDER BY \(date) DESC NULLS LAST, b.id, d.sequence, d.directive
            LIMIT ?6
            """
    }
}

/// The date that a bulletin is sorted by; none if the file does not have it.
struct DateQuestion: PartitionQuestion {
    static let name = "date"

    enum Kind: String, Codable {
        case published
        case event
    }

    var id: String
    var kind: Kind

    func answer(_ database: Database, at _: PartitionLocation) throws -> [String?] {
        let expression =
            switch kind {
            case .published: SQLDates.published
            case .event: SQLDates.event
            }
        let query = try SQLStatement(database, "SELECT \(expression) FROM bulletins AS b WHERE b.id = ?")
        try query.bind(1, id)
        var dates: [String?] = []
        try query.forEachRow { dates.append($0.textIfAny(0)) }
        return dates
    }
}

/// Which rows come after one that was shown.
enum Cursor {
    /// The condition that a row, sorted by `date` descending with unknown ones last and then by `columns` ascending, comes
    /// after the row of these values.
    static func isAfter(_ date: String, _ columns: [String], _ dateValue: String, _ values: [String]) -> String {
        let rest = "(\(columns.joined(separator: ", "))) > (\(values.joined(separator: ", ")))"
        return """
            CASE WHEN \(dateValue) IS NULL THEN (\(date)) IS NULL AND \(rest)
                 ELSE (\(date)) IS NULL OR (\(date)) < \(dateValue) OR ((\(date)) = \(dateValue) AND \(rest)) END
            """
    }
}

extension DirectiveRow {
    fileprivate init(_ row: SQLStatement) {
        bulletinId = row.text(0)
        title = row.textIfAny(1)
        source = row.textIfAny(2)
        publishedOn = row.textIfAny(3)
        eventDate = row.textIfAny(4)
        sequence = Int(row.int(5))
        speaker = row.textIfAny(6)
        speakerText = row.textIfAny(7)
        responsible = []
        fullNames = []
        text = row.text(8)
        deadline = row.textIfAny(9)
        heading = row.int(10) != 0
        if let start = row.intIfAny(12), let end = row.intIfAny(13) {
            span = Span(paragraph: row.intIfAny(11).map(Int.init), start: Int(start), end: Int(end))
        }
    }

    /// The day of the event, else of publication, where the year is known.
    var comparableDate: String? { SQLDates.comparable(eventDate) ?? SQLDates.comparable(publishedOn) }
}
