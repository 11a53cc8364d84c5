/// A place in a text that looks like the work of a conversion tool.
struct PinyinMatch {
    enum Kind {
        /// A reading in parentheses after a Han character.
        case inStep(PinyinReading)
        /// A mark for an undecodable byte, and what is left of a reading.
        case outOfStep(PinyinReading)
        /// A reading after a letter that is the second byte of a character for the tool: 支持I(yù)Pv6, where the last
        /// byte of 持 and I are 諭.
        case afterLetter
        /// A mark before a punctuation mark: characters were torn apart there.
        case torn
    }

    let kind: Kind
    /// The character that stands before.
    let character: Unicode.Scalar
    /// The offset where the insertion, or the mark, begins.
    let start: Int
    /// The offset after the parenthesis, or after the mark.
    let end: Int

    /// Everything in `bytes` that looks like damage, in order, without overlaps.
    static func all(in bytes: UnsafeBufferPointer<UInt8>) -> [PinyinMatch] {
        var matches: [PinyinMatch] = []
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            let isLetter = byte &- 0x61 < 26 || (byte >= 0xC3 && byte <= 0xCC)
            guard byte == 0x28 || byte == 0x3F || byte == 0xEF || isLetter else {
                position += byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
                continue
            }
            if let match = match(bytes, at: position, isLetter: isLetter, after: matches.last) {
                matches.append(match)
                position = match.end
            } else {
                position += byte < 0x80 ? 1 : byte < 0xE0 ? 2 : 3
            }
        }
        return matches
    }

    private static func match(
        _ bytes: UnsafeBufferPointer<UInt8>,
        at position: Int,
        isLetter: Bool,
        after last: PinyinMatch?
    ) -> PinyinMatch? {
        if isLetter {
            // The mark itself may be gone: 鏈zhǔn)称.
            guard position > 0, bytes[position - 1] >= 0x80,
                let (reading, end) = PinyinReading.parseClosing(bytes, at: position), reading.hasTone,
                let character = character(before: position, bytes, last), isHan(character)
            else { return nil }
            return PinyinMatch(kind: .outOfStep(reading), character: character, start: position, end: end)
        }
        if let (reading, end) = PinyinReading.parseParenthesis(bytes, at: position) {
            // Some tools put a reading two or three times.
            if let last, last.end == position, case .inStep(let before) = last.kind, before == reading {
                return PinyinMatch(kind: last.kind, character: last.character, start: position, end: end)
            }
            guard let character = UTF8Bytes.scalar(bytes, before: position) else { return nil }
            if character.value < 0x80 {
                guard reading.hasTone, let before = UTF8Bytes.scalar(bytes, before: position - 1),
                    let pair = GBK.table.pair(before), character.value >= 0x40, character.value < 0x7F,
                    let hit = GBK.table.scalar(pair.trail, UInt8(character.value)), Readings.table.isRead(hit, reading)
                else { return nil }
                return PinyinMatch(kind: .afterLetter, character: hit, start: position, end: end)
            }
            guard isHan(character) else { return nil }
            return PinyinMatch(kind: .inStep(reading), character: character, start: position, end: end)
        }
        guard let character = character(before: position, bytes, last) else { return nil }
        if let (reading, end) = OutOfStepRepair.markedReading(bytes, at: position), reading.hasTone {
            return PinyinMatch(kind: .outOfStep(reading), character: character, start: position, end: end)
        }
        if let end = OutOfStepRepair.mark(bytes, at: position), let (next, _) = UTF8Bytes.scalar(bytes, at: end),
            OutOfStepRepair.delimiter(next) != nil
        {
            return PinyinMatch(kind: .torn, character: character, start: position, end: end)
        }
        return nil
    }

    /// The character before a mark: one that carries a reading itself stands before that reading.
    private static func character(
        before position: Int,
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ last: PinyinMatch?
    ) -> Unicode.Scalar? {
        if let last, last.end == position {
            return if case .inStep = last.kind { last.character } else { nil }
        }
        return UTF8Bytes.scalar(bytes, before: position).flatMap { $0.value < 0x80 ? nil : $0 }
    }

    private static func isHan(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
        default: false
        }
    }
}
