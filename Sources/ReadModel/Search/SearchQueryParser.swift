internal import BulletinEvents

/// Reads the search grammar, which is total: every text is a query.
///
///     query  = item*                 all must hold
///     item   = ["-"] thing           the opposite
///            | item "OR" item        one of both is enough; binds tighter than standing side by side
///            | item "AND" item       the same as side by side
///     thing  = name ":" value        a filter, where name is one and the value fits
///            | phrase ["*"] | word ["*"]
///     phrase = '"' … '"'             or “…”, 「…」 that begin and end where a word would
///     word   = whatever goes up to white space or the next '"'
///
/// What does not fit is read as text: `OR` at an end, `kind:` with an unknown kind, a name that is no filter.
struct SearchQueryParser {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var notes: [String] = []

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    private enum Item {
        case literal(SearchQuery.Literal)
        /// `OR` or `AND`; whether it joins anything is known once its neighbours are.
        case word(isOr: Bool, asText: SearchQuery.Literal)
    }

    /// Reads all of it.
    consuming func parse() -> SearchQuery {
        var items: [Item] = []
        while let item = next() { items.append(item) }
        return SearchQuery(clauses: Self.clauses(items), notes: notes)
    }

    /// Joins the items: an operator counts where it stands between two.
    private static func clauses(_ items: [Item]) -> [SearchQuery.Clause] {
        var clauses: [SearchQuery.Clause] = []
        var joinsPrevious = false
        var wantsOperand = true
        func isNew(_ literal: SearchQuery.Literal, in clause: SearchQuery.Clause) -> Bool { !clause.contains(literal) }
        for (index, item) in items.enumerated() {
            let literal: SearchQuery.Literal
            switch item {
            case .word(let isOr, let asText):
                if !wantsOperand, index < items.count - 1 {
                    joinsPrevious = isOr
                    wantsOperand = true
                    continue
                }
                literal = asText
            case .literal(let found): literal = found
            }
            if joinsPrevious, var clause = clauses.popLast() {
                if isNew(literal, in: clause) { clause.append(literal) }
                clauses.append(clause)
            } else {
                clauses.append([literal])
            }
            joinsPrevious = false
            wantsOperand = false
        }
        var seen: Set<SearchQuery.Clause> = []
        return clauses.filter { seen.insert($0).inserted }
    }

    // MARK: Items

    private mutating func next() -> Item? {
        while position < scalars.count {
            while position < scalars.count, FoldedText.isWhiteSpace(scalars[position]) { position += 1 }
            guard position < scalars.count else { return nil }
            let isNegated = takeMinus()
            if let condition = takeFilter() {
                return .literal(SearchQuery.Literal(isNegated: isNegated, condition: condition))
            }
            let first = scalars[position]
            let (text, beginsWord) = takeText()
            let isBare = !isNegated && text.first == first
            guard let term = SearchTerm(text, beginsWord: beginsWord) else { continue }
            let literal = SearchQuery.Literal(isNegated: isNegated, condition: .text(term))
            if isBare, !beginsWord {
                if text == Array("OR".unicodeScalars) { return .word(isOr: true, asText: literal) }
                if text == Array("AND".unicodeScalars) { return .word(isOr: false, asText: literal) }
            }
            return .literal(literal)
        }
        return nil
    }

    /// A minus before something that is not one itself: `--` is a text.
    private mutating func takeMinus() -> Bool {
        guard scalars[position] == "-", position + 1 < scalars.count else { return false }
        let next = scalars[position + 1]
        guard next != "-", !FoldedText.isWhiteSpace(next) else { return false }
        position += 1
        return true
    }

    /// A phrase or word, and whether a `*` ends it.
    private mutating func takeText() -> (text: [Unicode.Scalar], beginsWord: Bool) {
        if Self.isQuote(scalars[position]) {
            let start = position + 1
            let end = scalars[start...].firstIndex(where: Self.isQuote) ?? scalars.count
            position = min(end + 1, scalars.count)
            return (Array(scalars[start..<end]), takeStar())
        }
        if let end = endOfTypographicPhrase() {
            let text = Array(scalars[(position + 1)..<end])
            position = end + 1
            return (text, takeStar())
        }
        var end = position
        while end < scalars.count, !FoldedText.isWhiteSpace(scalars[end]), !Self.isQuote(scalars[end]) { end += 1 }
        var text = Array(scalars[position..<end])
        position = end
        var beginsWord = false
        while text.count > 1, text.last == "*" {
            text.removeLast()
            beginsWord = true
        }
        return (text, beginsWord)
    }

