internal import GRDB

/// What a file says of the people whose folded names hold a text, or of all for nil.
struct PeopleQuestion: PartitionQuestion {
    static let name = "people"
    var wanted: String?

    struct Answer: Codable {
        /// By folded name.
        var tallies: [String: NameTally] = [:]
        /// How many times each title stands beside a folded name.
        var roles: [String: [String: Int]] = [:]
    }

    func answer(_ database: Database, at _: PartitionLocation) throws -> Answer {
        var tallies: [String: NameTally] = [:]
        var roles: [String: [String: Int]] = [:]
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
        return Answer(tallies: tallies, roles: roles)
    }
}

/// The bulletins of a file that name the people whose folded names hold a text: by folded name and id.
struct SightingsQuestion: PartitionQuestion {
    static let name = "sightings"
    var wanted: String

    func answer(_ database: Database, at _: PartitionLocation) throws -> [String: [String: PersonRow.Sighting]] {
        var sightings: [String: [String: PersonRow.Sighting]] = [:]
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
        try query.bind(1, wanted)
        try query.forEachRow { row in
            let id = row.text(1)
            var sighting =
                sightings[row.text(0)]?[id]
                ?? PersonRow.Sighting(id: id, title: row.textIfAny(2), date: row.textIfAny(3), roles: [])
            if let role = row.textIfAny(4), !sighting.roles.contains(role) { sighting.roles.append(role) }
            sightings[row.text(0), default: [:]][id] = sighting
        }
        return sightings
    }
}

/// What a file says of the cited documents whose folded titles hold a text, or of all for nil.
struct DocumentsQuestion: PartitionQuestion {
    static let name = "documents"
    var wanted: String?

    struct Answer: Codable {
        /// How many times each form of a folded title occurs.
        var forms: [String: [String: Int]] = [:]
        /// The bulletins that cite a folded title, by id.
        var citations: [String: [String: DocumentRow.Citation]] = [:]
    }

    func answer(_ database: Database, at _: PartitionLocation) throws -> Answer {
        var forms: [String: [String: Int]] = [:]
        var citations: [String: [String: DocumentRow.Citation]] = [:]
        let query = try SQLStatement(
            database,
            """
            SELECT d.title_folded, d.title, b.id, b.title, b.published_on
            FROM documents AS d JOIN bulletins AS b ON b.bulletin_key = d.bulletin_key
            WHERE b.withdrawn_offset IS NULL AND (?1 IS NULL OR instr(d.title_folded, ?1) > 0)
            """
        )
        try query.bind(1, wanted)
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
        return Answer(forms: forms, citations: citations)
    }
}
