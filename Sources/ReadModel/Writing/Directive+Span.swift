internal import BulletinEvents
internal import Foundation

extension Directive {
    /// Whether the clause is, byte for byte, what its span cuts out of the paragraphs; then it need not be stored.
    ///
    /// False where SQLite would cut otherwise: its `substr` ends at U+0000.
    func stands(in paragraphs: [String]) -> Bool {
        guard let span, let paragraph = span.paragraph, paragraphs.indices.contains(paragraph), span.start >= 0 else {
            return false
        }
        var (whole, part) = (paragraphs[paragraph], text)
        return whole.withUTF8 { whole in
            part.withUTF8 { part in
                guard let start = whole.offset(ofScalar: span.start, from: 0),
                    let end = whole.offset(ofScalar: span.end - span.start, from: start)
                else { return false }
                guard end - start == part.count, let left = whole.baseAddress, let right = part.baseAddress else {
                    return end == start && part.isEmpty
                }
                return memcmp(left + start, right, part.count) == 0
            }
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Where the scalar begins that comes `count` scalars after the one at `start`; nil beyond the end, for a negative
    /// count, and where U+0000 lies between.
    fileprivate func offset(ofScalar count: Int, from start: Int) -> Int? {
        guard count >= 0 else { return nil }
        var position = start
        var rest = count
        // Eight bytes at once, of which each may begin a scalar.
        while rest > 8, position + 8 <= self.count {
            let word = UnsafeRawBufferPointer(self).loadUnaligned(fromByteOffset: position, as: UInt64.self)
            guard !Self.hasZero(word) else { break }
            rest -= 8 - Self.continuations(in: word)
            position += 8
        }
        // The word may have ended within a scalar.
        while position < self.count, self[position] & 0xC0 == 0x80 { position += 1 }
        for _ in 0..<rest {
            guard position < self.count, self[position] != 0 else { return nil }
            position += 1
            while position < self.count, self[position] & 0xC0 == 0x80 { position += 1 }
        }
        return position
    }

    /// Whether one of eight bytes is 0.
    private static func hasZero(_ word: UInt64) -> Bool {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0
    }

    /// How many of eight bytes go on with a scalar in UTF-8: 10xxxxxx.
    private static func continuations(in word: UInt64) -> Int {
        (word & ~(word << 1) & 0x8080_8080_8080_8080).nonzeroBitCount
    }
}
