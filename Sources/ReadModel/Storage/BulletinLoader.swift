internal import BulletinEvents
internal import Foundation
internal import GRDB

/// A bulletin as a partition file holds it.
struct StoredBulletin {
    var bulletin: Bulletin
    var key: Int64
    var revision: Int
    var position: StoredPosition
    var withdrawn: WithdrawnState?
}

/// The log positions and the event that a revision comes from.
struct StoredPosition {
    var generation: Int64
    var offset: Int64
    var updatedGeneration: Int64
    var updatedOffset: Int64
    var eventID: String
    var eventSource: String
    var eventTime: String?
}

/// An earlier revision.
struct StoredRevision {
    var revision: Int
    var position: StoredPosition
    var bulletin: Bulletin
}

/// Puts bulletins together again from their rows.
final class BulletinLoader {
    private let main: SQLStatement
    private let raw: SQLStatement
    private let paragraphs: SQLStatement
    private let people: SQLStatement
    private let roles: SQLStatement
    private let organizations: SQLStatement
    private let directives: SQLStatement
    private let responsibles: SQLStatement
    private let documents: SQLStatement
    private let quotedTerms: SQLStatement
    private let attendees: SQLStatement
    private let places: SQLStatement
    private let revisions: SQLStatement
    private let decoder = JSONDecoder()

    init(_ database: Database) throws {
        func children(_ columns: String, _ table: String, _ order: String) throws -> SQLStatement {
            try SQLStatement(
                database,
                "SELECT \(columns) FROM \(table) WHERE bulletin_key = ? ORDER BY \(order)"
            )
        }
        main = try SQLStatement(
            database,
            """
            SELECT id, kind, title, source, issuer, author, byline, document_number, published_on, published_at,
                   signed_on, event_date, event_end_date, url, site, place, text_encoding, text_script, text_repairs,
                   content_hash, parser_name, parser_version, revision, generation, offset, updated_generation,
                   updated_offset, event_id, event_source, event_time, withdrawn_generation, withdrawn_offset,
                   withdrawn_at, withdrawn_reason
            FROM bulletins WHERE bulletin_key = ?
            """
        )
        raw = try SQLStatement(database, "SELECT raw FROM raw_texts WHERE bulletin_key = ?")
        paragraphs = try children("text", "paragraphs", "paragraph")
        people = try children("name, mentions", "people", "person")
        roles = try children("person, role", "person_roles", "person, position")
        organizations = try children("name, canonical_name, collective, mentions", "organizations", "organization")
        directives = try children(
            "sequence, speaker, speaker_text, text, deadline, heading, span_paragraph, span_start, span_end",
            "directives",
            "directive"
        )
        responsibles = try children("directive, name", "directive_responsibles", "directive, position")
        documents = try children("title, mentions", "documents", "document")
        quotedTerms = try children("term", "quoted_terms", "position")
        attendees = try children("attendee", "attendees", "position")
        places = try children("place", "places", "position")
        revisions = try children(
            """
            revision, generation, offset, updated_generation, updated_offset, event_id, event_source, event_time,
            bulletin
            """,
            "revisions",
            "revision"
        )
    }

    /// The current revision of the bulletin with this key, or nil.
    func load(_ key: Int64) throws -> StoredBulletin? {
        var stored: StoredBulletin?
        try main.bind(1, key)
        try main.forEachRow { stored = try header($0, key: key) }
        guard var result = stored else { return nil }
        try loadParts(of: &result.bulletin, key: key)
        return result
    }

    /// The text of a bulletin as it came, if it is kept.
    func raw(_ key: Int64) throws -> String? {
        var texts: [String] = []
        try paragraphs.bind(1, key)
        try paragraphs.forEachRow { texts.append($0.text(0)) }
        var text: String?
        try raw.bind(1, key)
        try raw.forEachRow { text = try $0.unpacked(0) { TextPacker.dictionary(texts) } }
        return text
    }

    /// The earlier revisions of a bulletin, oldest first, one at a time.
    func forEachRevision(_ key: Int64, _ body: (StoredRevision) throws -> Void) throws {
        try revisions.bind(1, key)
        try revisions.forEachRow { row in
            let bulletin = try decoder.decode(Bulletin.self, from: Data(row.unpacked(8).utf8))
            let position = StoredPosition(row, from: 1)
            try body(StoredRevision(revision: Int(row.int(0)), position: position, bulletin: bulletin))
        }
    }

