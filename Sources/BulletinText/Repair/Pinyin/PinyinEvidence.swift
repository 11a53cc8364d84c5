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
    let characters: ScalarSet

    /// A reading, the character that it stands after, and how often it does.
    private struct Gloss {
        let character: Unicode.Scalar
        let reading: PinyinReading
        var count: Int

        /// A number for the two of them: a character has 21 bits, a reading 33.
        var key: UInt64 { Self.key(character, reading) }

        static func key(_ character: Unicode.Scalar, _ reading: PinyinReading) -> UInt64 {
            UInt64(character.value) << 33 | reading.key
        }
    }

    /// Readings as they stand in a text, each once.
    private struct Glosses {
        private(set) var all: [Gloss] = []
        private var places: NumberMap<UInt64, UInt32>

        init(capacity: Int) { places = NumberMap(capacity: capacity) }

        mutating func add(_ reading: PinyinReading, after character: Unicode.Scalar) {
            let gloss = Gloss(character: character, reading: reading, count: 1)
            if let place = places[gloss.key] {
                all[Int(place)].count += 1
            } else {
                places.set(gloss.key, UInt32(all.count))
                all.append(gloss)
            }
        }
    }

    private let fitting: NumberMap<UInt64, UInt8>

    init(_ matches: [PinyinMatch], _ bytes: UnsafeBufferPointer<UInt8>) {
        var toned = Glosses(capacity: 32)
        var toneless = Glosses(capacity: 8)
        for match in matches {
            guard case .inStep(let reading) = match.kind else { continue }
            if reading.hasTone {
                toned.add(reading, after: match.character)
            } else {
                toneless.add(reading, after: match.character)
            }
        }
        hasToned = Self.isTool(toned.all, bytes)
        characters = ScalarSet(hasToned ? toned.all.map(\.character) : [])
        let fits = toneless.all.filter { Readings.table.isRead($0.character, $0.reading) }
        var fitting = NumberMap<UInt64, UInt8>(capacity: fits.count)
        for gloss in fits { fitting.set(gloss.key, 1) }
        self.fitting = fitting
        hasToneless = Self.isTool(toneless.all, fitting: fits)
    }

    /// Whether a reading without a tone mark is one that the tool put there.
    func isInserted(_ reading: PinyinReading, after character: Unicode.Scalar) -> Bool {
        if reading.hasTone { return hasToned }
        guard fitting.contains(Gloss.key(character, reading)) else { return false }
        // Tools that write tones leave the neutral one unmarked: 們(men).
        return hasToneless || (hasToned && Readings.table.characters(reading).contains(character))
    }

    private static func count(_ glosses: [Gloss]) -> Int { glosses.reduce(0) { $0 + $1.count } }

    private static func isTool(_ glosses: [Gloss], _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let everyday = glosses.filter { isEveryday($0.character) }
        let traditional = everyday.filter { Folding.fold($0.character) != $0.character }
        guard count(everyday) * 2 >= count(glosses) else { return false }
        let few = traditional.isEmpty ? everyday : traditional
        guard !few.isEmpty else { return false }
        let characters = ScalarSet(few.map(\.character))
        let occurrences = occurrences(of: characters, bytes)
        // A tool leaves out no occurrence, but a page may be put together of several texts.
        if count(traditional) >= 3 { return count(few) * 3 >= occurrences }
        // Few: every occurrence must carry its reading, and a usual reading must be among them.
        guard !traditional.isEmpty || (count(few) >= 5 && characters.count >= 4) else { return false }
        return count(few) >= occurrences
            && few.contains { Readings.table.characters($0.reading).usual.contains($0.character) }
    }

    /// Without tone marks, abbreviations and words in parentheses have the shape too: only many that fit their
    /// characters, and hardly any that do not, are a tool's.
    private static func isTool(_ glosses: [Gloss], fitting fits: [Gloss]) -> Bool {
        let everyday = fits.filter { isEveryday($0.character) }
        return ScalarSet(fits.map(\.character)).count >= 6 && everyday.count * 2 >= fits.count
            && count(fits) * 10 >= count(glosses) * 9
    }

    private static func isEveryday(_ character: Unicode.Scalar) -> Bool {
        TextCost.halfBits(character) <= 27
    }

    private static func occurrences(of characters: ScalarSet, _ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var count = 0
        var position = 0
        while position + 2 < bytes.count {
            // Han characters of the basic plane have three bytes; those of others carry no readings.
            let lead = bytes[position]
            guard lead >= 0xE3, lead < 0xF0 else {
                position += lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
                continue
            }
            if characters.contains(UTF8Bytes.code(ofThree: bytes, at: position)) { count += 1 }
            position += 3
        }
        return count
    }
}
