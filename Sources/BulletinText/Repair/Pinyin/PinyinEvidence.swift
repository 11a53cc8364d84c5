/// Whether the readings of a text are a conversion tool's or its writer's; decided for the text as a whole.
///
/// Writers give a reading once, for a rare character or an unusual reading (`亳(bó)州`, `單(shàn)縣`). Tools give one to
/// everyday characters, wherever they stand, by a usual reading.
struct PinyinEvidence {
    /// Whether readings with tone marks are a tool's.
    let hasToned: Bool
    /// Whether readings without tone marks are a tool's: `中(zhong)央`.
    let hasToneless: Bool
    /// The characters that carry readings with tone marks: the tool's table is known to hold them.
    let characters: Set<Unicode.Scalar>

    /// A reading and the character that it stands after.
    private struct Gloss: Hashable {
        let character: Unicode.Scalar
        let reading: PinyinReading
    }

    private let fitting: Set<Gloss>

    init(_ matches: [PinyinMatch], _ bytes: UnsafeBufferPointer<UInt8>) {
        var toned: [Gloss: Int] = [:]
        var toneless: [Gloss: Int] = [:]
        for match in matches {
            guard case .inStep(let reading) = match.kind else { continue }
            let gloss = Gloss(character: match.character, reading: reading)
            if reading.hasTone { toned[gloss, default: 0] += 1 } else { toneless[gloss, default: 0] += 1 }
        }
        hasToned = Self.isTool(toned, bytes)
        characters = Set(hasToned ? toned.keys.map(\.character) : [])
        fitting = Set(toneless.keys.filter { Readings.table.isRead($0.character, $0.reading) })
        hasToneless = Self.isTool(toneless, fitting: fitting)
    }

    /// Whether a reading without a tone mark is one that the tool put there.
    func isInserted(_ reading: PinyinReading, after character: Unicode.Scalar) -> Bool {
        if reading.hasTone { return hasToned }
        guard fitting.contains(Gloss(character: character, reading: reading)) else { return false }
        // Tools that write tones leave the neutral one unmarked: 們(men).
        let characters = Readings.table.characters(reading)
        return hasToneless
            || (hasToned && (characters.usual.contains(character) || characters.other.contains(character)))
    }

    private static func isTool(_ glosses: [Gloss: Int], _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let everyday = glosses.filter { isEveryday($0.key.character) }
        let traditional = everyday.filter { Folding.fold($0.key.character) != $0.key.character }
        let count = { (glosses: [Gloss: Int]) in glosses.values.reduce(0, +) }
        guard count(everyday) * 2 >= count(glosses) else { return false }
        let few = traditional.isEmpty ? everyday : traditional
        guard !few.isEmpty else { return false }
        let occurrences = occurrences(of: Set(few.keys.map(\.character)), bytes)
        // A tool leaves out no occurrence, but a page may be put together of several texts.
        if count(traditional) >= 3 { return count(few) * 3 >= occurrences }
        // Few: every occurrence must carry its reading, and a usual reading must be among them.
        guard !traditional.isEmpty || (count(few) >= 5 && Set(few.keys.map(\.character)).count >= 4) else {
            return false
        }
        return count(few) >= occurrences
            && few.keys.contains { Readings.table.characters($0.reading).usual.contains($0.character) }
    }

    /// Without tone marks, abbreviations and words in parentheses have the shape too: only many that fit their
    /// characters, and hardly any that do not, are a tool's.
    private static func isTool(_ glosses: [Gloss: Int], fitting: Set<Gloss>) -> Bool {
        let fits = glosses.filter { fitting.contains($0.key) }
        let everyday = fits.keys.filter { isEveryday($0.character) }
        return Set(fits.keys.map(\.character)).count >= 6 && everyday.count * 2 >= fits.count
            && fits.values.reduce(0, +) * 10 >= glosses.values.reduce(0, +) * 9
    }

    private static func isEveryday(_ character: Unicode.Scalar) -> Bool {
        TextCost.halfBits(character) <= 27
    }

    private static func occurrences(of characters: Set<Unicode.Scalar>, _ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var count = 0
        var position = 0
        while let (scalar, length) = UTF8Bytes.scalar(bytes, at: position) {
            if scalar.value >= 0x3400, characters.contains(scalar) { count += 1 }
            position += length
        }
        return count
    }
}
