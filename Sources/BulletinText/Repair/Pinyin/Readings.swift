/// Which characters have which reading. Built when damage is first met that needs it; clean texts never do.
struct Readings: Sendable {
    static let table = Readings()

    /// The characters of a reading.
    struct Characters: Sendable {
        /// Those whose usual reading it is.
        var usual: [Unicode.Scalar] = []
        /// Those that are also read so.
        var other: [Unicode.Scalar] = []
    }

    /// Where the characters of a reading stand in the table's text.
    private let places: [PinyinReading: Range<Int>]
    /// The syllables of Mandarin, without tones.
    private let syllables: Set<UInt64>

    private static var bytes: UnsafeBufferPointer<UInt8> {
        let lines = ReadingTable.lines
        // The literal is static, and holds UTF-8.
        return UnsafeBufferPointer(start: lines.utf8Start, count: lines.utf8CodeUnitCount)
    }

    private init() {
        var places: [PinyinReading: Range<Int>] = [:]
        var syllables: Set<UInt64> = []
        for line in Self.bytes.split(separator: UInt8(ascii: "\n")) {
            guard let (reading, end) = PinyinReading.letters(Self.bytes, at: line.startIndex), end < line.endIndex
            else {
                continue
            }
            places[reading] = end + 1..<line.endIndex
            syllables.insert(reading.letters)
        }
        self.places = places
        self.syllables = syllables
    }

    /// The characters that have the reading.
    func characters(_ reading: PinyinReading) -> Characters {
        var characters = Characters()
        guard let place = places[reading] else { return characters }
        var isUsual = true
        for scalar in String(decoding: Self.bytes[place], as: UTF8.self).unicodeScalars {
            if scalar == " " {
                isUsual = false
            } else if isUsual {
                characters.usual.append(scalar)
            } else {
                characters.other.append(scalar)
            }
        }
        return characters
    }

    /// Whether the letters of a reading are a syllable of Mandarin, in any tone.
    func isSyllable(_ reading: PinyinReading) -> Bool {
        syllables.contains(reading.letters)
    }

    /// Whether `character` has the reading; one without a tone mark stands for every tone.
    func isRead(_ character: Unicode.Scalar, _ reading: PinyinReading) -> Bool {
        let tones: ClosedRange<UInt64> = reading.hasTone ? reading.key & 7...reading.key & 7 : 0...4
        return tones.contains { tone in
            let characters = characters(reading.inTone(tone))
            return characters.usual.contains(character) || characters.other.contains(character)
        }
    }
}
