/// A paragraph as the directive rules see it: its sentences and the telling words in them.
struct ParagraphReading {
    /// A telling word or a mark of punctuation outside quotations and parentheses.
    struct Token {
        var start: Int
        var end: Int
        var tags: WordTags
    }

    /// A stretch between two full stops, semicolons or line ends.
    struct Sentence {
        /// Its scalars, without the mark that ends it.
        var range: Range<Int>
        /// Its words among ``ParagraphReading/tokens``.
        var tokens: Range<Int>
    }

    private let words: WordTrie<WordTags>
    private(set) var tokens: [Token] = []
    private(set) var sentences: [Sentence] = []
    private var openings: [Opening] = []
    private var partners: [(open: Int, close: Int)] = []

    private struct Opening {
        var position: Int
        var closing: UInt32
    }

    /// A reading that knows the telling words given.
    init(words: WordTrie<WordTags>) {
        self.words = words
    }

    /// Reads a paragraph; what the reading before it allocated is used again. No word is looked for in the ranges of
    /// `names`, which are in order: 包旭建|强调 holds no 建强.
    mutating func read(_ text: [Unicode.Scalar], names: [Range<Int>] = []) {
        tokens.removeAll(keepingCapacity: true)
        sentences.removeAll(keepingCapacity: true)
        pairBrackets(in: text)
        var sentenceStart = 0
        var firstToken = 0
        var position = 0
        var nextPartner = 0
        var nextName = 0
        var lastLooseQuote = -1

        func close(at end: Int) {
            var range = sentenceStart..<end
            while let first = range.first, Self.isTrimmed(text[first]) { range = range.dropFirst() }
            while let last = range.last, last == lastLooseQuote || Self.isTrimmed(text[last]) {
                range = range.dropLast()
            }
            if !range.isEmpty { sentences.append(Sentence(range: range, tokens: firstToken..<tokens.count)) }
            firstToken = tokens.count
        }

        while position < text.count {
            if nextPartner < partners.count, partners[nextPartner].open <= position {
                // A quotation, title or parenthesis is passed over whole.
                let partner = partners[nextPartner]
                nextPartner += 1
                if partner.open == position {
                    position = partner.close + 1
                    while nextPartner < partners.count, partners[nextPartner].open < position { nextPartner += 1 }
                }
                continue
            }
            while nextName < names.count, names[nextName].lowerBound < position { nextName += 1 }
            if nextName < names.count, names[nextName].lowerBound == position, !names[nextName].isEmpty {
                position = names[nextName].upperBound
                continue
            }
            let scalar = text[position]
            switch Self.mark(scalar) {
            case .stop:
                close(at: position)
                position += 1
                sentenceStart = position
            case .comma:
                tokens.append(Token(start: position, end: position + 1, tags: .comma))
                position += 1
            case .colon:
                if Self.isTime(text, around: position) {
                    position += 1
                } else if Self.announces(text, before: position) {
                    close(at: position)
                    position += 1
                    sentenceStart = position
                } else {
                    tokens.append(Token(start: position, end: position + 1, tags: .colon))
                    position += 1
                }
            case .none:
                if Self.isQuote(scalar) {
                    // A mark of a speech that is read into, or one without a partner.
                    lastLooseQuote = position
                    if text[sentenceStart..<position].allSatisfy(Self.isTrimmed) { sentenceStart = position + 1 }
                    position += 1
                    continue
                }
                guard let word = words.longest(in: text, at: position, limit: text.count) else {
                    position += 1
                    continue
                }
                if word.value != .mask { tokens.append(Token(start: position, end: word.end, tags: word.value)) }
                position = word.end
            }
        }
        close(at: text.count)
    }

    /// The common Han characters: most of a text, and none of its punctuation.
    private static func isHan(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x4E00 && scalar.value <= 0x9FFF
    }

    private enum Mark {
        case none, stop, comma, colon
    }

