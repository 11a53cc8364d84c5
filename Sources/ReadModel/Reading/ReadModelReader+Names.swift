internal import GRDB

extension ReadModelReader {
    /// The people whose names hold `name`, folded; all for nil. The exact name first, then those in most bulletins.
    ///
    /// `limit` nil gives all. Throws ``ReadModelError``.
    public func people(_ name: String? = nil, limit: Int? = nil) throws -> [PersonRow] {
        var tallies: [String: NameTally] = [:]
        var roles: [String: [String: Int]] = [:]
        let wanted = name.map(FoldedText.askedKey)
        try forEachReader { database in
            let names = try SQLStatement(
                database,
                """
                SELECT p.name_folded, p.name, count(DISTINCT p.bulletin_key), min(\(SQLDates.event)),
                       max(\(SQLDates.event))
                FROM people AS p JOIN bulletins AS b ON b.bulletin_key = p.bulletin_key
                WHERE b.withdrawn_offset IS NULL AND (?1 IS NULL OR instr(p.name_folded, ?1) > 0)
                GROUP BY p.name_folded, p.name
                """
            )
            try names.bind(1, wanted)
            try names.forEachRow { row in
                tallies[row.text(0), default: NameTally()].add(
                    form: row.text(1),
                    bulletins: Int(row.int(2)),
                    from: row.textIfAny(3),
                    to: row.textIfAny(4)
                )
            }
            let titles = try SQLStatement(
                database,
                """
                SELECT p.name_folded, r.role, count(*)
                FROM people AS p JOIN person_roles AS r USING (bulletin_key, person)
                     JOIN bulletins AS b ON b.bulletin_key = p.bulletin_key
                WHERE b.withdrawn_offset IS NULL AND (?1 IS NULL OR instr(p.name_folded, ?1) > 0)
                GROUP BY p.name_folded, r.role
                """
            )
            try titles.bind(1, wanted)
            try titles.forEachRow { roles[$0.text(0), default: [:]][$0.text(1), default: 0] += Int($0.int(2)) }
            let spoken = try SQLStatement(
                database,
                """
                SELECT d.speaker_folded, count(*)
                FROM directives AS d JOIN bulletins AS b ON b.bulletin_key = d.bulletin_key
                WHERE b.withdrawn_offset IS NULL AND d.speaker_folded IS NOT NULL
                  AND (?1 IS NULL OR instr(d.speaker_folded, ?1) > 0)
                GROUP BY d.speaker_folded
                """
            )
            try spoken.bind(1, wanted)
            try spoken.forEachRow { tallies[$0.text(0)]?.directives += Int($0.int(1)) }
        }
        let rows = tallies.map { folded, tally in
            (
                isExact: folded == wanted,
                row: PersonRow(
                    name: tally.rankedForms.first ?? folded,
                    roles: NameTally.ranked(roles[folded] ?? [:]),
                    bulletins: tally.bulletins,
                    directives: tally.directives,
                    firstDate: tally.firstDate,
                    lastDate: tally.lastDate
                )
            )
        }
        return rows.sorted { left, right in
            if left.isExact != right.isExact { return left.isExact }
            return Order.largestFirst(left.row.bulletins, right.row.bulletins)
                ?? Order.ascending(left.row.name, right.row.name) ?? false
        }.map(\.row).limited(to: limit)
    }

    /// The people whose names hold `name`, each with the roles over time and the bulletins that name the person.
    ///
    /// `limit` nil gives all; of bulletins, `seen` are given at most. Throws ``ReadModelError``.
    public func peopleInDetail(_ name: String, limit: Int? = nil, seen: Int? = nil) throws -> [PersonRow] {
        var rows = try people(name, limit: limit)
        var sightings: [String: [String: PersonRow.Sighting]] = [:]
        try forEachReader { database in
            let query = try SQLStatement(
                database,
                """
                SELECT p.name_folded, b.id, b.title, \(SQLDates.event), r.role
                FROM people AS p JOIN bulletins AS b ON b.bulletin_key = p.bulletin_key
                     LEFT JOIN person_roles AS r ON r.bulletin_key = p.bulletin_key AND r.person = p.person
                WHERE b.withdrawn_offset IS NULL AND instr(p.name_folded, ?1) > 0
                ORDER BY p.bulletin_key, p.person, r.position
                """
            )
            try query.bind(1, FoldedText.askedKey(name))
            try query.forEachRow { row in
                let id = row.text(1)
                var sighting =
                    sightings[row.text(0)]?[id]
                    ?? PersonRow.Sighting(id: id, title: row.textIfAny(2), date: row.textIfAny(3), roles: [])
                if let role = row.textIfAny(4), !sighting.roles.contains(role) { sighting.roles.append(role) }
                sightings[row.text(0), default: [:]][id] = sighting
            }
        }
        for index in rows.indices {
            let found = (sightings[FoldedText.key(rows[index].name)] ?? [:]).values.sorted { left, right in
                Order.latestFirst(left.date, right.date) ?? Order.ascending(left.id, right.id) ?? false
            }
            rows[index].history = Self.periods(found)
            rows[index].seen = found.limited(to: seen)
        }
        return rows
    }

