internal import BulletinEvents
internal import GRDB

extension ReadModelReader {
    /// Directives of bulletins that are not withdrawn: latest first, then by bulletin and position.
    ///
    /// `limit` nil gives all. Throws ``ReadModelError``.
    public func directives(
        _ filter: DirectiveFilter = DirectiveFilter(),
        limit: Int? = 50
    ) throws -> [DirectiveRow] {
        let rows = try collect { database, _ in
            let query = try SQLStatement(database, Self.directivesSQL(byOrganization: filter.organization != nil))
            let responsibles = try SQLStatement(
                database,
                """
                SELECT name FROM directive_responsibles WHERE bulletin_key = ? AND directive = ? ORDER BY position
                """
            )
            try query.bind(1, filter.organization.map(FoldedText.askedKey))
            try query.bind(2, filter.speaker.map(FoldedText.askedKey))
            try query.bind(3, filter.text.map(FoldedText.askedKey))
            try query.bind(4, filter.since?.description)
            try query.bind(5, filter.until?.description)
            try query.bind(6, sqlLimit(limit))
            var rows: [DirectiveRow] = []
            try query.forEachRow { row in
                var directive = DirectiveRow(row)
                try responsibles.bind(1, row.int(14))
                try responsibles.bind(2, row.int(15))
                try responsibles.forEachRow { directive.responsible.append($0.text(0)) }
                rows.append(directive)
            }
            return rows
        }
        return rows.sorted { left, right in
            Order.latestFirst(left.sortDate, right.sortDate) ?? Order.ascending(left.bulletinId, right.bulletinId)
                ?? (left.sequence < right.sequence)
        }.limited(to: limit)
    }

    /// The query. With an organisation, it begins at the names: those that hold the text asked for, their full names,
    /// and whatever else the same bulletin calls the bearer of such a full name.
    private static func directivesSQL(byOrganization: Bool) -> String {
        let told = """
            WITH hit AS MATERIALIZED (
                SELECT bulletin_key, name_folded, canonical_name_folded FROM organizations
                WHERE instr(name_folded, ?1) > 0 OR instr(canonical_name_folded, ?1) > 0
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
              AND (?4 IS NULL OR \(SQLDates.event) >= ?4)
              AND (?5 IS NULL OR \(SQLDates.event) <= ?5)
            ORDER BY \(SQLDates.event) DESC NULLS LAST, b.id, d.sequence, d.directive
            LIMIT ?6
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
        text = row.text(8)
        deadline = row.textIfAny(9)
        heading = row.int(10) != 0
        if let start = row.intIfAny(12), let end = row.intIfAny(13) {
            span = Span(paragraph: row.intIfAny(11).map(Int.init), start: Int(start), end: Int(end))
        }
    }

    fileprivate var sortDate: String? { SQLDates.comparable(eventDate) ?? SQLDates.comparable(publishedOn) }
}
