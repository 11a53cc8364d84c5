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
            (isExact: key == wanted || group.foldedNames.contains(wanted ?? ""), row: group.row(key))
        }
        return rows.sorted { left, right in
            if left.isExact != right.isExact { return left.isExact }
            return Order.largestFirst(left.row.bulletins, right.row.bulletins)
                ?? Order.ascending(left.row.name, right.row.name) ?? false
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
