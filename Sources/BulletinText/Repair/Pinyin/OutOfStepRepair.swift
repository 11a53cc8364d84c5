/// Undoes what tools that worked on the bytes of GBK did out of step.
///
/// One tool put readings after pairs of bytes in its table. A pair made of one character's second byte and the next one's
/// first was taken for a character too. 鏈食 is E6 9C, CA B3; 9C CA is 準; so the stream became E6 9C, CA 28 (no character:
/// shown as `?`), `zhǔn)`, and B3 with whatever came next, until the pairs fell into step again. From the reading and the
/// byte before it follows which character was hit, from that the swallowed byte, and from there everything can be decoded
/// again.
///
/// Another tool cut texts at punctuation, which it also found between characters: 。縣 is A1 A3, BF 68; A3 BF is ？; so
/// A1 was left over (shown as `?`), and `？h` followed. What was left over is lost, and can only be inferred.
struct OutOfStepRepair {
    let bytes: UnsafeBufferPointer<UInt8>

    /// Characters that carry readings elsewhere in the text: the tool's table is known to hold them.
    let known: ScalarSet

    /// Infers what is lost.
    var inference: LostCharacters

    /// Whether the text is in traditional characters, which such tools make; nil until asked for.
    private var isTraditionalText: Bool?

    /// How much more may be tried in this text, so that the time stays linear.
    var budget: Int

    /// The punctuation at which texts are cut, by how it is shown: some sites make it half as wide afterwards.
    static func delimiter(_ shown: Unicode.Scalar) -> Unicode.Scalar? {
        switch shown {
        case "，", "。", "；", "：", "？", "！", "、": shown
        case ",": "，"
        case ";": "；"
        case ":": "："
        case "?": "？"
        case "!": "！"
        default: nil
        }
    }

    /// A place that was undone.
    struct Outcome {
        /// What stood there, for the bytes from the mark to `end`. A character that is lost and cannot be inferred is
        /// the mark itself.
        var text: [Unicode.Scalar] = []
        /// The offset where the text is in step again.
        var end = 0
        /// The number of insertions undone.
        var count = 1
        /// The number of readings among them that were read again from the text, which proves the decoding.
        var proofs = 0
        /// The cost of `text` in half bits.
        var cost = 0
        /// Whether it ends with a character that was lost or inferred, which proves nothing.
        var endsLost = false
        /// What is to be added for the words that its characters form or break.
        var links = 0

        var rank: Int { cost + links }
    }

    init(bytes: UnsafeBufferPointer<UInt8>, known: ScalarSet) {
        self.bytes = bytes
        self.known = known
        inference = LostCharacters(bytes)
        budget = bytes.count * 4
    }

