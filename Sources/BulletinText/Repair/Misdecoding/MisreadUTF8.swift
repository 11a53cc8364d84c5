/// UTF-8 that was read as GBK, in a stretch of text in which not everything came through.
///
/// Three bytes of UTF-8 are one and a half characters of GBK. The odd one out is lost where ASCII follows it, and shown as
/// a mark, so that whole lines are seldom exact. What is known is decoded; a character of which one byte is lost is
/// inferred where one is clearly the likeliest; otherwise its mark stays.
struct MisreadUTF8 {
    /// A byte that was read, or what stands where bytes are missing.
    private enum Unit {
        case byte(UInt8)
        /// One byte or two that were no character of GBK, by what is shown for them.
        case mark(Unicode.Scalar)
        /// A character that is none of GBK.
        case barrier
    }

    /// A character that was decoded, or the ones that may have stood where bytes are missing.
    private enum Token {
        case scalar(Unicode.Scalar)
        case lost(mark: Unicode.Scalar, candidates: [Unicode.Scalar])
    }

    private let text: ArraySlice<UInt8>
    private var units: [Unit] = []
    /// For each unit that begins a character of the text: its offset there; otherwise -1.
    private var offsets: [Int] = []
    private var inference = LostCharacters(UnsafeBufferPointer(start: nil, count: 0))

    /// What an unknown character costs, in half bits.
    private static let unknown = 30

    init(_ text: ArraySlice<UInt8>) {
        self.text = text
        var position = text.startIndex
        text.withUnsafeBufferPointer { bytes in
            while let (scalar, length) = UTF8Bytes.scalar(bytes, at: position - text.startIndex) {
                offsets.append(position)
                if scalar == "?" || scalar == "\u{FFFD}" {
                    units.append(.mark(scalar))
                } else if scalar.value < 0x80 {
                    units.append(.byte(UInt8(scalar.value)))
                } else if scalar == "€" {
                    // GBK as browsers and Windows read it: 80 is the euro sign.
                    units.append(.byte(0x80))
                } else if let pair = GBK.table.pair(scalar) {
                    units += [.byte(pair.lead), .byte(pair.trail)]
                    offsets.append(-1)
                } else {
                    units.append(.barrier)
                }
                position += length
            }
        }
        offsets.append(text.endIndex)
    }

    /// Appends the text with what can be decoded again.
    mutating func repair(into result: inout MisdecodingRepair.Result) {
        var index = 0
        while index < units.count {
            if let (tokens, end) = parse(from: index) {
                let before = text[offsets[index]..<offsets[end]]
                let (after, cost) = resolve(tokens)
                let old = MisdecodingRepair.cost(before)
                // Marks alone get cheaper without a character of them getting better.
                if cost * 10 <= old * 7, old - cost >= 36, !after.elementsEqual(before) {
                    result.bytes += after
                    result.counts[.utf8AsGBK, default: 0] += 1
                } else {
                    result.bytes += before
                }
                index = end
            } else {
                let next = offsets[index + 1] < 0 ? index + 2 : index + 1
                result.bytes += text[offsets[index]..<offsets[next]]
                index = next
            }
        }
    }

    /// The longest stretch of UTF-8 from `start` on that ends where a character of the text does.
    private func parse(from start: Int) -> (tokens: [Token], end: Int)? {
        var tokens: [Token] = []
        var index = start
        var best = (count: 0, end: start)
        while index < units.count {
            switch units[index] {
            case .barrier:
                index = units.count
                continue
            case .mark(let mark):
                let known = continuations(at: index + 1)
                if known.isEmpty, mark == "?" {
                    tokens.append(.scalar(mark))
                } else if !tokens.isEmpty, known.count <= 2 {
                    tokens.append(.lost(mark: mark, candidates: leads(known)))
                } else {
                    index = units.count
                    continue
                }
                index += 1 + known.count
            case .byte(let first):
                let length =
                    first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0
                let known = Array(continuations(at: index + 1).prefix(max(0, length - 1)))
                if length > 0, known.count == length - 1, let scalar = Self.scalar([first] + known) {
                    tokens.append(.scalar(scalar))
                    index += length
                } else if length == 3, index + known.count + 1 < units.count,
                    case .mark(let mark) = units[index + known.count + 1]
                {
                    tokens.append(.lost(mark: mark, candidates: known.count == 1 ? tails(first, known[0]) : []))
                    index += known.count + 2
                    // The mark stands for the next character's first byte too, if that is missing.
                    let rest = continuations(at: index)
                    if rest.count == 1 || rest.count == 2 {
                        tokens.append(.lost(mark: mark, candidates: leads(rest)))
                        index += rest.count
                    }
                } else {
                    index = units.count
                    continue
                }
            }
            if offsets[index] >= 0 { best = (tokens.count, index) }
        }
        return best.end > start ? (Array(tokens[..<best.count]), best.end) : nil
    }

    /// The UTF-8 of the tokens, and its cost in half bits.
    private mutating func resolve(_ tokens: [Token]) -> (bytes: [UInt8], cost: Int) {
        var bytes: [UInt8] = []
        var cost = 0
        var previous: Unicode.Scalar?
        for (index, token) in tokens.enumerated() {
            let scalar: Unicode.Scalar
            switch token {
            case .scalar(let known):
                scalar = known
                cost += known.value < 0x80 ? 0 : TextCost.halfBits(known)
            case .lost(let mark, let candidates):
                var next: Unicode.Scalar?
                if index + 1 < tokens.count, case .scalar(let known) = tokens[index + 1] { next = known }
                let inferred = inference.likeliest(candidates, after: previous, before: next)
                scalar = inferred ?? mark
                cost += inferred.map(TextCost.halfBits) ?? Self.unknown
            }
            UTF8Bytes.append(scalar, to: &bytes)
            previous = scalar
        }
        return (bytes, cost)
    }

    /// The continuation bytes of UTF-8 from `start` on, three at most.
    private func continuations(at start: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        while start + bytes.count < units.count, bytes.count < 3, case .byte(let byte) = units[start + bytes.count],
            byte & 0xC0 == 0x80
        {
            bytes.append(byte)
        }
        return bytes
    }

    /// The Han and punctuation whose last byte is missing.
    private func tails(_ first: UInt8, _ second: UInt8) -> [Unicode.Scalar] {
        (UInt8(0x80)...0xBF).compactMap { Self.scalar([first, second, $0]) }.filter { TextCost.halfBits($0) <= 40 }
    }

    /// The Han and punctuation whose first byte is missing.
    private func leads(_ rest: [UInt8]) -> [Unicode.Scalar] {
        guard rest.count == 2 else { return [] }
        return (UInt8(0xE2)...0xEF).compactMap { Self.scalar([$0] + rest) }.filter { TextCost.halfBits($0) <= 40 }
    }

    private static func scalar(_ bytes: [UInt8]) -> Unicode.Scalar? {
        String(validating: bytes, as: UTF8.self)?.unicodeScalars.first
    }
}
