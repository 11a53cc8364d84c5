/// Which characters have which reading. Built when damage is first met that needs it; clean texts never do.
struct Readings: Sendable {
    static let table = Readings()

    /// The characters of a reading.
    struct Characters: Sendable {
        /// Those whose usual reading it is.
        let usual: [Unicode.Scalar]
        /// Those that are also read so.
        let other: [Unicode.Scalar]
    }

    private let characters: [UInt64: Characters]

    private init() {
        var characters: [UInt64: Characters] = [:]
        let lines = ReadingTable.lines
        // The literal is static, and holds UTF-8.
        let bytes = UnsafeBufferPointer(start: lines.utf8Start, count: lines.utf8CodeUnitCount)
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3,
                let (reading, _) = PinyinReading.parse(UnsafeBufferPointer(rebasing: fields[0]), at: 0)
            else { continue }
            let scalars = fields[1...].map { Array(String(decoding: $0, as: UTF8.self).unicodeScalars) }
            characters[reading.key] = Characters(usual: scalars[0], other: scalars[1])
        }
        self.characters = characters
    }

    /// The characters that have the reading.
    func characters(_ reading: PinyinReading) -> Characters {
        characters[reading.key] ?? Characters(usual: [], other: [])
    }
}
