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
        let wanted = try query.map { try keys(matching: $0, includeWithdrawn: true) }
        for (index, source) in sources.enumerated() {
            let keys = wanted.map { $0[index] ?? [] }
            switch source {
            case .file(let reader): try Self.forEachEvent(reader, keys, body)
            case .remote: try forEachRemoteEvent(index, keys, body)
            }
        }
    }

    private static func forEachEvent(
        _ reader: PartitionReader,
        _ wanted: Set<Int64>?,
        _ body: (Event) throws -> Void
    ) throws {
        // An error of `body` is no error of the file, and must not be told as one.
        var failure: (any Error)?
        try reader.read { database in
            do {
                try EventsQuestion.forEach(database, wanted, after: nil) { _, event in
                    try body(event)
                    return true
                }
                if wanted == nil { try EventsQuestion.forEachUnknown(database, body) }
            } catch let error as DatabaseError {
                throw error
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    /// Page by page, so that neither side holds more than one.
    private func forEachRemoteEvent(
        _ index: Int,
        _ wanted: Set<Int64>?,
        _ body: (Event) throws -> Void
    ) throws {
        var question = EventsQuestion(keys: wanted)
        while true {
            guard let page = try ask(each: sources.indices.map { $0 == index ? question : nil })[index] else { return }
            for item in page.events { try body(item.event) }
            guard let last = page.after else { return }
            question.after = last
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
}

/// The events of a file by bulletin, a page of them.
struct EventsQuestion: PartitionQuestion {
    static let name = "events"
    /// A page ends behind the bulletin with which it has as many bytes of text.
    private static let pageBytes = 4 << 20

    /// Of these bulletins only; nil for all, and, on the last page, for withdrawals of unknown ones.
    var keys: Set<Int64>?
    /// The id of the last bulletin of the page before.
    var after: String?

    struct Answer: Codable {
        var events: [Item] = []
        /// The id to go on after; nil if this was the last page.
        var after: String?
    }

    struct Item: Codable {
        var bulletin: Bulletin?
        var withdrawal: Withdrawal?
        var metadata: EventMetadata

        init(_ event: Event) {
            metadata = event.metadata
            switch event {
            case .published(let bulletin, _): self.bulletin = bulletin
            case .withdrawn(let withdrawal, _): self.withdrawal = withdrawal
            }
        }

        var event: Event {
            if let bulletin { return .published(bulletin, metadata) }
            return .withdrawn(withdrawal ?? Withdrawal(id: metadata.subject ?? ""), metadata)
        }
    }

    func answer(_ database: Database, at _: PartitionLocation) throws -> Answer {
        var answer = Answer()
        var bytes = 0
        var last: String?
        let isComplete = try Self.forEach(database, keys, after: after) { id, event in
            if bytes >= Self.pageBytes, id != last { return false }
            last = id
            answer.events.append(Item(event))
            if case .published(let bulletin, _) = event {
                bytes += bulletin.paragraphs.reduce(200) { $0 + $1.utf8.count }
            }
            return true
        }
        answer.after = isComplete ? nil : last
        if isComplete, keys == nil { try Self.forEachUnknown(database) { answer.events.append(Item($0)) } }
        return answer
    }

    /// Calls `body` with each event and its bulletin's id, until it returns false. Returns whether it never did.
    @discardableResult
    static func forEach(
        _ database: Database,
        _ wanted: Set<Int64>?,
        after: String?,
        _ body: (String, Event) throws -> Bool
    ) throws -> Bool {
        let loader = try BulletinLoader(database)
        let keys = try SQLStatement(
            database,
            "SELECT bulletin_key, id FROM bulletins WHERE ?1 IS NULL OR id > ?1 ORDER BY id"
        )
        try keys.bind(1, after)
        defer { keys.reset() }
        while try keys.step() {
            let (key, id) = (keys.int(0), keys.text(1))
            if let wanted, !wanted.contains(key) { continue }
            var goesOn = true
            try loader.forEachRevision(key) { revision in
                guard goesOn else { return }
                goesOn = try body(id, .published(revision.bulletin, metadata(of: id, revision.position)))
            }
            guard goesOn, let stored = try loader.load(key) else {
                if goesOn { continue }
                return false
            }
            guard try body(id, .published(stored.bulletin, metadata(of: id, stored.position))) else { return false }
            if let withdrawn = stored.withdrawn {
                let event = withdrawal(of: id, withdrawn.time, withdrawn.reason)
                guard try body(id, event) else { return false }
            }
        }
        return true
    }

    /// Calls `body` with the withdrawals of bulletins that the file never had.
    static func forEachUnknown(_ database: Database, _ body: (Event) throws -> Void) throws {
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
