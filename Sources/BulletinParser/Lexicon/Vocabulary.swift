/// A set of ordinary words of two or three characters, packed into one number each: asking costs a multiplication and
/// about one access to memory.
struct Vocabulary: Sendable {
    private var table: [UInt64]
    private let mask: Int

    /// The words of two or three characters of the Basic Multilingual Plane among those given, folded.
    init(_ words: some Collection<[UInt32]>) {
        var size = 64
        while size < words.count * 2 { size *= 2 }
        table = [UInt64](repeating: 0, count: size)
        mask = size - 1
        for word in words where word.count == 2 || word.count == 3 {
            insert(Self.key(word[0], word[1], word.count == 3 ? word[2] : 0))
        }
    }

    private mutating func insert(_ key: UInt64) {
        var slot = Self.slot(key) & mask
        while table[slot] != 0, table[slot] != key { slot = (slot + 1) & mask }
        table[slot] = key
    }

    /// Whether a word of two characters stands at a place.
    @inline(__always)
    func hasPair(in text: [UInt32], at place: Int) -> Bool {
        place >= 0 && place + 1 < text.count && contains(Self.key(text[place], text[place + 1], 0))
    }

    /// Whether a word of three characters stands at a place.
    @inline(__always)
    func hasTriple(in text: [UInt32], at place: Int) -> Bool {
        place >= 0 && place + 2 < text.count && contains(Self.key(text[place], text[place + 1], text[place + 2]))
    }

    @inline(__always)
    private func contains(_ key: UInt64) -> Bool {
        var slot = Self.slot(key) & mask
        while table[slot] != 0 {
            if table[slot] == key { return true }
            slot = (slot + 1) & mask
        }
        return false
    }

    @inline(__always)
    private static func key(_ first: UInt32, _ second: UInt32, _ third: UInt32) -> UInt64 {
        UInt64(first) << 42 | UInt64(second) << 21 | UInt64(third)
    }

    @inline(__always)
    private static func slot(_ key: UInt64) -> Int { Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 33) }
}
