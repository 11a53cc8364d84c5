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
        let wanted = try query.map { try keys(matching: $0, includeWithdrawn: false) }
        let question = TimelineQuestion(since: since?.description, until: until?.description, limit: limit)
        let answers = try ask(
            each: sources.indices.map { index in
                guard let wanted else { return question }
                var one = question
                one.keys = wanted[index]
                return one.keys == nil ? nil : one
            }
        )
        return TimelineQuestion.sorted(answers.compactMap(\.self).flatMap(\.self)).limited(to: limit)
    }
}

/// What happened as the bulletins of a file tell it, the earliest first.
struct TimelineQuestion: PartitionQuestion {
    static let name = "timeline"
    var since: String?
    var until: String?
    var limit: Int?
    /// Only of these bulletins; nil for all.
    var keys: Set<Int64>?

    func answer(_ database: Database, at _: PartitionLocation) throws -> [TimelineRow] {
        var rows: [TimelineRow] = []
        let query = try SQLStatement(
            database,
            """
            SELECT bulletin_key, id, title, source, kind, event_date, signed_on, published_on,
                   (SELECT count(*) FROM directives AS d WHERE d.bulletin_key = b.bulletin_key)
            FROM bulletins AS b WHERE withdrawn_offset IS NULL
            """
        )
        try query.forEachRow { row in
            if let keys, !keys.contains(row.int(0)) { return }
            var days: Set<String> = []
            for (column, happening) in [(Int32(5), TimelineRow.Happening.held), (6, .signed), (7, .published)] {
                guard let day = SQLDates.comparable(row.textIfAny(column)), days.insert(day).inserted,
                    since.map({ day >= $0 }) ?? true, until.map({ day <= $0 }) ?? true
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
        return Self.sorted(rows).limited(to: limit)
    }

    static func sorted(_ rows: [TimelineRow]) -> [TimelineRow] {
        rows.sorted { left, right in
            Order.ascending(left.date, right.date) ?? Order.ascending(left.bulletinId, right.bulletinId)
                ?? Order.ascending(left.happening.rawValue, right.happening.rawValue) ?? false
        }
    }
}
