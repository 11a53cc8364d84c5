internal import BulletinEvents
internal import GRDB

extension ReadModelReader {
    /// Bulletins, latest first, then by id. `limit` nil gives all.
    ///
    /// Throws ``ReadModelError``, with the code `unknown-bulletin` if `after` is none.
    /// - Parameters:
    ///   - unique: leaves out what is nearly the text of a later one.
    ///   - after: the full id of a bulletin: those that come after it are given.
    public func list(
        _ filter: BulletinFilter = BulletinFilter(),
        limit: Int? = 20,
        unique: Bool = false,
        after: String? = nil
    ) throws -> [BulletinRow] {
        let afterDate = try after.map { try date(of: $0, .published) }
        let question = ListQuestion(
            filter: filter,
            limit: unique ? nil : limit,
            after: after,
            afterDate: afterDate ?? nil
        )
        let rows = try ask(question).flatMap(\.self)
        let sorted = rows.sorted { left, right in
            Order.latestFirst(left.sortDate, right.sortDate) ?? Order.ascending(left.id, right.id) ?? false
        }
        return (unique ? try self.unique(sorted, id: \.id).map(\.row) : sorted).limited(to: limit)
    }

    /// The bulletin with this id, or the only one whose id begins like this, withdrawn or not.
    ///
    /// Throws ``ReadModelError`` with the code `unknown-bulletin` or `ambiguous-bulletin`.
    public func show(_ idOrPrefix: String) throws -> BulletinDetail {
        let id = try resolve(idOrPrefix)
        let copies = try ask(DetailQuestion(id: id)).flatMap(\.self)
        guard let latest = copies.max(by: Self.isOlder) else { throw Self.unknown(idOrPrefix) }
        return latest
    }

    /// All revisions of a bulletin, the current one last. Throws as ``show(_:)``.
    public func revisions(_ idOrPrefix: String) throws -> [RevisionRow] {
        let detail = try show(idOrPrefix)
        return try ask(RevisionsQuestion(id: detail.bulletin.id), about: detail)
    }

    /// Asks the partition that a bulletin lives in.
    func ask<Question: PartitionQuestion, Row>(
        _ question: Question,
        about detail: BulletinDetail
    ) throws -> [Row] where Question.Answer == [Row] {
        try ask(
            each: sources.map { source in
                source.state.topic == detail.topic && source.state.partition == detail.partition ? question : nil
            }
        ).compactMap { $0 }.first { !$0.isEmpty } ?? []
    }

    /// The full id that `idOrPrefix` means.
    private func resolve(_ idOrPrefix: String) throws -> String {
        let ids = try ask(IDsQuestion(prefix: idOrPrefix))
        if ids.contains([idOrPrefix]) { return idOrPrefix }
        let found = Set(ids.joined())
        guard let id = found.first else { throw Self.unknown(idOrPrefix) }
        guard found.count == 1 else {
            let candidates = Array(found.sorted().prefix(10))
            throw ReadModelError(
                .ambiguousBulletin,
                "more than one bulletin's id begins with '\(idOrPrefix)': give more of it"
                    + " (\(candidates.joined(separator: ", "))\(found.count > 10 ? ", …" : ""))",
                candidates: candidates
            )
        }
        return id
    }

    static func key(of id: String, _ database: Database) throws -> Int64? {
        let query = try SQLStatement(database, "SELECT bulletin_key FROM bulletins WHERE id = ?")
        try query.bind(1, id)
        defer { query.reset() }
        return try query.step() ? query.int(0) : nil
    }

    private static func unknown(_ id: String) -> ReadModelError {
        ReadModelError(
            .unknownBulletin,
            "no bulletin has the id '\(id)': `bulletins list` and `bulletins search` give ids"
        )
    }

    // Only where a bulletin was published to more than one partition, which a change of their number can do.
    private static func isOlder(_ left: BulletinDetail, _ right: BulletinDetail) -> Bool {
        ((left.eventTime ?? ""), left.topic, left.partition) < ((right.eventTime ?? ""), right.topic, right.partition)
    }
}

/// Bulletins of a file, in the order of a list.
struct ListQuestion: PartitionQuestion {
    static let name = "list"
    var filter: BulletinFilter
    var limit: Int?
    var after: String?
    var afterDate: String?

    func answer(_ database: Database, at _: PartitionLocation) throws -> [BulletinRow] {
        let query = try SQLStatement(
            database,
            """
            SELECT id, title, source, kind, published_on, event_date, place, url, revision,
                   (SELECT count(*) FROM directives AS d WHERE d.bulletin_key = b.bulletin_key),
                   withdrawn_offset IS NOT NULL
            FROM bulletins AS b
            WHERE (?1 OR withdrawn_offset IS NULL)
              AND (?2 IS NULL OR kind = ?2)
              AND (?3 IS NULL OR contains_folded(source, ?3))
              AND (?4 IS NULL OR \(SQLDates.published) >= ?4)
              AND (?5 IS NULL OR \(SQLDates.published) <= ?5)
              AND (?7 IS NULL OR (\(Cursor.isAfter(SQLDates.published, ["b.id"], "?8", ["?7"]))))
            ORDER BY \(SQLDates.published) DESC NULLS LAST, id
            LIMIT ?6
            """
        )
        try query.bind(1, filter.includeWithdrawn)
        try query.bind(2, filter.kind?.rawValue)
        try query.bind(3, filter.source.map(FoldedText.askedKey))
        try query.bind(4, filter.since?.description)
        try query.bind(5, filter.until?.description)
        try query.bind(6, sqlLimit(limit))
        try query.bind(7, after)
        try query.bind(8, afterDate)
        var rows: [BulletinRow] = []
        try query.forEachRow { rows.append(BulletinRow($0)) }
        return rows
    }
}

