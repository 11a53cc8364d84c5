internal import BulletinEvents
internal import Foundation
internal import GRDB

/// Writes entries of the log into the tables, inside a transaction that its caller holds.
///
/// All statements are prepared once. What an entry does depends on the entry and the rows alone, never on the clock
/// or the machine, so that the same log gives the same rows.
final class BulletinWriter {
    let parts: BulletinPartsWriter
    // Made when a revision comes and let go of after the transaction: their statements would lie idle for each partition.
    private var keptLoader: BulletinLoader?
    private var keptRemover: BulletinPartsRemover?
    private let find: SQLStatement
    private let insert: SQLStatement
    private let update: SQLStatement
    private let publishAgain: SQLStatement
    private let archive: SQLStatement
    private let withdraw: SQLStatement
    private let withdrawUnknown: SQLStatement
    private let forgetUnknown: SQLStatement
    private let reject: SQLStatement
    private let encoder: JSONEncoder
    private let database: Database

    init(_ database: Database) throws {
        self.database = database
        parts = try BulletinPartsWriter(database)
        find = try SQLStatement(
            database,
            """
            SELECT bulletin_key, content_hash, parser_name, parser_version, revision, generation, offset,
                   withdrawn_offset IS NOT NULL
            FROM bulletins WHERE id = ?
            """
        )
        let columns = """
            id, kind, title, source, issuer, author, byline, document_number, published_on, published_at, signed_on,
            event_date, event_end_date, url, site, place, text_encoding, text_script, text_repairs, content_hash,
            parser_name, parser_version, revision, generation, offset, updated_generation, updated_offset, event_id,
            event_source, event_time
            """
        let values = Array(repeating: "?", count: 30).joined(separator: ",")
        insert = try SQLStatement(database, "INSERT INTO bulletins (\(columns)) VALUES (\(values))")
        let visible =
            "withdrawn_generation = NULL, withdrawn_offset = NULL, withdrawn_at = NULL, withdrawn_reason = NULL"
        update = try SQLStatement(
            database,
            "UPDATE bulletins SET (\(columns)) = (\(values)), \(visible) WHERE bulletin_key = ?"
        )
        publishAgain = try SQLStatement(database, "UPDATE bulletins SET \(visible) WHERE bulletin_key = ?")
        archive = try SQLStatement(
            database,
            """
            INSERT INTO revisions (bulletin_key, revision, generation, offset, updated_generation, updated_offset,
                                   event_id, event_source, event_time, content_hash, bulletin)
            VALUES (?,?,?,?,?,?,?,?,?,?,?)
            """
        )
        withdraw = try SQLStatement(
            database,
            """
            UPDATE bulletins SET withdrawn_generation = ?, withdrawn_offset = ?, withdrawn_at = ?, withdrawn_reason = ?
            WHERE id = ?
            """
        )
        withdrawUnknown = try SQLStatement(
            database,
            "INSERT OR REPLACE INTO unknown_withdrawals (generation, offset, at, reason, id) VALUES (?,?,?,?,?)"
        )
        forgetUnknown = try SQLStatement(database, "DELETE FROM unknown_withdrawals WHERE id = ?")
        reject = try SQLStatement(
            database,
            """
            INSERT OR REPLACE INTO rejected (generation, offset, topic, partition, stage, reason, message, key, value,
                                             headers)
            VALUES (?,?,?,?,?,?,?,?,?,?)
            """
        )
        encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    }

    /// Applies one entry of the log of `generation`.
    /// - Parameter prepared: what is prepared of its bulletin, if anything.
    func apply(
        _ entry: LogBatch.Entry,
        _ prepared: PreparedBulletin? = nil,
        generation: Int64,
        summary: inout ApplySummary
    ) throws {
        switch entry {
        case .published(let bulletin, let event, let offset):
            let position = Position(generation: generation, offset: offset)
            try publish(bulletin, prepared, event, position, &summary)
        case .withdrawn(let withdrawal, let event, let offset):
            try withdraw(withdrawal, event, Position(generation: generation, offset: offset))
            summary.withdrawn += 1
        case .rejected(let record):
            try reject(record, generation: generation)
            summary.rejected += 1
        }
    }

    /// Lets go of what only a transaction needs.
    func endTransaction() {
        keptLoader = nil
        keptRemover = nil
        parts.endTransaction()
    }

    private func loader() throws -> BulletinLoader {
        let loader = try keptLoader ?? BulletinLoader(database)
        keptLoader = loader
        return loader
    }

    private func remover() throws -> BulletinPartsRemover {
        let remover = try keptRemover ?? BulletinPartsRemover(database)
        keptRemover = remover
        return remover
    }

    // MARK: Publishing

    private struct Position {
        var generation: Int64
        var offset: Int64
    }

    /// What is known of a bulletin before an event about it.
    private struct Known {
        var key: Int64
        var contentHash: String
        var parser: ParserIdentity?
        var revision: Int
        var position: Position
        var isWithdrawn: Bool
    }

    private func publish(
        _ bulletin: Bulletin,
        _ prepared: PreparedBulletin?,
        _ event: EventMetadata,
        _ position: Position,
        _ summary: inout ApplySummary
    ) throws {
        guard let known = try findKnown(bulletin.id) else {
            try bindBulletin(insert, bulletin, event, revision: 1, first: position, last: position)
            try insert.run()
            try parts.insert(bulletin, prepared, key: database.lastInsertedRowID)
            try forgetUnknown.bind(1, bulletin.id)
            try forgetUnknown.run()
            summary.created += 1
            return
        }
        guard try isSameText(bulletin, known) else {
            try archiveCurrent(known)
            try replace(
                known,
                by: bulletin,
                prepared,
                event,
                revision: known.revision + 1,
                first: position,
                last: position
            )
            summary.revised += 1
            return
        }
        if known.parser != bulletin.parser {
            // The text is the same: what another parser makes of it is no new revision of the bulletin.
            try replace(
                known,
                by: bulletin,
                prepared,
                event,
                revision: known.revision,
                first: known.position,
                last: position
            )
            summary.reparsed += 1
        } else {
            if known.isWithdrawn {
                try publishAgain.bind(1, known.key)
                try publishAgain.run()
            }
            summary.unchanged += 1
        }
    }

