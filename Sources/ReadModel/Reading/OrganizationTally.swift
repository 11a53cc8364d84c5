internal import Foundation
internal import GRDB

/// What several files say of one organisation, added up.
struct OrganizationTally: Codable {
    var names = NameTally()
    var foldedNames: Set<String> = []
    var canonicalNames: [String: Int] = [:]
    var collectives = 0

    /// Adds what another file says.
    mutating func add(_ other: OrganizationTally) {
        names.add(other.names)
        foldedNames.formUnion(other.foldedNames)
        canonicalNames.merge(other.canonicalNames, uniquingKeysWith: +)
        collectives += other.collectives
    }

    func row(_ key: String) -> OrganizationRow {
        let forms = names.rankedForms
        return OrganizationRow(
            name: forms.first ?? key,
            canonicalName: NameTally.ranked(canonicalNames).first,
            aliases: Array(forms.dropFirst()),
            collective: collectives * 2 > names.bulletins,
            bulletins: names.bulletins,
            directives: names.directives,
            firstDate: names.firstDate,
            lastDate: names.lastDate
        )
    }
}

/// The keys (folded full name, else folded name) of a file's organisations that have a name that holds a text.
struct OrganizationKeysQuestion: PartitionQuestion {
    static let name = "organization-keys"
    var wanted: String

    func answer(_ database: Database, at _: PartitionLocation) throws -> [String] {
        let query = try SQLStatement(
            database,
            """
            SELECT DISTINCT coalesce(canonical_name_folded, name_folded) FROM organizations
            WHERE instr(name_folded, ?1) > 0 OR instr(canonical_name_folded, ?1) > 0
            """
        )
        try query.bind(1, wanted)
        var keys: [String] = []
        try query.forEachRow { keys.append($0.text(0)) }
        return keys
    }
}

/// What a file says of the organisations with some keys, or of all for nil, by key.
struct OrganizationsQuestion: PartitionQuestion {
    static let name = "organizations"
    var keys: Set<String>?

    func answer(_ database: Database, at _: PartitionLocation) throws -> [String: OrganizationTally] {
        var groups: [String: OrganizationTally] = [:]
        let list = try keys.map { String(decoding: try JSONEncoder().encode($0.sorted()), as: UTF8.self) }
        let chosen =
            "(?1 IS NULL OR coalesce(o.canonical_name_folded, o.name_folded) IN (SELECT value FROM json_each(?1)))"
        let names = try SQLStatement(
            database,
            """
            SELECT coalesce(o.canonical_name_folded, o.name_folded), o.name, o.name_folded, o.canonical_name,
                   count(DISTINCT o.bulletin_key), min(\(SQLDates.event)), max(\(SQLDates.event)), sum(o.collective)
            FROM organizations AS o JOIN bulletins AS b ON b.bulletin_key = o.bulletin_key
            WHERE b.withdrawn_offset IS NULL AND \(chosen)
            GROUP BY 1, 2, 3, 4
            """
        )
        try names.bind(1, list)
        try names.forEachRow { row in
            var group = groups[row.text(0)] ?? OrganizationTally()
            let count = Int(row.int(4))
            group.names.add(form: row.text(1), bulletins: count, from: row.textIfAny(5), to: row.textIfAny(6))
            group.foldedNames.insert(row.text(2))
            if let canonical = row.textIfAny(3) { group.canonicalNames[canonical, default: 0] += count }
            group.collectives += Int(row.int(7))
            groups[row.text(0)] = group
        }
        let told = try SQLStatement(
            database,
            """
            SELECT coalesce(o.canonical_name_folded, o.name_folded), count(*)
            FROM directive_responsibles AS r
                 JOIN organizations AS o USING (bulletin_key, organization)
                 JOIN bulletins AS b ON b.bulletin_key = r.bulletin_key
            WHERE b.withdrawn_offset IS NULL AND \(chosen)
            GROUP BY 1
            """
        )
        try told.bind(1, list)
        try told.forEachRow { groups[$0.text(0)]?.names.directives += Int($0.int(1)) }
        return groups
    }
}