    private mutating func takeStar() -> Bool {
        guard position < scalars.count, scalars[position] == "*", isBoundary(position + 1) else { return false }
        position += 1
        return true
    }

    private static func isQuote(_ scalar: Unicode.Scalar) -> Bool { scalar == "\"" || scalar == "＂" }

    private func isBoundary(_ index: Int) -> Bool {
        index >= scalars.count || FoldedText.isWhiteSpace(scalars[index])
    }

    /// Where a phrase in “” or 「」 that begins here ends. They occur in bulletins, so that they enclose a phrase only
    /// where it stands apart: `“双随机”监管` is one word.
    private func endOfTypographicPhrase() -> Int? {
        let closing: Unicode.Scalar
        switch scalars[position] {
        case "“": closing = "”"
        case "「": closing = "」"
        default: return nil
        }
        return scalars.indices[(position + 1)...].first { index in
            scalars[index] == closing
                && (isBoundary(index + 1) || (scalars[index + 1] == "*" && isBoundary(index + 2)))
        }
    }

    // MARK: Filters

    private static let longestName = 12

    /// A filter that begins here, if its name is one and its value fits.
    private mutating func takeFilter() -> SearchQuery.Condition? {
        var name = ""
        var end = position
        while end < scalars.count, name.unicodeScalars.count <= Self.longestName, scalars[end].properties.isAlphabetic,
            scalars[end].isASCII
        {
            name.unicodeScalars.append(scalars[end])
            end += 1
        }
        guard end < scalars.count, scalars[end] == ":" || scalars[end] == "：", let filter = Filter(name) else {
            return nil
        }
        let start = position
        position = end + 1
        if !isBoundary(position) {
            let (text, beginsWord) = takeText()
            if let condition = filter.condition(text, beginsWord: beginsWord) { return condition }
            note(filter, text)
        }
        position = start
        return nil
    }

    private mutating func note(_ filter: Filter, _ value: [Unicode.Scalar]) {
        let given = "\(filter.rawValue):\(String(String.UnicodeScalarView(value)))"
        switch filter {
        case .after, .before:
            notes.append("\(given) is searched as text: a date is YYYY, YYYY-MM or YYYY-MM-DD")
        case .kind:
            let kinds = Bulletin.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            notes.append("\(given) is searched as text: kinds are \(kinds)")
        case .title, .source, .org, .person, .speaker, .document: break
        }
    }

    private enum Filter: String {
        case title, source, org, person, speaker, document, after, before, kind

        init?(_ name: String) {
            switch name.lowercased() {
            case "organization", "organisation": self = .org
            case let name:
                guard let filter = Filter(rawValue: name) else { return nil }
                self = filter
            }
        }

        func condition(_ value: [Unicode.Scalar], beginsWord: Bool) -> SearchQuery.Condition? {
            let text = String(String.UnicodeScalarView(value))
            let key = FoldedText.askedKey(text)
            guard !key.isEmpty else { return nil }
            switch self {
            case .title: return SearchTerm(value, beginsWord: beginsWord).map { .title($0) }
            case .source: return .source(key)
            case .org: return .organization(key)
            case .person: return .person(key)
            case .speaker: return .speaker(key)
            case .document: return .document(key)
            case .after: return SearchDate.firstDay(of: key).map { .after($0) }
            case .before: return SearchDate.firstDay(of: key).map { .before($0) }
            case .kind: return Bulletin.Kind(rawValue: key).map { .kind($0) }
            }
        }
    }
}

/// Days, months and years as people write them.
enum SearchDate {
    /// The first day of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as `YYYY-MM-DD`; nil for anything else.
    static func firstDay(of text: String) -> String? {
        let completed =
            switch text.utf8.count {
            case 4: text + "-01-01"
            case 7: text + "-01"
            default: text
            }
        guard let date = BulletinDate(completed), date.year != nil else { return nil }
        return date.description
    }
}
