internal import BulletinEvents
internal import GRDB

/// Writes what hangs on a bulletin's row: its paragraphs, names, directives and its entry in the search index.
final class BulletinPartsWriter {
    private let raw: SQLStatement
    private let paragraph: SQLStatement
    private let person: SQLStatement
    private let role: SQLStatement
    private let organization: SQLStatement
    private let directive: SQLStatement
    private let responsible: SQLStatement
    private let document: SQLStatement
    private let quotedTerm: SQLStatement
    private let attendee: SQLStatement
    private let place: SQLStatement
    private let sketch: SQLStatement
    private let index: SQLStatement
    // Made when it is needed and let go of after each transaction: its tables would lie idle for each partition.
    private var keptPreparation: BulletinPreparation?

    // Texts of the statements above, from one bulletin to the next; each binds all its values anew.
    private let room = BindingRoom()
    private var json: [UInt8] = []

    init(_ database: Database) throws {
        let room = room
        func insert(_ table: String, _ count: Int) throws -> SQLStatement {
            let values = Array(repeating: "?", count: count).joined(separator: ",")
            return try SQLStatement(database, "INSERT INTO \(table) VALUES (\(values))", room: room)
        }
        raw = try insert("raw_texts", 2)
        paragraph = try insert("paragraphs (bulletin_key, paragraph, text)", 3)
        person = try insert("people (bulletin_key, person, name, folded, mentions)", 5)
        role = try insert("person_roles", 4)
        organization = try insert(
            """
            organizations (bulletin_key, organization, name, folded, canonical_name, canonical_folded, collective,
                           mentions)
            """,
            8
        )
        directive = try insert(
            """
            directive_rows (bulletin_key, directive, sequence, speaker, folded, speaker_text, clause, deadline, heading,
                            span_paragraph, span_start, span_end)
            """,
            12
        )
        responsible = try insert(
            "directive_responsibles (bulletin_key, directive, position, name, folded, organization)",
            6
        )
        document = try insert("documents (bulletin_key, document, title, folded, mentions)", 5)
        quotedTerm = try insert("quoted_terms", 3)
        attendee = try insert("attendees", 3)
        place = try insert("places", 3)
        sketch = try insert("text_sketches", 2)
        index = try insert("bulletin_search (rowid, title, body)", 3)
    }

    /// Inserts everything of `bulletin` but its own row, which must be there.
    /// - Parameter prepared: what `BulletinPreparation` made of it; nil to make it here.
    func insert(_ bulletin: Bulletin, _ prepared: PreparedBulletin?, key: Int64) throws {
        let prepared = try prepared ?? preparation().prepare(bulletin)
        room.forgetAll()
        if let text = bulletin.raw {
            try raw.bind(1, key)
            try raw.bind(2, packed: prepared.packedRaw, text)
            try raw.run()
        }
        try insertTexts(bulletin.paragraphs, paragraph, key)
        try insertPeople(bulletin.people, key)
        let names = try insertOrganizations(bulletin.organizations, key)
        try insertDirectives(bulletin.directives, names, prepared, key)
        try insertDocuments(bulletin.documents, key)
        try insertTexts(bulletin.quotedTerms, quotedTerm, key)
        try insertTexts(bulletin.attendees, attendee, key)
        try insertTexts(bulletin.places, place, key)
        // The same tokens as ``SearchIndexSQL/tokens`` gives, without reading the rows back.
        try index.bind(1, key)
        try index.bind(2, utf8: prepared.titleTokens)
        try index.bind(3, utf8: prepared.bodyTokens)
        try index.run()
        if let bytes = prepared.sketch {
            try sketch.bind(1, key)
            try sketch.bind(2, blob: bytes)
            try sketch.run()
        }
    }

    /// What compresses texts and makes tokens.
    func preparation() throws -> BulletinPreparation {
        if let keptPreparation { return keptPreparation }
        let preparation = try BulletinPreparation()
        keptPreparation = preparation
        return preparation
    }

    /// Lets go of memory that only a transaction needs.
    func endTransaction() { keptPreparation = nil }

    private func insertTexts(_ texts: [String], _ row: SQLStatement, _ key: Int64) throws {
        for (position, text) in texts.enumerated() {
            try row.bind(1, key)
            try row.bind(2, position)
            try row.bind(3, text)
            try row.run()
        }
    }

    private func insertPeople(_ people: [Person], _ key: Int64) throws {
        for (position, item) in people.enumerated() {
            try person.bind(1, key)
            try person.bind(2, position)
            try person.bind(3, item.name)
            try person.bind(4, FoldedText.keyIfDifferent(item.name))
            try person.bind(5, utf8: json(item.mentions))
            try person.run()
            for (rolePosition, text) in item.roles.enumerated() {
                try role.bind(1, key)
                try role.bind(2, position)
                try role.bind(3, rolePosition)
                try role.bind(4, text)
                try role.run()
            }
        }
    }

    private func insertOrganizations(_ organizations: [Organization], _ key: Int64) throws -> NamePositions {
        var names: [String] = []
        var fullNames: [String?] = []
        names.reserveCapacity(organizations.count)
        fullNames.reserveCapacity(organizations.count)
        for (position, item) in organizations.enumerated() {
            let folded = FoldedText.keyIfDifferent(item.name)
            let fullFolded = item.canonicalName.flatMap(FoldedText.keyIfDifferent)
            names.append(folded ?? item.name)
            fullNames.append(fullFolded ?? item.canonicalName)
            try organization.bind(1, key)
            try organization.bind(2, position)
            try organization.bind(3, item.name)
            try organization.bind(4, folded)
            try organization.bind(5, item.canonicalName)
            try organization.bind(6, fullFolded)
            try organization.bind(7, item.collective)
            try organization.bind(8, utf8: json(item.mentions))
            try organization.run()
        }
        return NamePositions(names: names, fullNames: fullNames)
    }

    private func insertDirectives(
        _ directives: [Directive],
        _ organizations: NamePositions,
        _ prepared: PreparedBulletin,
        _ key: Int64
    ) throws {
        for (position, item) in directives.enumerated() {
            try directive.bind(1, key)
            try directive.bind(2, position)
            try directive.bind(3, item.sequence)
            try directive.bind(4, item.speaker)
            try directive.bind(5, item.speaker.flatMap(FoldedText.keyIfDifferent))
            try directive.bind(6, item.speakerText)
            try directive.bind(7, prepared.clausesStand[position] ? nil : item.text)
            try directive.bind(8, item.deadline)
            try directive.bind(9, item.heading)
            try directive.bind(10, item.span?.paragraph)
            try directive.bind(11, item.span?.start)
            try directive.bind(12, item.span?.end)
            try directive.run()
            for (partyPosition, name) in item.responsible.enumerated() {
                let folded = FoldedText.keyIfDifferent(name)
                try responsible.bind(1, key)
                try responsible.bind(2, position)
                try responsible.bind(3, partyPosition)
                try responsible.bind(4, name)
                try responsible.bind(5, folded)
                try responsible.bind(6, organizations[folded ?? name])
                try responsible.run()
            }
        }
    }

    /// Where names stand, in UTF-8.
    private func json(_ spans: [Span]) -> [UInt8] {
        SpanJSON.write(spans, over: &json)
        return json
    }

    private func insertDocuments(_ documents: [CitedDocument], _ key: Int64) throws {
        for (position, item) in documents.enumerated() {
            try document.bind(1, key)
            try document.bind(2, position)
            try document.bind(3, item.title)
            try document.bind(4, FoldedText.keyIfDifferent(item.title))
            try document.bind(5, utf8: json(item.mentions))
            try document.run()
        }
    }
}
