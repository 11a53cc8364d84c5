extension OutOfStepRepair {
    /// More characters than this were never seen to be shifted in one go.
    private static let limit = 96

    /// How one step of the walk ends.
    private enum Step {
        /// Out of step still, with this byte pending.
        case pending(UInt8)
        /// In step again.
        case done
        /// This is not how the text was damaged.
        case failed
    }

    /// Decodes from `start` on, out of step, beginning with the byte `pending`, until the text is in step again.
    mutating func walk(from start: Int, pending first: UInt8, after before: Unicode.Scalar?) -> Outcome? {
        var outcome = Outcome(end: start)
        var pending = first
        for _ in 0..<Self.limit {
            budget -= 1
            guard budget > 0 else { return nil }
            let step: Step
            let reading =
                Self.markedReading(bytes, at: outcome.end)
                ?? PinyinReading.parseClosing(bytes, at: outcome.end).flatMap { $0.reading.hasTone ? $0 : nil }
            if let (reading, end) = reading {
                step = hit(reading, end: end, pending, after: before, &outcome)
            } else if let end = Self.mark(bytes, at: outcome.end) {
                step = lost(markEnd: end, pending, after: before, &outcome)
            } else {
                step = shifted(pending, after: before, &outcome)
            }
            switch step {
            case .pending(let byte): pending = byte
            case .done: return outcome
            case .failed: return nil
            }
        }
        return nil
    }

    /// The pending byte and the swallowed one are a character that the tool hit in step.
    private mutating func hit(
        _ reading: PinyinReading,
        end: Int,
        _ pending: UInt8,
        after before: Unicode.Scalar?,
        _ outcome: inout Outcome
    ) -> Step {
        var best: (character: Unicode.Scalar, cost: Int)?
        for candidate in candidates(reading, lead: pending) {
            let links =
                inference.link(outcome.text.last ?? before, candidate.character)
                + inference.link(candidate.character, UTF8Bytes.scalar(bytes, at: end)?.scalar)
            let cost = candidate.penalty + TextCost.halfBits(candidate.character) + links
            if cost < best?.cost ?? .max { best = (candidate.character, cost) }
        }
        guard let best else { return .failed }
        append(best.character, after: before, to: &outcome)
        outcome.count += 1
        outcome.proofs += 1
        outcome.end = end
        return .done
    }

    /// The pending byte and the first one of what is shown next are a character.
    private mutating func shifted(
        _ pending: UInt8,
        after before: Unicode.Scalar?,
        _ outcome: inout Outcome
    ) -> Step {
        guard let (scalar, length) = UTF8Bytes.scalar(bytes, at: outcome.end) else { return .failed }
        if scalar.value < 0x80 {
            // A second byte that looks like a letter ends the shift.
            guard scalar.value >= 0x40, scalar.value < 0x7F,
                let character = GBK.table.scalar(pending, UInt8(scalar.value))
            else { return .failed }
            append(character, after: before, to: &outcome)
            outcome.end += length
            skipReading(&outcome)
            return .done
        }
        guard let pair = GBK.table.pair(scalar), let character = GBK.table.scalar(pending, pair.lead) else {
            return .failed
        }
        append(character, after: before, to: &outcome)
        outcome.end += length
        if pair.trail < 0x80 {
            append(Unicode.Scalar(pair.trail), after: before, to: &outcome)
            return .done
        }
        // This shifted pair may have been taken for a character too.
        skipReading(&outcome)
        return .pending(pair.trail)
    }

    /// A mark: two bytes that are no character together, or one that was left over, alone or with a byte of ASCII.
    private mutating func lost(
        markEnd: Int,
        _ pending: UInt8,
        after before: Unicode.Scalar?,
        _ outcome: inout Outcome
    ) -> Step {
        let next = UTF8Bytes.scalar(bytes, at: markEnd)
        if next.flatMap({ Self.delimiter($0.scalar) }) == nil,
            let (first, second, rest) = undefinedPair(pending, next?.scalar, after: outcome.text.last ?? before)
        {
            append(first, after: before, to: &outcome)
            append(second, after: before, to: &outcome)
            outcome.end = markEnd + (next?.length ?? 0)
            outcome.count += 1
            guard let rest, rest >= 0x80 else {
                if let rest { append(Unicode.Scalar(rest), after: before, to: &outcome) }
                skipReading(&outcome)
                return .done
            }
            skipReading(&outcome)
            return .pending(rest)
        }
        let tag = isTagRest(markEnd)
        let isParagraphEnd = tag || next == nil || next?.scalar == "\n" || next?.scalar == "\r"
        let candidates = (UInt8(0x40)...0xFE).compactMap { inference.character(pending, $0) }
        let mark = UTF8Bytes.scalar(bytes, at: outcome.end)?.scalar ?? "?"
        let likeliest =
            isParagraphEnd && candidates.contains("。")
            ? "。" : inference.likeliest(candidates, after: outcome.text.last ?? before, before: next?.scalar)
        append(likeliest ?? mark, after: before, to: &outcome)
        // The decoder took the markup's bracket with the byte that was left over.
        if tag { append("<", after: before, to: &outcome) }
        outcome.end = markEnd
        outcome.endsLost = true
        return .done
    }

    /// Two characters whose bytes are `pending`, two that are no character together, and the first one of `next`; with
    /// them the second byte of `next`, nil if it has none. Only pairs that stand side by side elsewhere count.
    private mutating func undefinedPair(
        _ pending: UInt8,
        _ next: Unicode.Scalar?,
        after before: Unicode.Scalar?
    ) -> (Unicode.Scalar, Unicode.Scalar, UInt8?)? {
        guard let next else { return nil }
        let trail: UInt8
        let rest: UInt8?
        if next.value < 0x80 {
            guard next.value >= 0x40, next.value < 0x7F else { return nil }
            trail = UInt8(next.value)
            rest = nil
        } else if let pair = GBK.table.pair(next) {
            trail = pair.lead
            rest = pair.trail
        } else {
            return nil
        }
        return inference.pair(pending, trail, after: before).map { ($0, $1, rest) }
    }

    private mutating func append(
        _ scalar: Unicode.Scalar,
        after before: Unicode.Scalar?,
        to outcome: inout Outcome
    ) {
        outcome.links += inference.link(outcome.text.last ?? before, scalar)
        outcome.cost += TextCost.halfBits(scalar)
        outcome.text.append(scalar)
    }

    /// Whether a closing tag without its bracket begins at `start`.
    private func isTagRest(_ start: Int) -> Bool {
        guard start < bytes.count, bytes[start] == UInt8(ascii: "/") else { return false }
        var end = start + 1
        while end < bytes.count, end - start < 10, (bytes[end] | 0x20) &- 0x61 < 26 || bytes[end] &- 0x30 < 10 {
            end += 1
        }
        return end > start + 1 && end < bytes.count && bytes[end] == UInt8(ascii: ">")
    }

    /// Passes over a reading that was put after what was decoded last.
    private func skipReading(_ outcome: inout Outcome) {
        guard let (reading, end) = PinyinReading.parseParenthesis(bytes, at: outcome.end), reading.hasTone else {
            return
        }
        outcome.count += 1
        if let last = outcome.text.last, Readings.table.isRead(last, reading) { outcome.proofs += 1 }
        outcome.end = end
    }
}
