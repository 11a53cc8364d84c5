internal import GRDB

extension ReadModelReader {
    /// The people whose names hold `name`, folded; all for nil. The exact name first, then those in most bulletins.
    ///
    /// `limit` nil gives all. Throws ``ReadModelError``.
    public func people(_ name: String? = nil, limit: Int? = nil) throws -> [PersonRow] {
        var tallies: [String: NameTally] = [:]
        var roles: [String: [String: Int]] = [:]
        let wanted = name.map(FoldedText.askedKey)
        for answer in try ask(PeopleQuestion(wanted: wanted)) {
            for (folded, tally) in answer.tallies { tallies[folded, default: NameTally()].add(tally) }
            roles.merge(answer.roles) { $0.merging($1, uniquingKeysWith: +) }
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
        for found in try ask(SightingsQuestion(wanted: FoldedText.askedKey(name))) {
            sightings.merge(found) { $0.merging($1, uniquingKeysWith: Self.joined) }
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

    /// One bulletin in two files, as a change of the number of partitions leaves it.
    private static func joined(_ first: PersonRow.Sighting, _ second: PersonRow.Sighting) -> PersonRow.Sighting {
        var sighting = first
        sighting.roles += second.roles.filter { !first.roles.contains($0) }
        return sighting
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
        let keys = try wanted.map { Set(try ask(OrganizationKeysQuestion(wanted: $0)).joined()) }
        var groups: [String: OrganizationTally] = [:]
        for answer in try ask(OrganizationsQuestion(keys: keys)) {
            for (key, tally) in answer { groups[key, default: OrganizationTally()].add(tally) }
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
        for answer in try ask(DocumentsQuestion(wanted: title.map(FoldedText.askedKey))) {
            forms.merge(answer.forms) { $0.merging($1, uniquingKeysWith: +) }
            citations.merge(answer.citations) { $0.merging($1) { _, last in last } }
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
}