    private func findKnown(_ id: String) throws -> Known? {
        var known: Known?
        try find.bind(1, id)
        try find.forEachRow { row in
            known = Known(
                key: row.int(0),
                contentHash: row.text(1),
                parser: row.textIfAny(2).map { ParserIdentity(name: $0, version: row.text(3)) },
                revision: Int(row.int(4)),
                position: Position(generation: row.int(5), offset: row.int(6)),
                isWithdrawn: row.int(7) != 0
            )
        }
        return known
    }

    private func isSameText(_ bulletin: Bulletin, _ known: Known) throws -> Bool {
        if known.contentHash == bulletin.contentHash { return true }
        guard let raw = bulletin.raw, let other = try loader().raw(known.key) else { return false }
        // Bytes, not characters: Swift's == takes canonically equivalent texts for the same.
        return other.utf8.elementsEqual(raw.utf8)
    }

    private func replace(
        _ known: Known,
        by bulletin: Bulletin,
        _ prepared: PreparedBulletin?,
        _ event: EventMetadata,
        revision: Int,
        first: Position,
        last: Position
    ) throws {
        try remover().delete(key: known.key)
        try bindBulletin(update, bulletin, event, revision: revision, first: first, last: last)
        try update.bind(31, known.key)
        try update.run()
        try parts.insert(bulletin, prepared, key: known.key)
    }

    private func archiveCurrent(_ known: Known) throws {
        guard let current = try loader().load(known.key) else { return }
        try archive.bind(1, known.key)
        try archive.bind(2, current.revision)
        try archive.bind(3, current.position.generation)
        try archive.bind(4, current.position.offset)
        try archive.bind(5, current.position.updatedGeneration)
        try archive.bind(6, current.position.updatedOffset)
        try archive.bind(7, current.position.eventID)
        try archive.bind(8, current.position.eventSource)
        try archive.bind(9, current.position.eventTime)
        try archive.bind(10, current.bulletin.contentHash)
        let json = String(decoding: try encoder.encode(current.bulletin), as: UTF8.self)
        try archive.bind(11, packed: try parts.preparation().pack(json), json)
        try archive.run()
    }

    private func bindBulletin(
        _ row: SQLStatement,
        _ bulletin: Bulletin,
        _ event: EventMetadata,
        revision: Int,
        first: Position,
        last: Position
    ) throws {
        try row.bind(1, bulletin.id)
        try row.bind(2, bulletin.kind.rawValue)
        try row.bind(3, bulletin.title)
        try row.bind(4, bulletin.source)
        try row.bind(5, bulletin.issuer)
        try row.bind(6, bulletin.author)
        try row.bind(7, json(bulletin.byline))
        try row.bind(8, bulletin.documentNumber)
        try row.bind(9, bulletin.publishedOn?.description)
        try row.bind(10, bulletin.publishedAt)
        try row.bind(11, bulletin.signedOn?.description)
        try row.bind(12, bulletin.eventDate?.description)
        try row.bind(13, bulletin.eventEndDate?.description)
        try row.bind(14, bulletin.url)
        try row.bind(15, bulletin.site)
        try row.bind(16, bulletin.place)
        try row.bind(17, bulletin.text.encoding)
        try row.bind(18, bulletin.text.script)
        try row.bind(19, json(bulletin.text.repairs))
        try row.bind(20, bulletin.contentHash)
        try row.bind(21, bulletin.parser?.name)
        try row.bind(22, bulletin.parser?.version)
        try row.bind(23, revision)
        try row.bind(24, first.generation)
        try row.bind(25, first.offset)
        try row.bind(26, last.generation)
        try row.bind(27, last.offset)
        try row.bind(28, event.id)
        try row.bind(29, event.source)
        try row.bind(30, event.time)
    }

    private func json<Element: Encodable>(_ list: [Element]) throws -> String {
        list.isEmpty ? "[]" : String(decoding: try encoder.encode(list), as: UTF8.self)
    }

    // MARK: Withdrawing and rejecting

    private func withdraw(_ withdrawal: Withdrawal, _ event: EventMetadata, _ position: Position) throws {
        func run(_ statement: SQLStatement) throws {
            try statement.bind(1, position.generation)
            try statement.bind(2, position.offset)
            try statement.bind(3, event.time)
            try statement.bind(4, withdrawal.reason)
            try statement.bind(5, withdrawal.id)
            try statement.run()
        }
        try run(withdraw)
        // Remembered even if there is no such bulletin, so that the file tells that the log said so.
        if database.changesCount == 0 { try run(withdrawUnknown) }
    }

    private func reject(_ record: RejectedRecord, generation: Int64) throws {
        try reject.bind(1, generation)
        try reject.bind(2, record.offset)
        try reject.bind(3, record.topic)
        try reject.bind(4, Int64(record.partition))
        try reject.bind(5, record.stage.rawValue)
        try reject.bind(6, record.reason)
        try reject.bind(7, record.message)
        try reject.bind(8, blob: record.key?.bytes)
        try reject.bind(9, blob: record.value?.bytes)
        try reject.bind(10, json(record.headers))
        try reject.run()
    }
}
