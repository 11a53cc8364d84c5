/// Which characters stand side by side in words. Built when damage is first met that needs it; clean texts never do.
struct WordPairs: Sendable {
    static let table = WordPairs()

    /// For each pair: how many binary digits its rank among the pairs of its first character has.
    private let ranks: NumberMap<UInt32, UInt8>

    private init() {
        let lines = WordPairTable.lines
        // The literal is static, and holds UTF-8.
        let bytes = UnsafeBufferPointer(start: lines.utf8Start, count: lines.utf8CodeUnitCount)
        var ranks = NumberMap<UInt32, UInt8>(capacity: bytes.count / 3)
        var first: Unicode.Scalar?
        var rank: UInt32 = 0
        var position = 0
        while let (scalar, length) = UTF8Bytes.scalar(bytes, at: position) {
            position += length
            if scalar == "\n" {
                first = nil
                rank = 0
            } else if let first {
                ranks.set(Self.key(first, scalar), UInt8(UInt32.bitWidth - rank.leadingZeroBitCount))
                rank += 1
            } else {
                first = scalar
            }
        }
        self.ranks = ranks
    }

    /// The rank of `second` among the characters that follow `first` in words, in binary digits (0 for the most frequent
    /// one), in either script; nil if it follows in no common word.
    func rank(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Int? {
        ranks[Self.key(Folding.fold(first), Folding.fold(second))].map(Int.init)
    }

    /// A number for a pair of characters of the basic plane; others have none in common words, and collide harmlessly.
    static func key(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> UInt32 {
        first.value << 16 | second.value & 0xFFFF
    }
}
