internal import BulletinText

/// What a person typed into the search, as terms that must all occur.
///
/// The grammar: terms are separated by white space and all must occur; `"…"` makes one term of what it encloses, white
/// space included; a quotation mark without a partner encloses the rest. Every input is a query: what holds no term
/// finds nothing.
struct SearchQuery {
    var terms: [SearchTerm] = []

    init(_ text: String) {
        var current: [Unicode.Scalar] = []
        var isQuoted = false
        for scalar in text.unicodeScalars {
            if scalar == "\"" {
                add(&current)
                isQuoted.toggle()
            } else if !isQuoted, FoldedText.isWhiteSpace(scalar) {
                add(&current)
            } else {
                current.append(scalar)
            }
        }
        add(&current)
    }

    private mutating func add(_ scalars: inout [Unicode.Scalar]) {
        if let term = SearchTerm(scalars), !terms.contains(term) { terms.append(term) }
        scalars.removeAll()
    }

    /// How many terms are looked up in the index: FTS5 parses so many with ease. More are checked in the text.
    private static let lookedUp = 64

    /// The full-text expression that all hits satisfy; nil if no term can be looked up in the index.
    var expression: String? {
        let phrases = terms.prefix(Self.lookedUp).compactMap(\.phrase)
        return phrases.isEmpty ? nil : phrases.joined(separator: " AND ")
    }

    /// Whether everything that satisfies ``expression`` is a hit.
    var isExact: Bool { terms.count <= Self.lookedUp && terms.allSatisfy(\.isExact) }

    /// Whether each term occurs in one of the texts.
    func matches(_ texts: [[Unicode.Scalar]]) -> Bool {
        terms.allSatisfy { term in texts.contains { term.firstMatch(in: $0, from: 0) != nil } }
    }
}

/// One term: a text that occurs, folded, within a paragraph or the title. A white space in the term stands for one or
/// more in the text.
struct SearchTerm: Equatable {
    /// Folded; white space as single spaces, none at the ends.
    let scalars: [Unicode.Scalar]

    /// The term that some text makes; nil if that is nothing but white space.
    init?(_ text: [Unicode.Scalar]) {
        var scalars: [Unicode.Scalar] = []
        for scalar in text {
            if FoldedText.isWhiteSpace(scalar) {
                if scalars.last != " " { scalars.append(" ") }
            } else {
                scalars.append(Folding.fold(scalar))
            }
        }
        if scalars.first == " " { scalars.removeFirst() }
        if scalars.last == " " { scalars.removeLast() }
        if scalars.isEmpty { return nil }
        self.scalars = scalars
    }

    /// Whether the index alone answers for the term: it holds nothing that is not indexed.
    var isExact: Bool { scalars.allSatisfy(SearchTokens.isIndexed) }

    /// The term as an FTS5 phrase of the tokens that ``SearchTokens`` makes; nil if nothing of it is indexed.
    ///
    /// Within the term a run of indexed scalars ends as it does in the text, with its last scalar alone. The last run
    /// may go on in the text: it ends with its last pair, or, if it is a single scalar, with a prefix.
    var phrase: String? {
        var tokens: [UInt8] = []
        SearchTokens.append(scalars, to: &tokens)
        guard !tokens.isEmpty else { return nil }
        // Every token ends with a space.
        var words = tokens.dropLast().split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
        var isPrefix = false
        if let last = scalars.last, SearchTokens.isIndexed(last) {
            let runLength = scalars.reversed().prefix(while: SearchTokens.isIndexed).count
            if runLength > 1 { words.removeLast() } else { isPrefix = true }
        }
        return "\"" + words.joined(separator: " ") + "\"" + (isPrefix ? "*" : "")
    }

    /// The first place at or after `start` where the term occurs in `text`.
    func firstMatch(in text: [Unicode.Scalar], from start: Int) -> Range<Int>? {
        var position = start
        while position < text.count {
            if let end = end(ofMatchAt: position, in: text) { return position..<end }
            position += 1
        }
        return nil
    }

    private func end(ofMatchAt start: Int, in text: [Unicode.Scalar]) -> Int? {
        var position = start
        for scalar in scalars {
            guard position < text.count else { return nil }
            if scalar == " " {
                guard FoldedText.isWhiteSpace(text[position]) else { return nil }
                while position < text.count, FoldedText.isWhiteSpace(text[position]) { position += 1 }
            } else {
                guard Folding.fold(text[position]) == scalar, !FoldedText.isWhiteSpace(text[position]) else {
                    return nil
                }
                position += 1
            }
        }
        return position
    }
}