    private static func mark(_ scalar: Unicode.Scalar) -> Mark {
        if isHan(scalar) { return .none }
        return switch scalar {
        case "。", "!", "?", ";", "｡", "！", "？", "；", "\n": .stop
        case ",", "，": .comma
        case ":", "：": .colon
        default: .none
        }
    }

    /// True for 如下: which ends the words that announce a list.
    private static func announces(_ text: [Unicode.Scalar], before position: Int) -> Bool {
        position >= 2 && text[position - 1] == "下" && text[position - 2] == "如"
    }

    private static func isTrimmed(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isWhitespace || scalar == "," || scalar == "，" || scalar == "、" || scalar == "…"
    }

    private static func isClosingQuote(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "”" || scalar == "」" || scalar == "』" || scalar == "\""
    }

    private static func isQuote(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "“" || scalar == "「" || scalar == "『" || isClosingQuote(scalar)
    }

    /// True for the colon of 8:30.
    private static func isTime(_ text: [Unicode.Scalar], around position: Int) -> Bool {
        guard position > 0, position + 1 < text.count else { return false }
        return ("0"..."9").contains(text[position - 1]) && ("0"..."9").contains(text[position + 1])
    }

    /// Finds the outermost pairs of brackets and quotation marks that are to be passed over, in order. Marks without a
    /// partner are ignored, and so are those around a speech of several sentences after a colon.
    private mutating func pairBrackets(in text: [Unicode.Scalar]) {
        openings.removeAll(keepingCapacity: true)
        partners.removeAll(keepingCapacity: true)
        for (position, scalar) in text.enumerated() {
            guard let bracket = Self.bracket(scalar) else { continue }
            switch bracket {
            case .open(let closing):
                openings.append(Opening(position: position, closing: closing))
            case .close:
                closeBracket(at: position, in: text)
            case .straight:
                if !closeBracket(at: position, in: text) {
                    openings.append(Opening(position: position, closing: scalar.value))
                }
            }
        }
        partners.sort { $0.open < $1.open }
    }

    /// Pairs the mark at `position` with one of the innermost open ones, forgetting those between; few, so that a text
    /// of nothing but opening marks costs no more than another.
    @discardableResult
    private mutating func closeBracket(at position: Int, in text: [Unicode.Scalar]) -> Bool {
        let innermost = openings.suffix(4)
        guard let index = innermost.lastIndex(where: { $0.closing == text[position].value }) else { return false }
        let opening = openings[index]
        openings.removeSubrange(index...)
        pair(opening.position, position, in: text)
        return true
    }

    private mutating func pair(_ open: Int, _ close: Int, in text: [Unicode.Scalar]) {
        if Self.isClosingQuote(text[close]), open > 0, Self.mark(text[open - 1]) == .colon,
            text[open..<close].contains(where: { Self.mark($0) == .stop })
        {
            return
        }
        // Pairs come innermost first: an outer one takes the place of those inside it.
        while let inner = partners.last, inner.open > open { partners.removeLast() }
        partners.append((open, close))
    }

    private enum Bracket {
        case open(closing: UInt32)
        case close
        case straight
    }

    private static func bracket(_ scalar: Unicode.Scalar) -> Bracket? {
        if isHan(scalar) { return nil }
        return switch scalar {
        case "(": .open(closing: 0x29)
        case "（": .open(closing: 0xFF09)
        case "《": .open(closing: 0x300B)
        case "〈": .open(closing: 0x3009)
        case "“": .open(closing: 0x201D)
        case "「": .open(closing: 0x300D)
        case "『": .open(closing: 0x300F)
        case "[": .open(closing: 0x5D)
        case "【": .open(closing: 0x3011)
        case "〔": .open(closing: 0x3015)
        case ")", "）", "》", "〉", "”", "」", "』", "]", "】", "〕": .close
        case "\"": .straight
        default: nil
        }
    }
}