    private func header(_ row: SQLStatement, key: Int64) throws -> StoredBulletin {
        func date(_ column: Int32) -> BulletinDate? { row.textIfAny(column).flatMap(BulletinDate.init) }
        var bulletin = Bulletin(
            id: row.text(0),
            kind: Bulletin.Kind(rawValue: row.text(1)) ?? .other,
            paragraphs: [],
            contentHash: row.text(19)
        )
        bulletin.title = row.textIfAny(2)
        bulletin.source = row.textIfAny(3)
        bulletin.issuer = row.textIfAny(4)
        bulletin.author = row.textIfAny(5)
        bulletin.byline = try list(row.text(6))
        bulletin.documentNumber = row.textIfAny(7)
        bulletin.publishedOn = date(8)
        bulletin.publishedAt = row.textIfAny(9)
        bulletin.signedOn = date(10)
        bulletin.eventDate = date(11)
        bulletin.eventEndDate = date(12)
        bulletin.url = row.textIfAny(13)
        bulletin.site = row.textIfAny(14)
        bulletin.place = row.textIfAny(15)
        bulletin.text = TextReport(
            encoding: row.textIfAny(16),
            script: row.textIfAny(17),
            repairs: try list(row.text(18))
        )
        if let name = row.textIfAny(20) {
            bulletin.parser = ParserIdentity(name: name, version: row.text(21))
        }
        var withdrawn: WithdrawnState?
        if let offset = row.intIfAny(31) {
            withdrawn = WithdrawnState(
                generation: row.int(30),
                offset: offset,
                time: row.textIfAny(32),
                reason: row.textIfAny(33)
            )
        }
        return StoredBulletin(
            bulletin: bulletin,
            key: key,
            revision: Int(row.int(22)),
            position: StoredPosition(row, from: 23),
            withdrawn: withdrawn
        )
    }

    private func list<Element: Decodable>(_ json: String) throws -> [Element] {
        json == "[]" ? [] : try decoder.decode([Element].self, from: Data(json.utf8))
    }

    private func loadParts(of bulletin: inout Bulletin, key: Int64) throws {
        func rows(_ statement: SQLStatement, _ body: (SQLStatement) throws -> Void) throws {
            try statement.bind(1, key)
            try statement.forEachRow(body)
        }
        try rows(paragraphs) { bulletin.paragraphs.append($0.text(0)) }
        let paragraphs = bulletin.paragraphs
        try rows(raw) { bulletin.raw = try $0.unpacked(0) { TextPacker.dictionary(paragraphs) } }
        try rows(people) {
            bulletin.people.append(Person(name: $0.text(0), mentions: SpanJSON.decode($0.text(1))))
        }
        try rows(roles) { row in
            let person = Int(row.int(0))
            if bulletin.people.indices.contains(person) { bulletin.people[person].roles.append(row.text(1)) }
        }
        try rows(organizations) {
            bulletin.organizations.append(
                Organization(
                    name: $0.text(0),
                    canonicalName: $0.textIfAny(1),
                    collective: $0.int(2) != 0,
                    mentions: SpanJSON.decode($0.text(3))
                )
            )
        }
        try rows(directives) { bulletin.directives.append(BulletinLoader.directive($0)) }
        try rows(responsibles) { row in
            let directive = Int(row.int(0))
            if bulletin.directives.indices.contains(directive) {
                bulletin.directives[directive].responsible.append(row.text(1))
            }
        }
        try rows(documents) {
            bulletin.documents.append(CitedDocument(title: $0.text(0), mentions: SpanJSON.decode($0.text(1))))
        }
        try rows(quotedTerms) { bulletin.quotedTerms.append($0.text(0)) }
        try rows(attendees) { bulletin.attendees.append($0.text(0)) }
        try rows(places) { bulletin.places.append($0.text(0)) }
    }

    private static func directive(_ row: SQLStatement) -> Directive {
        var span: Span?
        if let start = row.intIfAny(7), let end = row.intIfAny(8) {
            span = Span(paragraph: row.intIfAny(6).map(Int.init), start: Int(start), end: Int(end))
        }
        return Directive(
            sequence: Int(row.int(0)),
            speaker: row.textIfAny(1),
            speakerText: row.textIfAny(2),
            text: row.text(3),
            deadline: row.textIfAny(4),
            heading: row.int(5) != 0,
            span: span
        )
    }
}

extension StoredPosition {
    /// Reads the seven columns that begin at `column`.
    init(_ row: SQLStatement, from column: Int32) {
        generation = row.int(column)
        offset = row.int(column + 1)
        updatedGeneration = row.int(column + 2)
        updatedOffset = row.int(column + 3)
        eventID = row.text(column + 4)
        eventSource = row.text(column + 5)
        eventTime = row.textIfAny(column + 6)
    }
}
