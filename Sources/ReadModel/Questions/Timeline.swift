public import BulletinEvents
internal import GRDB

/// A day on which something happened that a bulletin tells.
public struct TimelineRow: Codable, Hashable, Sendable {
    /// What happened on a day.
    public enum Happening: String, Codable, Sendable {
        /// A meeting or event was held, or began.
        case held
        /// A document was signed.
        case signed
        /// A bulletin was published.
        case published
    }

    /// The day, `YYYY-MM-DD`.
    public var date: String
    /// What happened.
    public var happening: Happening
    /// The bulletin that tells.
    public var bulletinId: String
    /// Its headline.
    public var title: String?
    /// Its publisher.
    public var source: String?
    /// What sort of document it is.
    public var kind: String
    /// How many directives it holds.
    public var directives: Int
}

extension ReadModelReader {
    /// What happened, the earliest first: the dated events, signatures and publications of the bulletins that satisfy a
    /// search, or of all for nil. A day of a bulletin is given once, as the first of these that falls on it.
    ///
    /// `limit` nil gives all. Throws ``ReadModelError``.
    public func timeline(
        _ query: String? = nil,
        since: BulletinDate? = nil,
        until: BulletinDate? = nil,
        limit: Int? = 50
    ) throws -> [TimelineRow] {
        var wanted: [Int: Set<Int64>]?
        if let query {
            var found: [Int: Set<Int64>] = [:]
            let repaired = SearchQuery(FoldedText.withoutReadings(query))
            for hit in try matches(repaired, limit: nil, includeWithdrawn: false).found {
                found[hit.reader, default: []].insert(hit.match.key)
            }
            wanted = found
        }
        let (first, last) = (since?.description, until?.description)
        var rows: [TimelineRow] = []
        for (index, reader) in readers.enumerated() {
            if let wanted, wanted[index] == nil { continue }
            try reader.read { database in
                let query = try SQLStatement(
                    database,
                    """
                    SELECT bulletin_key, id, title, source, kind, event_date, signed_on, published_on,
                           (SELECT count(*) FROM directives AS d WHERE d.bulletin_key = b.bulletin_key)
                    FROM bulletins AS b WHERE withdrawn_offset IS NULL
                    """
                )
                try query.forEachRow { row in
                    if let wanted, wanted[index]?.contains(row.int(0)) != true { return }
                    var days: Set<String> = []
                    for (column, happening) in [(Int32(5), TimelineRow.Happening.held), (6, .signed), (7, .published)] {
                        guard let day = SQLDates.comparable(row.textIfAny(column)), days.insert(day).inserted,
                            first.map({ day >= $0 }) ?? true, last.map({ day <= $0 }) ?? true
                        else { continue }
                        rows.append(
                            TimelineRow(
                                date: day,
                                happening: happening,
                                bulletinId: row.text(1),
                                title: row.textIfAny(2),
                                source: row.textIfAny(3),
                                kind: row.text(4),
                                directives: Int(row.int(8))
                            )
                        )
                    }
                }
            }
        }
        return rows.sorted { left, right in
            Order.ascending(left.date, right.date) ?? Order.ascending(left.bulletinId, right.bulletinId)
                ?? Order.ascending(left.happening.rawValue, right.happening.rawValue) ?? false
        }.limited(to: limit)
    }
}
