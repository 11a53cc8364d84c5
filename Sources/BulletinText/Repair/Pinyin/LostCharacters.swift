/// Infers characters of which one byte is lost, from the words that they may be part of.
///
/// What is inferred has to be clearly the likeliest: where several characters would do, the mark stays.
struct LostCharacters {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// Which characters stand side by side elsewhere in the text, folded; nil until asked for.
    private var pairsInText: NumberMap<UInt32, UInt8>?
    /// The pairs found for two known bytes.
    private var pairs: [UInt16: [(Unicode.Scalar, Unicode.Scalar)]] = [:]

    /// Half bits by which a character must be ahead of the next one.
    private static let margin = 8
    /// The same for two characters, which must be a word together.
    private static let pairMargin = 6
    /// What standing in no known word costs, in half bits.
    private static let unknown = 9
    /// How much of a text is read for its pairs.
    private static let readingLimit = 1 << 20

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// The character of a pair of bytes, if it is Han or punctuation.
    func character(_ lead: UInt8, _ trail: UInt8) -> Unicode.Scalar? {
        guard trail != 0x7F, let scalar = GBK.table.scalar(lead, trail) else { return nil }
        return TextCost.halfBits(scalar) <= 40 ? scalar : nil
    }

    /// The one of `candidates` that must have stood between two characters; nil if that is open.
    ///
    /// A Han character must make a known word with one beside it, unless it is the only candidate.
    mutating func likeliest(
        _ candidates: [Unicode.Scalar],
        after before: Unicode.Scalar?,
        before next: Unicode.Scalar?
    ) -> Unicode.Scalar? {
        var best: (scalar: Unicode.Scalar, cost: Int)?
        var second = Int.max
        var isWord = false
        for candidate in candidates {
            let links = (link(before, candidate), link(candidate, next))
            let cost = TextCost.halfBits(candidate) + links.0 + links.1
            if cost < best?.cost ?? .max { isWord = min(links.0, links.1) < 0 || !isHan(candidate) }
            if cost < best?.cost ?? .max {
                second = best?.cost ?? .max
                best = (candidate, cost)
            } else {
                second = min(second, cost)
            }
        }
        guard let best, second == .max || (isWord && second - best.cost >= Self.margin) else { return nil }
        return best.scalar
    }

    /// Two characters side by side of which the outer bytes are known, and the inner ones are no character of GBK
    /// together; nil if that is open, or no known word holds them.
    mutating func pair(
        _ lead: UInt8,
        _ trail: UInt8,
        after before: Unicode.Scalar?
    ) -> (Unicode.Scalar, Unicode.Scalar)? {
        let key = UInt16(lead) << 8 | UInt16(trail)
        let known = pairs[key] ?? findPairs(lead, trail)
        pairs[key] = known
        var best: (pair: (Unicode.Scalar, Unicode.Scalar), cost: Int)?
        var second = Int.max
        for pair in known {
            let cost =
                TextCost.halfBits(pair.0) + TextCost.halfBits(pair.1) + link(before, pair.0) + link(pair.0, pair.1)
            if cost < best?.cost ?? .max {
                second = best?.cost ?? .max
                best = (pair, cost)
            } else {
                second = min(second, cost)
            }
        }
        guard let best, second == .max || second - best.cost >= Self.pairMargin else { return nil }
        return best.pair
    }

    private mutating func findPairs(_ lead: UInt8, _ trail: UInt8) -> [(Unicode.Scalar, Unicode.Scalar)] {
        var found: [(Unicode.Scalar, Unicode.Scalar)] = []
        // A lower first byte would not have been taken for one.
        for inner in UInt8(0x81)...0xFE {
            guard let first = character(lead, inner), isHan(first) else { continue }
            for outer in UInt8(0x81)...0xFE where GBK.table.isUndefined(inner, outer) {
                if let second = character(outer, trail), link(first, second) < Self.unknown, isHan(second) {
                    found.append((first, second))
                }
            }
        }
        return found
    }

    /// What it costs, in half bits, that two characters stand side by side; less than nothing for those of words.
    mutating func link(_ first: Unicode.Scalar?, _ second: Unicode.Scalar?) -> Int {
        guard let first, let second, isHan(first), isHan(second) else { return 0 }
        if let rank = WordPairs.table.rank(first, second) { return 2 * rank - 10 }
        return isInText(first, second) ? -4 : Self.unknown
    }

    private mutating func isInText(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
        if pairsInText == nil { pairsInText = readPairs() }
        return pairsInText?.contains(WordPairs.key(Folding.fold(first), Folding.fold(second))) ?? false
    }

    /// The pairs of Han characters of the text. Letters and parentheses between them are passed over: readings.
    private func readPairs() -> NumberMap<UInt32, UInt8> {
        var pairs = NumberMap<UInt32, UInt8>(capacity: min(bytes.count, Self.readingLimit) / 4)
        var previous: Unicode.Scalar?
        var position = 0
        while position < Self.readingLimit, let (scalar, length) = UTF8Bytes.scalar(bytes, at: position) {
            position += length
            if isHan(scalar) {
                let folded = Folding.foldNonASCII(scalar)
                if let previous { pairs.add(WordPairs.key(previous, folded)) }
                previous = folded
            } else if !(Self.isLetter(scalar) || scalar == "(" || scalar == ")") {
                previous = nil
            }
        }
        return pairs
    }

    /// Whether a scalar is alphabetic; Unicode's own tables are asked only for what is no usual punctuation.
    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00..<0x80: (scalar.value | 0x20) &- 0x61 < 26
        case 0xC0...0x24F: scalar.value != 0xD7 && scalar.value != 0xF7
        case 0x2010...0x2027, 0x3000...0x3003, 0x3008...0x3020, 0xFF01...0xFF20: false
        default: scalar.properties.isAlphabetic
        }
    }

    @inline(__always)
    private func isHan(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x4E00 && scalar.value <= 0x9FFF
    }
}