    private static func periods(_ sightings: [PersonRow.Sighting]) -> [PersonRow.RolePeriod] {
        var periods: [String: PersonRow.RolePeriod] = [:]
        for sighting in sightings {
            for role in sighting.roles {
                // The same role in the other script is the same role; the latest form is shown.
                let key = FoldedText.key(role)
                var period = periods[key] ?? PersonRow.RolePeriod(role: role, bulletins: 0)
                period.bulletins += 1
                if let date = sighting.date {
                    period.firstDate = min(period.firstDate ?? date, date)
                    period.lastDate = max(period.lastDate ?? date, date)
                }
                periods[key] = period
            }
        }
        return periods.values.sorted { left, right in
            if left.firstDate != right.firstDate {
                return (left.firstDate ?? "~") < (right.firstDate ?? "~")
            }
            return Order.ascending(left.role, right.role) ?? false
        }
    }

    /// The organisations that have a name that holds `name`, each with what it was asked to do.
    ///
    /// `limit` nil gives all; of directives, `asked` are given at most. Throws ``ReadModelError``.
    public func organizationsInDetail(
        _ name: String,
        limit: Int? = nil,
        asked: Int? = nil
    ) throws -> [OrganizationRow] {
        var rows = try organizations(name, limit: limit)
        var told: [String: [OrganizationRow.Asked]] = [:]
        for directive in try directives(DirectiveFilter(organization: name), limit: nil) {
            let item = OrganizationRow.Asked(
                bulletinId: directive.bulletinId,
                sequence: directive.sequence,
                date: directive.comparableDate,
                speaker: directive.speaker ?? directive.speakerText,
                text: directive.text,
                deadline: directive.deadline
            )
            let keys = zip(directive.responsible, directive.fullNames).map { FoldedText.key($1 ?? $0) }
            for key in Set(keys) { told[key, default: []].append(item) }
        }
        for index in rows.indices {
            let key = FoldedText.key(rows[index].canonicalName ?? rows[index].name)
            rows[index].asked = (told[key] ?? []).limited(to: asked)
        }
        return rows
    }

    /// The organisations that have a name that holds `name`, folded, with all the names that bulletins give them; all
    /// for nil. Names are one organisation's if they have the same full name. The exact name first, then those in most
    /// bulletins.
    ///
    /// `limit` nil gives all. Throws ``ReadModelError``.
    public func organizations(_ name: String? = nil, limit: Int? = nil) throws -> [OrganizationRow] {
        let wanted = name.map(FoldedText.askedKey)
        let keys = try wanted.map { try organizationKeys(holding: $0) }
        var groups: [String: OrganizationTally] = [:]
        try forEachReader { database in
            try addOrganizations(database, keys, &groups)
        }
        let rows = groups.map { key, group in
            (isExact: key == wanted || group.foldedNames.contains(wanted ?? ""), key: key, row: group.row(key))
        }
        return rows.sorted { left, right in
            if left.isExact != right.isExact { return left.isExact }
            return Order.largestFirst(left.row.bulletins, right.row.bulletins)
                ?? Order.ascending(left.row.name, right.row.name)
                // Every county has its 县委宣传部: what one key stands for is one row.
                ?? Order.ascending(left.key, right.key) ?? false
        }.map(\.row).limited(to: limit)
    }

    /// The cited documents whose titles hold `title`, folded; all for nil. The most cited first.
    ///
    /// `limit` nil gives all. Throws ``ReadModelError``.
    public func documents(_ title: String? = nil, limit: Int? = nil) throws -> [DocumentRow] {
        var forms: [String: [String: Int]] = [:]
        var citations: [String: [String: DocumentRow.Citation]] = [:]
        try forEachReader { database in
            let query = try SQLStatement(
                database,
                """
                SELECT d.title_folded, d.title, b.id, b.title, b.published_on
                FROM documents AS d JOIN bulletins AS b ON b.bulletin_key = d.bulletin_key
                WHERE b.withdrawn_offset IS NULL AND (?1 IS NULL OR instr(d.title_folded, ?1) > 0)
                """
            )
            try query.bind(1, title.map(FoldedText.askedKey))
            try query.forEachRow { row in
                let key = row.text(0)
                forms[key, default: [:]][row.text(1), default: 0] += 1
                let citation = DocumentRow.Citation(
                    id: row.text(2),
                    title: row.textIfAny(3),
                    publishedOn: row.textIfAny(4)
                )
                citations[key, default: [:]][citation.id] = citation
            }
        }
        let rows = citations.map { key, citing in
            DocumentRow(
                title: NameTally.ranked(forms[key] ?? [:]).first ?? key,
                citations: citing.count,
                bulletins: citing.values.sorted { left, right in
                    Order.latestFirst(
                        SQLDates.comparable(left.publishedOn),
                        SQLDates.comparable(right.publishedOn)
                    )
                        ?? Order.ascending(left.id, right.id) ?? false
                }
            )
        }
        return rows.sorted { left, right in
            Order.largestFirst(left.citations, right.citations) ?? Order.ascending(left.title, right.title) ?? false
        }.limited(to: limit)
    }

    /// Calls `body` with each file in turn.
    func forEachReader(_ body: (Database) throws -> Void) throws {
        for reader in readers { try reader.read(body) }
    }
}
