/// Removes the readings that a conversion tool left in a text, in step (`區(qū)`) and out of step.
///
/// The shape is matched, never a list of characters: which ones carry readings differs from site to site. Whether the
/// readings are the tool's or the writer's is decided for the text as a whole.
struct PinyinRepair {
    /// A reading in parentheses after a Han character, or a marked one that is out of step.
    private struct Match {
        let character: Unicode.Scalar
        let reading: PinyinReading
        let start: Int
        let end: Int
        let isMarked: Bool
    }

    struct Result {
        var bytes: [UInt8]
        var inStep = 0
        var outOfStep = 0
    }

    /// The repaired text, or nil if there is nothing to repair.
    static func repair(_ bytes: UnsafeBufferPointer<UInt8>) -> Result? {
        let matches = find(bytes)
        guard !matches.isEmpty else { return nil }
        let inStep = matches.filter { !$0.isMarked }
        let isDamaged = isDamaged(inStep, bytes)
        let outOfStep = OutOfStepRepair(
            bytes: bytes,
            known: isDamaged ? Set(inStep.filter(\.reading.hasTone).map(\.character)) : []
        )
        var result = Result(bytes: [])
        result.bytes.reserveCapacity(bytes.count)
        var position = 0
        for match in matches where match.start >= position {
            if match.isMarked {
                guard let outcome = outOfStep.repair(match.reading, end: match.end, before: match.character) else {
                    continue
                }
                result.bytes.append(contentsOf: bytes[position..<match.start])
                for scalar in outcome.text { UTF8Bytes.append(scalar, to: &result.bytes) }
                result.outOfStep += outcome.readings
                position = outcome.end
            } else if isDamaged, match.reading.hasTone || hasReading(match.character, match.reading) {
                result.bytes.append(contentsOf: bytes[position..<match.start])
                result.inStep += 1
                position = match.end
            }
        }
        guard result.inStep + result.outOfStep > 0 else { return nil }
        result.bytes.append(contentsOf: bytes[position...])
        return result
    }

    private static func find(_ bytes: UnsafeBufferPointer<UInt8>) -> [Match] {
        var matches: [Match] = []
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            guard byte == 0x28 || byte == 0x3F || byte == 0xEF else {
                position += 1
                continue
            }
            if let (reading, end) = PinyinReading.parseParenthesis(bytes, at: position),
                let character = UTF8Bytes.scalar(bytes, before: position), isHan(character)
            {
                matches.append(
                    Match(character: character, reading: reading, start: position, end: end, isMarked: false)
                )
                position = end
            } else if let (reading, end) = OutOfStepRepair.markedReading(bytes, at: position),
                let character = character(before: position, bytes, matches.last)
            {
                matches.append(
                    Match(character: character, reading: reading, start: position, end: end, isMarked: true)
                )
                position = end
            } else {
                position += 1
            }
        }
        return matches
    }

    /// The character before a mark: one that carries a reading itself stands before that reading.
    private static func character(
        before position: Int,
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ last: Match?
    ) -> Unicode.Scalar? {
        if let last, last.end == position { return last.isMarked ? nil : last.character }
        return UTF8Bytes.scalar(bytes, before: position).flatMap { $0.value < 0x80 ? nil : $0 }
    }

    /// Whether a tool put the readings there.
    ///
    /// Writers give a reading once, for a rare character or an unusual reading (`亳(bó)州`, `單(shàn)縣`). Tools give one to
    /// everyday traditional characters, wherever they stand, by their usual reading.
    private static func isDamaged(_ matches: [Match], _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let toned = matches.filter(\.reading.hasTone)
        let everyday = toned.filter { TextCost.halfBits($0.character) <= 27 }
        let traditional = everyday.filter { Folding.fold($0.character) != $0.character }
        guard everyday.count * 2 >= toned.count else { return false }
        if traditional.count >= 3 { return true }
        // Few: every occurrence must carry its reading, and a usual reading must be among them.
        let few = traditional.isEmpty ? everyday : traditional
        guard !few.isEmpty, traditional.count > 0 || (few.count >= 5 && Set(few.map(\.character)).count >= 4) else {
            return false
        }
        var occurrences: [Unicode.Scalar: Int] = [:]
        for match in few { occurrences[match.character] = 0 }
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            if let count = occurrences[scalar] { occurrences[scalar] = count + 1 }
        }
        return occurrences.values.reduce(0, +) == few.count
            && few.contains { Readings.table.characters($0.reading).usual.contains($0.character) }
    }

    private static func hasReading(_ character: Unicode.Scalar, _ reading: PinyinReading) -> Bool {
        let characters = Readings.table.characters(reading)
        return characters.usual.contains(character) || characters.other.contains(character)
    }

    private static func isHan(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
        default: false
        }
    }
}
