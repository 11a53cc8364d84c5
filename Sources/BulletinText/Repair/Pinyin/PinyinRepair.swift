/// Removes the readings that a conversion tool left in a text, in step (`區(qū)`) and out of step.
///
/// The shape is matched, never a list of characters: which ones carry readings differs from site to site.
enum PinyinRepair {
    struct Result {
        var bytes: [UInt8]
        var inStep = 0
        var outOfStep = 0
    }

    /// The repaired text, or nil if there is nothing to repair.
    static func repair(_ bytes: UnsafeBufferPointer<UInt8>) -> Result? {
        let matches = PinyinMatch.all(in: bytes)
        guard !matches.isEmpty else { return nil }
        let evidence = PinyinEvidence(matches, bytes)
        var outOfStep = OutOfStepRepair(bytes: bytes, known: evidence.characters)
        var result = Result(bytes: [])
        result.bytes.reserveCapacity(bytes.count)
        var position = 0
        for match in matches where match.start >= position {
            let outcome: OutOfStepRepair.Outcome?
            switch match.kind {
            case .inStep(let reading):
                if evidence.isInserted(reading, after: match.character) {
                    result.bytes.append(contentsOf: bytes[position..<match.start])
                    result.inStep += 1
                    position = match.end
                }
                continue
            case .afterLetter:
                result.bytes.append(contentsOf: bytes[position..<match.start])
                result.outOfStep += 1
                position = match.end
                continue
            case .outOfStep(let reading):
                outcome = outOfStep.undo(reading, end: match.end, after: match.character)
            case .torn:
                outcome = outOfStep.join(at: match.end, after: match.character)
            }
            guard let outcome else { continue }
            result.bytes.append(contentsOf: bytes[position..<match.start])
            for scalar in outcome.text { UTF8Bytes.append(scalar, to: &result.bytes) }
            result.outOfStep += outcome.count
            position = outcome.end
        }
        guard result.inStep + result.outOfStep > 0 else { return nil }
        result.bytes.append(contentsOf: bytes[position...])
        return result
    }
}
