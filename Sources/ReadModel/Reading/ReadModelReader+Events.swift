public import BulletinEvents
internal import GRDB

extension ReadModelReader {
    /// The events that make this read model: for each bulletin its revisions, the oldest first, then its withdrawal, if it
    /// is withdrawn. Published in this order to an empty topic, they make a read model of the same digest of bulletins.
    ///
    /// - Parameter query: only the bulletins that satisfy a search (withdrawn ones, too); nil gives all.
    ///
    /// Throws ``ReadModelError``, and what `body` throws.
    public func forEachEvent(matching query: String? = nil, _ body: (Event) throws -> Void) throws {
        var wanted: [Int: Set<Int64>]?
        if let query {
            var keys: [Int: Set<Int64>] = [:]
            let read = SearchQuery(FoldedText.withoutReadings(query))
            for hit in try matches(read, limit: nil, includeWithdrawn: true).found {
                keys[hit.reader, default: []].insert(hit.match.key)
            }
            wanted = keys
        }
        // An error of `body` is no error of the file, and must not be told as one.
        var failure: (any Error)?
        for (index, reader) in readers.enumerated() {
            try reader.read { database in
                do {
                    try Self.events(database, wanted.map { $0[index] ?? [] }, body)
                } catch let error as DatabaseError {
                    throw error
                } catch {
                    failure = error
                }
            }
            if let failure { throw failure }
        }
    }

    /// The current revisions of the bulletins that are not withdrawn, by partition and id, one at a time.
    ///
    /// Throws ``ReadModelError``, and what `body` throws.
    public func forEachBulletin(matching query: String? = nil, _ body: (Bulletin) throws -> Void) throws {
        var pending: Bulletin?
        // The last revision that is followed by no withdrawal.
        try forEachEvent(matching: query) { event in
            switch event {
            case .published(let bulletin, _):
                if let last = pending, last.id != bulletin.id { try body(last) }
                pending = bulletin
            case .withdrawn(let withdrawal, _):
                if let last = pending, last.id != withdrawal.id { try body(last) }
                pending = nil
            }
        }
        if let pending { try body(pending) }
    }

    private static func events(
        _ database: Database,
        _ wanted: Set<Int64>?,
        _ body: (Event) throws -> Void
    ) throws {
        let loader = try BulletinLoader(database)
        let keys = try SQLStatement(database, "SELECT bulletin_key FROM bulletins ORDER BY id")
        try keys.forEachRow { row in
            let key = row.int(0)
            if let wanted, !wanted.contains(key) { return }
            try loader.forEachRevision(key) { revision in
                try body(.published(revision.bulletin, metadata(of: revision.bulletin.id, revision.position)))
            }
            guard let stored = try loader.load(key) else { return }
            try body(.published(stored.bulletin, metadata(of: stored.bulletin.id, stored.position)))
            if let withdrawn = stored.withdrawn {
                try body(withdrawal(of: stored.bulletin.id, withdrawn.time, withdrawn.reason))
            }
        }
        guard wanted == nil else { return }
        let unknown = try SQLStatement(database, "SELECT id, at, reason FROM unknown_withdrawals ORDER BY id")
        try unknown.forEachRow { row in
            try body(withdrawal(of: row.text(0), row.textIfAny(1), row.textIfAny(2)))
        }
    }

    private static func metadata(of id: String, _ position: StoredPosition) -> EventMetadata {
        EventMetadata(
            id: position.eventID,
            source: position.eventSource,
            type: EventType.published.rawValue,
            time: position.eventTime,
            subject: id
        )
    }

    /// The id of a withdrawal's event is not kept; one that the same withdrawal always gets stands for it.
    private static func withdrawal(of id: String, _ time: String?, _ reason: String?) -> Event {
        .withdrawn(
            Withdrawal(id: id, reason: reason),
            EventMetadata(
                id: "\(id):withdrawn:\(time ?? "undated")",
                source: "urn:bulletins:export",
                type: EventType.withdrawn.rawValue,
                time: time,
                subject: id
            )
        )
    }
}
