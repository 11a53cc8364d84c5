internal import BulletinEvents
internal import Console
internal import HTTPService
internal import ReadModel

/// The parameters of a question, checked.
struct QueryInput: Sendable {
    /// Rows that one answer holds at most; more are asked for by `after`.
    static let mostRows = 10_000

    private let parameters: QueryParameters
    /// The id in the path.
    let id: String

    /// Throws ``Refusal`` for parameters that the endpoint does not have.
    init(_ endpoint: Endpoint, id: String?, query: String) throws(Refusal) {
        parameters = try QueryParameters(query)
        self.id = id ?? ""
        let known = endpoint.parameters + ["format"]
        for name in parameters.names where !known.contains(name) {
            let meant = Suggestion.clause(for: name, among: known)
            throw Refusal(.malformedRequest, "there is no parameter '\(name)'\(meant)")
        }
    }

    subscript(name: String) -> String? { parameters[name] }

    func all(_ name: String) -> [String] { parameters.all(name) }

    /// Rows at most.
    var limit: Int {
        get throws(Refusal) { try number("limit", default: 50, in: 1...Self.mostRows) }
    }

    func number(_ name: String, default standard: Int, in range: ClosedRange<Int>) throws(Refusal) -> Int {
        guard let text = parameters[name] else { return standard }
        guard let number = Int(text), range.contains(number) else {
            throw Refusal(.malformedRequest, "\(name) is a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func flag(_ name: String) throws(Refusal) -> Bool {
        switch parameters[name] {
        case nil, "false": return false
        case "true": return true
        default: throw Refusal(.malformedRequest, "\(name) is true or false")
        }
    }

    func choice<Choice: RawRepresentable & CaseIterable>(_ name: String) throws(Refusal) -> Choice?
    where Choice.RawValue == String {
        guard let text = parameters[name] else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw Refusal(.malformedRequest, "\(name) is one of \(words)")
        }
        return choice
    }

    func date(_ name: String) throws(Refusal) -> BulletinDate? {
        guard let text = parameters[name] else { return nil }
        guard let date = BulletinDate(text), date.year != nil else {
            throw Refusal(.malformedRequest, "\(name) is a date of the form YYYY-MM-DD")
        }
        return date
    }

    /// What was searched for. Throws ``Refusal`` where that is nothing.
    func searched() throws(Refusal) -> String {
        guard let text = parameters["q"], !text.allSatisfy(\.isWhitespace) else {
            throw Refusal(.malformedRequest, "q says what to look for")
        }
        return text
    }

    /// The parameters of directives.
    func directives() throws(Refusal) -> DirectiveFilter {
        var filter = DirectiveFilter(
            organization: parameters["organization"],
            speaker: parameters["speaker"],
            text: parameters["text"]
        )
        filter.source = parameters["source"]
        filter.kind = try choice("kind")
        filter.withDeadline = try flag("with-deadline")
        filter.since = try date("since")
        filter.until = try date("until")
        return filter
    }

    /// `ID/SEQUENCE`: a directive that a list goes on after.
    func position() throws(Refusal) -> DirectivePosition? {
        guard let text = parameters["after"] else { return nil }
        let parts = text.split(separator: "/")
        guard parts.count == 2, let sequence = Int(parts[1]) else {
            throw Refusal(.malformedRequest, "after is bulletinId/sequence, as in the last row")
        }
        return DirectivePosition(bulletinId: String(parts[0]), sequence: sequence)
    }

    func share(_ name: String, default standard: Double) throws(Refusal) -> Double {
        guard let text = parameters[name] else { return standard }
        guard let share = Double(text), share > 0, share <= 1 else {
            throw Refusal(.malformedRequest, "\(name) is above 0 and at most 1")
        }
        return share
    }
}
