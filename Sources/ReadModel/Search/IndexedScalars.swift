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
        Self.indexed.withUnsafeBufferPointer { indexed in
            var position = 0
            while position < utf8.count {
                let value = utf8.nextScalar(&position)
                if value < 0x1_0000, indexed[Int(value)] != Self.elsewhere {
                    let folded = indexed[Int(value)]
                    if folded != 0 { values.append(UInt32(folded)) } else { endRun() }
                } else if let scalar = Unicode.Scalar(value) {
                    append(scalar)
                }
            }
        }
    }

    /// What is indexed of each scalar of the first plane: its folded value, or 0 for none. Asking folding and the properties
    /// of each scalar of a text takes twice as long.
    private static let indexed: [UInt16] = (UInt32(0)..<0x1_0000).map { value in
        guard let scalar = Unicode.Scalar(value) else { return 0 }
        let folded = Folding.fold(scalar)
        guard folded.value < elsewhere else { return elsewhere }
        return SearchTokens.isIndexed(folded) ? UInt16(folded.value) : 0
    }

    /// Stands in the table for what folds out of the first plane. It is no character.
    private static let elsewhere: UInt16 = 0xFFFF

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
