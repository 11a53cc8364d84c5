/// Which characters have which reading. Built when damage is first met that needs it; clean texts never do.
struct Readings: Sendable {
    static let table = Readings()

    /// The characters of a reading.
    struct Characters: Sendable {
        /// Those whose usual reading it is.
        var usual: ArraySlice<Unicode.Scalar> = []
        /// Those that are also read so.
        var other: ArraySlice<Unicode.Scalar> = []

        /// Whether a character is among them.
        func contains(_ character: Unicode.Scalar) -> Bool { usual.contains(character) || other.contains(character) }
    }

    /// The characters of all readings, one after the other: of each the usual ones first.
    private let characters: [Unicode.Scalar]
    /// Where in ``characters`` each reading begins, and where its other characters do; the next one begins at its end.
    private let starts: [(usual: Int, other: Int)]
    /// The place of each reading in ``starts``, by its key.
    private let places: NumberMap<UInt64, UInt16>
    /// The syllables of Mandarin, without tones.
    private let syllables: NumberMap<UInt64, UInt8>

    private init() {
        let lines = ReadingTable.lines
        // The literal is static, and holds UTF-8.
        let bytes = UnsafeBufferPointer(start: lines.utf8Start, count: lines.utf8CodeUnitCount)
        var characters: [Unicode.Scalar] = []
        characters.reserveCapacity(bytes.count / 3)
        var starts: [(usual: Int, other: Int)] = []
        var places = NumberMap<UInt64, UInt16>(capacity: 2048)
        var syllables = NumberMap<UInt64, UInt8>(capacity: 512)
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard let (reading, end) = PinyinReading.letters(bytes, at: line.startIndex), end < line.endIndex else {
                continue
            }
            places.set(reading.key, UInt16(starts.count))
            syllables.set(reading.letters, 1)
            let usual = characters.count
            var other: Int?
            var position = end + 1
            while position < line.endIndex, let (scalar, length) = UTF8Bytes.scalar(bytes, at: position) {
                position += length
                if scalar == " " { other = other ?? characters.count } else { characters.append(scalar) }
            }
            starts.append((usual, other ?? characters.count))
        }
        starts.append((characters.count, characters.count))
        self.characters = characters
        self.starts = starts
        self.places = places
        self.syllables = syllables
    }

    /// The characters that have the reading.
    func characters(_ reading: PinyinReading) -> Characters {
        guard let place = places[reading.key].map(Int.init) else { return Characters() }
        let start = starts[place]
        return Characters(
            usual: characters[start.usual..<start.other],
            other: characters[start.other..<starts[place + 1].usual]
        )
    }

    /// Whether the letters of a reading are a syllable of Mandarin, in any tone.
    func isSyllable(_ reading: PinyinReading) -> Bool {
        syllables.contains(reading.letters)
    }

    /// Whether `character` has the reading; one without a tone mark stands for every tone.
    func isRead(_ character: Unicode.Scalar, _ reading: PinyinReading) -> Bool {
        let tones: ClosedRange<UInt64> = reading.hasTone ? reading.key & 7...reading.key & 7 : 0...4
        return tones.contains { characters(reading.inTone($0)).contains(character) }
    }
}
