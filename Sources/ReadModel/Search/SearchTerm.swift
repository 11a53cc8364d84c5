internal import BulletinText

/// One term: a text that occurs, folded, within a paragraph or the title. A white space in the term stands for one or
/// more in the text.
struct SearchTerm: Hashable {
    /// Folded; white space as single spaces, none at the ends.
    let scalars: [Unicode.Scalar]
    /// Whether it must begin a word, where it begins with a letter or digit of a script that has words: `covid*`.
    let beginsWord: Bool

    /// The term that some text makes; nil if that is nothing but white space.
    init?(_ text: some Sequence<Unicode.Scalar>, beginsWord: Bool = false) {
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
        guard let first = scalars.first else { return nil }
        self.scalars = scalars
        // Every Han character begins a word.
        self.beginsWord = beginsWord && SearchTokens.isOfWord(first)
    }

    /// Whether the index alone answers for the term: it holds nothing that is not indexed, and may stand anywhere.
    var isExact: Bool { !beginsWord && scalars.allSatisfy(SearchTokens.isIndexed) }

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
        if beginsWord, start > 0, SearchTokens.isOfWord(Folding.fold(text[start - 1])) { return nil }
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

extension SearchTerm: Codable {
    private enum CodingKeys: String, CodingKey {
        case text
        case beginsWord
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        scalars = Array(try container.decode(String.self, forKey: .text).unicodeScalars)
        beginsWord = try container.decode(Bool.self, forKey: .beginsWord)
        guard !scalars.isEmpty else {
            throw DecodingError.dataCorruptedError(forKey: .text, in: container, debugDescription: "an empty term")
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(String(String.UnicodeScalarView(scalars)), forKey: .text)
        try container.encode(beginsWord, forKey: .beginsWord)
    }
}
