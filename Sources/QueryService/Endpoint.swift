internal import BulletinEvents
internal import ReadModel

/// What a person or program may ask: the commands of `bulletins`, with the same JSON.
enum Endpoint: String, CaseIterable, Sendable {
    case search, bulletins, bulletin, directives, people, organizations, documents, timeline, matrix, history, trace
    case similar, reprints, stats, rejected

    /// The path; `{id}` stands for a bulletin's id or the beginning of one.
    var template: String {
        switch self {
        case .bulletin: "/v1/bulletins/{id}"
        case .history, .trace, .similar, .reprints: "/v1/\(rawValue)/{id}"
        case .search, .bulletins, .directives, .people, .organizations, .documents, .timeline, .matrix, .stats,
            .rejected:
            "/v1/\(rawValue)"
        }
    }

    private static let directiveParameters = [
        "organization", "speaker", "text", "source", "kind", "with-deadline", "since", "until", "limit",
    ]

    /// The parameters, `format` aside, which all have.
    var parameters: [String] {
        switch self {
        case .search: ["q", "limit", "unique", "withdrawn", "after"]
        case .bulletins: ["kind", "source", "since", "until", "limit", "unique", "withdrawn", "after"]
        case .directives: Self.directiveParameters + ["after"]
        case .people, .organizations: ["name", "limit"]
        case .documents: ["title", "limit"]
        case .timeline: ["q", "since", "until", "limit"]
        case .matrix: Self.directiveParameters + ["by", "measure", "columns"]
        case .similar: ["limit"]
        case .reprints: ["at-least", "limit"]
        case .rejected: ["partition", "reason", "open", "limit"]
        case .bulletin, .history, .trace, .stats: []
        }
    }

    /// Asks the read model. Throws `ReadModelError`, and ``Refusal`` for parameters that make no sense.
    func answer(_ reader: ReadModelReader, _ input: QueryInput) throws -> QueryAnswer {
        switch self {
        case .search: return try search(reader, input)
        case .bulletins: return try list(reader, input)
        case .bulletin: return QueryAnswer(object: try reader.show(input.id))
        case .directives:
            let limit = try input.limit
            let rows = try reader.directives(input.directives(), limit: limit + 1, after: input.position())
            return QueryAnswer(page: rows, limit: limit) { "\($0.bulletinId)/\($0.sequence)" }
        case .people:
            let limit = try input.limit
            guard let name = input["name"] else { return QueryAnswer(rows: try reader.people(limit: limit)) }
            return QueryAnswer(rows: try reader.peopleInDetail(name, limit: limit, seen: limit))
        case .organizations:
            let limit = try input.limit
            guard let name = input["name"] else { return QueryAnswer(rows: try reader.organizations(limit: limit)) }
            return QueryAnswer(rows: try reader.organizationsInDetail(name, limit: limit, asked: limit))
        case .documents: return QueryAnswer(rows: try reader.documents(input["title"], limit: input.limit))
        case .timeline:
            let (since, until) = (try input.date("since"), try input.date("until"))
            return QueryAnswer(
                rows: try reader.timeline(input["q"], since: since, until: until, limit: input.limit)
            )
        case .matrix: return try matrix(reader, input)
        case .history: return QueryAnswer(rows: try reader.history(input.id))
        case .trace: return QueryAnswer(rows: try reader.trace(input.id))
        case .similar: return QueryAnswer(rows: try reader.similar(input.id, limit: input.limit))
        case .reprints:
            let share = try input.share("at-least", default: 0.8)
            return QueryAnswer(rows: try reader.reprints(input.id, threshold: share, limit: input.limit))
        case .stats: return QueryAnswer(object: try reader.stats())
        case .rejected:
            var filter = RejectedFilter()
            if input["partition"] != nil {
                filter.partition = Int32(try input.number("partition", default: 0, in: 0...Int(Int32.max)))
            }
            filter.reason = input["reason"]
            filter.onlyOpen = try input.flag("open")
            return QueryAnswer(rows: try reader.listRejected(filter, limit: input.limit))
        }
    }

    private func search(_ reader: ReadModelReader, _ input: QueryInput) throws -> QueryAnswer {
        let limit = try input.limit
        let results = try reader.search(
            input.searched(),
            limit: limit + 1,
            includeWithdrawn: input.flag("withdrawn"),
            unique: input.flag("unique"),
            after: input["after"]
        )
        var answer = QueryAnswer(page: results.hits, limit: limit, cursor: \.id)
        answer.total = results.count
        return answer
    }

    private func list(_ reader: ReadModelReader, _ input: QueryInput) throws -> QueryAnswer {
        let limit = try input.limit
        var filter = BulletinFilter()
        filter.kind = try input.choice("kind")
        filter.source = input["source"]
        filter.since = try input.date("since")
        filter.until = try input.date("until")
        filter.includeWithdrawn = try input.flag("withdrawn")
        let unique = try input.flag("unique")
        let rows = try reader.list(filter, limit: limit + 1, unique: unique, after: input["after"])
        return QueryAnswer(page: rows, limit: limit, cursor: \.id)
    }

    private func matrix(_ reader: ReadModelReader, _ input: QueryInput) throws -> QueryAnswer {
        let measures = input.all("measure")
        let axis: DirectiveMatrix.Axis = try measures.isEmpty ? input.choice("by") ?? .month : .measure
        let matrix = try reader.matrix(
            by: axis,
            input.directives(),
            measures: measures,
            columns: input.number("columns", default: 12, in: 1...1_000),
            limit: input.limit
        )
        return QueryAnswer(rows: matrix.rows)
    }
}

/// What a question is answered.
struct QueryAnswer: Sendable {
    /// The rows, or the one object.
    var rows: [any Encodable & Sendable]
    /// Whether it is a list, also of one.
    var isList: Bool
    /// How many rows there are without a limit, where that is known.
    var total: Int?
    /// What `after` is to be for the next ones; nil if there are none.
    var next: String?

    init(object: some Encodable & Sendable) {
        rows = [object]
        isList = false
    }

    init(rows: [some Encodable & Sendable]) {
        self.rows = rows
        isList = true
    }

    /// A page of which one row more was asked for, to know whether there are more.
    init<Row: Encodable & Sendable>(page: [Row], limit: Int, cursor: (Row) -> String) {
        rows = Array(page.prefix(limit))
        isList = true
        if page.count > limit { next = page.prefix(limit).last.map(cursor) }
    }
}