/// The ids in a file that begin so, 11 at most; the one that is so, if there is it.
struct IDsQuestion: PartitionQuestion {
    static let name = "ids"
    var prefix: String

    func answer(_ database: Database, at _: PartitionLocation) throws -> [String] {
        if try ReadModelReader.key(of: prefix, database) != nil { return [prefix] }
        guard !prefix.isEmpty else { return [] }
        let query = try SQLStatement(
            database,
            "SELECT id FROM bulletins WHERE id >= ?1 AND id < ?1 || char(1114111) ORDER BY id LIMIT 11"
        )
        try query.bind(1, prefix)
        var ids: [String] = []
        try query.forEachRow { ids.append($0.text(0)) }
        return ids
    }
}

/// The bulletin of an id, if the file has it.
struct DetailQuestion: PartitionQuestion {
    static let name = "detail"
    var id: String

    func answer(_ database: Database, at location: PartitionLocation) throws -> [BulletinDetail] {
        guard let key = try ReadModelReader.key(of: id, database), let stored = try BulletinLoader(database).load(key)
        else { return [] }
        return [BulletinDetail(stored, try PartitionFile.readState(database, location))]
    }
}

/// All revisions of a bulletin, the current one last; none if the file does not have it.
struct RevisionsQuestion: PartitionQuestion {
    static let name = "revisions"
    var id: String

    func answer(_ database: Database, at _: PartitionLocation) throws -> [RevisionRow] {
        guard let key = try ReadModelReader.key(of: id, database) else { return [] }
        let loader = try BulletinLoader(database)
        var rows: [RevisionRow] = []
        try loader.forEachRevision(key) { rows.append(RevisionRow($0)) }
        if let current = try loader.load(key) { rows.append(RevisionRow(current)) }
        return rows
    }
}

/// Dates as the queries compare them: those without a year, `--MM-DD`, do not count.
enum SQLDates {
    /// The day of publication, else of the event, of `bulletins AS b`.
    static let published = """
        CASE WHEN b.published_on >= '0' THEN b.published_on WHEN b.event_date >= '0' THEN b.event_date END
        """
    /// The day of the event, else of publication, of `bulletins AS b`.
    static let event = """
        CASE WHEN b.event_date >= '0' THEN b.event_date WHEN b.published_on >= '0' THEN b.published_on END
        """

    /// A date with a year, or nil.
    static func comparable(_ date: String?) -> String? {
        date.flatMap { $0.hasPrefix("-") ? nil : $0 }
    }
}

extension BulletinRow {
    fileprivate init(_ row: SQLStatement) {
        id = row.text(0)
        title = row.textIfAny(1)
        source = row.textIfAny(2)
        kind = row.text(3)
        publishedOn = row.textIfAny(4)
        eventDate = row.textIfAny(5)
        place = row.textIfAny(6)
        url = row.textIfAny(7)
        revision = Int(row.int(8))
        directives = Int(row.int(9))
        withdrawn = row.int(10) != 0
    }

    fileprivate var sortDate: String? { SQLDates.comparable(publishedOn) ?? SQLDates.comparable(eventDate) }
}

extension BulletinDetail {
    fileprivate init(_ stored: StoredBulletin, _ state: PartitionState) {
        bulletin = stored.bulletin
        revision = stored.revision
        // Revisions are counted from 1 and none is ever left out.
        revisions = stored.revision
        topic = state.topic
        partition = state.partition
        generation = stored.position.updatedGeneration
        offset = stored.position.offset
        updatedOffset = stored.position.updatedOffset
        eventId = stored.position.eventID
        eventSource = stored.position.eventSource
        eventTime = stored.position.eventTime
        withdrawn = stored.withdrawn
    }
}

extension RevisionRow {
    fileprivate init(_ stored: StoredRevision) {
        revision = stored.revision
        current = false
        generation = stored.position.generation
        offset = stored.position.offset
        updatedOffset = stored.position.updatedOffset
        eventTime = stored.position.eventTime
        bulletin = stored.bulletin
    }

    fileprivate init(_ stored: StoredBulletin) {
        revision = stored.revision
        current = true
        generation = stored.position.generation
        offset = stored.position.offset
        updatedOffset = stored.position.updatedOffset
        eventTime = stored.position.eventTime
        bulletin = stored.bulletin
    }
}
