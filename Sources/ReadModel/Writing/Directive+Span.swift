internal import BulletinEvents

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
                return whole[start..<end].elementsEqual(part)
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
        for _ in 0..<count {
            guard position < self.count, self[position] != 0 else { return nil }
            position += 1
            while position < self.count, self[position] & 0xC0 == 0x80 { position += 1 }
        }
        return position
    }
}