    /// The end of a mark for an undecodable byte at `position` (`?` or U+FFFD), if one is there.
    static func mark(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Int? {
        guard position < bytes.count else { return nil }
        if bytes[position] == UInt8(ascii: "?") { return position + 1 }
        let isReplacement =
            bytes[position] == 0xEF && position + 2 < bytes.count && bytes[position + 1] == 0xBF
            && bytes[position + 2] == 0xBD
        return isReplacement ? position + 3 : nil
    }

    /// A mark and the rest of a reading after it, with a tone mark or without. Some decoders keep the parenthesis that broke the pair, others take it
    /// for part of the bad character.
    static func markedReading(
        _ bytes: UnsafeBufferPointer<UInt8>,
        at position: Int
    ) -> (reading: PinyinReading, end: Int)? {
        guard let end = mark(bytes, at: position) else { return nil }
        return PinyinReading.parseClosing(bytes, at: PinyinReading.openingParenthesis(bytes, at: end) ?? end)
    }

    /// Undoes the damage that begins with a mark and `reading`; `end` is the offset after its parenthesis, `before` the
    /// character before the mark. Nil if no plain text results.
    mutating func undo(_ reading: PinyinReading, end: Int, after before: Unicode.Scalar) -> Outcome? {
        guard let previous = GBK.table.pair(before) else { return nil }
        var best: Outcome?
        for hit in candidates(reading, lead: previous.trail) {
            guard var outcome = walk(from: end, pending: hit.trail, after: before) else { continue }
            outcome.cost += hit.penalty
            if outcome.rank < best?.rank ?? .max { best = outcome }
        }
        guard let best, best.cost <= best.text.count * 30 + 16 else { return nil }
        return best
    }

    /// Joins what was torn apart at the delimiter that begins at `start`, after a mark and `previous`. Nil if that does not
    /// make the text plainer.
    mutating func join(at start: Int, after previous: Unicode.Scalar) -> Outcome? {
        guard let (shown, length) = UTF8Bytes.scalar(bytes, at: start), let delimiter = Self.delimiter(shown),
            let pair = GBK.table.pair(delimiter),
            GBK.table.pair(previous) != nil,
            var outcome = walk(from: start + length, pending: pair.trail, after: nil)
        else { return nil }
        let mark: Unicode.Scalar = UTF8Bytes.scalar(bytes, before: start) ?? "?"
        let candidates = (UInt8(0x81)...0xFE).compactMap { inference.character($0, pair.lead) }
        let lost = inference.likeliest(candidates, after: previous, before: outcome.text.first) ?? mark
        outcome.text.insert(lost, at: 0)
        outcome.cost += TextCost.halfBits(lost)
        if outcome.endsLost, outcome.proofs == 0 { return nil }
        // One letter that turns into a character proves little unless it carries that character's reading.
        let before = cost(start..<outcome.end) + TextCost.halfBits(mark)
        let needed = outcome.proofs > 0 ? 4 : outcome.text.count > 2 ? 10 : lost != mark ? 8 : 24
        return before - outcome.cost >= needed && (outcome.proofs > 0 || isTraditional()) ? outcome : nil
    }

    /// A character that the tool may have hit.
    struct Candidate {
        let character: Unicode.Scalar
        /// Its second byte in GBK.
        let trail: UInt8
        /// What speaks against it, in half bits.
        let penalty: Int
    }

    /// The characters with a reading whose first byte in GBK is `lead`, the usual ones first: the tools' tables hold
    /// traditional characters, under their usual readings.
    func candidates(_ reading: PinyinReading, lead: UInt8) -> [Candidate] {
        let characters = Readings.table.characters(reading)
        var candidates: [Candidate] = []
        func add(_ characters: ArraySlice<Unicode.Scalar>, penalty: Int) {
            for character in characters {
                guard let pair = GBK.table.pair(character), pair.lead == lead else { continue }
                var penalty = penalty
                if known.contains(character) {
                    penalty = 0
                } else if reading.hasTone {
                    penalty += 8 + (Folding.fold(character) == character ? 8 : 0)
                }
                candidates.append(Candidate(character: character, trail: pair.trail, penalty: penalty))
            }
        }
        add(characters.usual, penalty: 0)
        add(characters.other, penalty: 8)
        return candidates
    }

    /// Whether more than one in fifty of the text's characters is traditional: in every text of that script, and in none
    /// of the other.
    private mutating func isTraditional() -> Bool {
        if let isTraditionalText { return isTraditionalText }
        var counts = (all: 0, traditional: 0)
        var position = 0
        while position < 1 << 16, let (scalar, length) = UTF8Bytes.scalar(bytes, at: position) {
            position += length
            guard scalar.value >= 0x4E00, scalar.value <= 0x9FFF else { continue }
            counts.all += 1
            if Folding.fold(scalar) != scalar { counts.traditional += 1 }
        }
        let answer = counts.traditional * 50 > counts.all
        isTraditionalText = answer
        return answer
    }

    /// The cost of what is shown in a range, readings left out.
    private func cost(_ range: Range<Int>) -> Int {
        var cost = 0
        var position = range.lowerBound
        while position < range.upperBound {
            if let (_, end) = PinyinReading.parseParenthesis(bytes, at: position) {
                position = end
            } else if let (scalar, length) = UTF8Bytes.scalar(bytes, at: position) {
                cost += TextCost.halfBits(scalar)
                position += length
            } else {
                break
            }
        }
        return cost
    }
}
