internal import BulletinText

/// The letters and digits of texts, folded, and where runs of them end: what the search index and the sketch of a bulletin
/// are made of, found in one pass over its bytes.
struct IndexedScalars {
    /// Values of scalars; 0 ends a run, and stands for no scalar that is indexed.
    private(set) var values: [UInt32] = []

    /// Forgets the texts and keeps the room.
    mutating func removeAll() {
        // A long text is no reason to keep as much for ever.
        values.removeAll(keepingCapacity: values.capacity <= 1 << 16)
    }

    /// Appends a text. A run ends with it.
    mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append(utf8: $0) }
        endRun()
    }

    /// Appends scalars. A run ends with them.
    mutating func append(_ scalars: some Sequence<Unicode.Scalar>) {
        for scalar in scalars { append(scalar) }
        endRun()
    }

    private mutating func append(utf8: UnsafeBufferPointer<UInt8>) {
        var position = 0
        while position < utf8.count {
            // The bytes are those of a String, and so whole scalars.
            let first = UInt32(utf8[position])
            let value: UInt32
            switch first {
            case 0..<0x80:
                value = first
                position += 1
            case 0x80..<0xE0:
                value = (first & 0x1F) << 6 | UInt32(utf8[position + 1] & 0x3F)
                position += 2
            case 0xE0..<0xF0:
                value =
                    (first & 0x0F) << 12 | UInt32(utf8[position + 1] & 0x3F) << 6 | UInt32(utf8[position + 2] & 0x3F)
                position += 3
            default:
                value =
                    (first & 0x07) << 18 | UInt32(utf8[position + 1] & 0x3F) << 12
                    | UInt32(utf8[position + 2] & 0x3F) << 6 | UInt32(utf8[position + 3] & 0x3F)
                position += 4
            }
            if let scalar = Unicode.Scalar(value) { append(scalar) }
        }
    }

    @inline(__always)
    private mutating func append(_ scalar: Unicode.Scalar) {
        let folded = Folding.fold(scalar)
        if SearchTokens.isIndexed(folded) { values.append(folded.value) } else { endRun() }
    }

    private mutating func endRun() {
        if let last = values.last, last != 0 { values.append(0) }
    }

    /// Writes the tokens of ``SearchTokens``, each followed by a space, over `tokens`, and calls `body` with them.
    func withTokens<Result>(
        in tokens: inout [UInt8],
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        // Two scalars of four bytes at most and a space; a scalar is stored with the four bytes of a word.
        let room = values.count * 9 + 4
        if tokens.count < room { tokens = [UInt8](repeating: 0, count: room) }
        return try tokens.withUnsafeMutableBytes { tokens in
            var count = 0
            var previous: (bytes: UInt32, count: Int)?
            for value in values {
                guard value != 0 else {
                    if let last = previous {
                        tokens.storeBytes(of: last.bytes, toByteOffset: count, as: UInt32.self)
                        count += last.count
                        tokens[count] = 0x20
                        count += 1
                    }
                    previous = nil
                    continue
                }
                let next = Self.utf8(value)
                if let previous {
                    tokens.storeBytes(of: previous.bytes, toByteOffset: count, as: UInt32.self)
                    count += previous.count
                    tokens.storeBytes(of: next.bytes, toByteOffset: count, as: UInt32.self)
                    count += next.count
                    tokens[count] = 0x20
                    count += 1
                }
                previous = next
            }
            return try body(UnsafeBufferPointer(rebasing: tokens.bindMemory(to: UInt8.self)[..<count]))
        }
    }

    /// Appends the tokens of ``SearchTokens``, each followed by a space, to `output`.
    func appendTokens(to output: inout [UInt8]) {
        var tokens: [UInt8] = []
        withTokens(in: &tokens) { output += $0 }
    }

    /// The scalar in UTF-8, its first byte where memory has the first byte of a number.
    @inline(__always)
    private static func utf8(_ value: UInt32) -> (bytes: UInt32, count: Int) {
        switch value {
        case 0..<0x80: return (value.littleEndian, 1)
        case 0x80..<0x800: return ((0x80C0 | value >> 6 | (value & 0x3F) << 8).littleEndian, 2)
        case 0x800..<0x10000:
            return ((0x80_80E0 | value >> 12 | (value >> 6 & 0x3F) << 8 | (value & 0x3F) << 16).littleEndian, 3)
        default:
            let lead = value >> 18 | (value >> 12 & 0x3F) << 8
            return ((0x8080_80F0 | lead | (value >> 6 & 0x3F) << 16 | (value & 0x3F) << 24).littleEndian, 4)
        }
    }
}
