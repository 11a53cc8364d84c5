/// Undoes what the tool that left readings in texts did out of step.
///
/// It worked on the bytes of GBK: after each pair of bytes in its table it put the pair's reading, `(zhǔn)`. A pair made
/// of one character's second byte and the next one's first was taken for a character too. 鏈食 is E6 9C, CA B3; 9C CA is 準;
/// so the stream became E6 9C, CA 28 (no character: shown as `?`), `zhǔn)`, and B3 with whatever came next, until the
/// pairs fell into step again. From the reading and the byte before it follows which character was hit, from that the
/// swallowed byte, and from there everything can be decoded again.
struct OutOfStepRepair {
    let bytes: UnsafeBufferPointer<UInt8>

    /// Characters that carry readings elsewhere in the text: the tool's table is known to hold them.
    let known: Set<Unicode.Scalar>

    /// More characters than this were never seen to be shifted in one go.
    private static let limit = 96

    /// A place that was undone.
    struct Outcome {
        /// What stood there, for the bytes from the mark to `end`.
        var text: [Unicode.Scalar] = []
        /// The offset where the text is in step again.
        var end = 0
        /// The number of readings undone.
        var readings = 1
        /// The cost of `text` in half bits.
        var cost = 0
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

    /// A mark and the rest of a reading after it. Some decoders keep the parenthesis that broke the pair, others take it
    /// for part of the bad character.
    static func markedReading(
        _ bytes: UnsafeBufferPointer<UInt8>,
        at position: Int
    ) -> (reading: PinyinReading, end: Int)? {
        guard let end = mark(bytes, at: position) else { return nil }
        let inside = PinyinReading.openingParenthesis(bytes, at: end) ?? end
        guard let found = PinyinReading.parseClosing(bytes, at: inside), found.reading.hasTone else { return nil }
        return found
    }

    /// Undoes the damage that begins with the mark before `reading`; `end` is the offset after its parenthesis, `before`
    /// the character before the mark. Nil if no plain text results.
    func repair(_ reading: PinyinReading, end: Int, before: Unicode.Scalar) -> Outcome? {
        guard let previous = GBK.table.pair(before) else { return nil }
        var best: Outcome?
        for (hit, penalty) in candidates(reading) {
            guard let pair = GBK.table.pair(hit), pair.lead == previous.trail,
                var outcome = walk(from: end, pending: pair.trail)
            else { continue }
            outcome.cost += penalty
            if outcome.cost < best?.cost ?? .max { best = outcome }
        }
        guard let best, best.cost <= best.text.count * 30 + 16 else { return nil }
        return best
    }

    /// The characters with a reading, each with what speaks against it, in half bits: the tools' tables hold traditional
    /// characters, under their usual readings.
    private func candidates(_ reading: PinyinReading) -> [(Unicode.Scalar, Int)] {
        let characters = Readings.table.characters(reading)
        return (characters.usual.map { ($0, 0) } + characters.other.map { ($0, 8) }).map { character, penalty in
            if known.contains(character) { return (character, 0) }
            return (character, penalty + 8 + (Folding.fold(character) == character ? 8 : 0))
        }
    }

    /// Decodes from `start` on, out of step, beginning with the swallowed byte `pending`.
    private func walk(from start: Int, pending first: UInt8) -> Outcome? {
        var outcome = Outcome(end: start)
        var pending = first
        var count = 0
        while count < Self.limit {
            count += 1
            if let (reading, end) = Self.markedReading(bytes, at: outcome.end) {
                // The pending byte and the swallowed one are a character that the tool hit in step.
                guard let hit = hit(reading, lead: pending) else { return nil }
                append(hit, to: &outcome)
                outcome.readings += 1
                outcome.end = end
                return outcome
            }
            guard let (scalar, length) = UTF8Bytes.scalar(bytes, at: outcome.end) else { return nil }
            if scalar.value < 0x80 {
                // A trail byte that looks like a letter ends the shift.
                guard scalar.value >= 0x40, scalar.value < 0x7F,
                    let character = GBK.table.scalar(pending, UInt8(scalar.value))
                else { return nil }
                append(character, to: &outcome)
                outcome.end += length
                skipReading(&outcome)
                return outcome
            }
            guard let pair = GBK.table.pair(scalar), let character = GBK.table.scalar(pending, pair.lead) else {
                return nil
            }
            append(character, to: &outcome)
            outcome.end += length
            if pair.trail < 0x80 {
                outcome.text.append(Unicode.Scalar(pair.trail))
                outcome.cost += TextCost.halfBits(Unicode.Scalar(pair.trail))
                return outcome
            }
            pending = pair.trail
            // This shifted pair may have been taken for a character too.
            skipReading(&outcome)
        }
        return nil
    }

    /// Passes over a reading that was put after what was decoded last.
    private func skipReading(_ outcome: inout Outcome) {
        if let (reading, end) = PinyinReading.parseParenthesis(bytes, at: outcome.end), reading.hasTone {
            outcome.readings += 1
            outcome.end = end
        }
    }

    /// The likeliest character with the reading whose first byte is `lead`.
    private func hit(_ reading: PinyinReading, lead: UInt8) -> Unicode.Scalar? {
        candidates(reading).filter { GBK.table.pair($0.0)?.lead == lead }
            .min { $0.1 + TextCost.halfBits($0.0) < $1.1 + TextCost.halfBits($1.0) }?.0
    }

    private func append(_ scalar: Unicode.Scalar, to outcome: inout Outcome) {
        outcome.text.append(scalar)
        outcome.cost += TextCost.halfBits(scalar)
    }
}
