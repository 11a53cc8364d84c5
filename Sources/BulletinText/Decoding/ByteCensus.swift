/// What the bytes of a document tell before they are decoded.
struct ByteCensus {
    /// The number of NUL bytes.
    let nulls: Int
    /// The number of other control characters that text does not hold.
    let controls: Int
    /// The number of bytes that are not ASCII.
    let high: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        var nulls = 0
        var controls = 0
        var high = 0
        let raw = UnsafeRawBufferPointer(bytes)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        var position = 0
        while position < bytes.count {
            // Eight bytes at once, if none of them is below 0x20 or 0x7F: nearly always.
            if position + 8 <= bytes.count {
                let word = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                let delete = word ^ (ones &* 0x7F)
                let special = (word &- ones &* 0x20) & ~word | (delete &- ones) & ~delete
                if special & highs == 0 {
                    high &+= (word & highs).nonzeroBitCount
                    position += 8
                    continue
                }
            }
            let byte = bytes[position]
            position += 1
            nulls &+= byte == 0 ? 1 : 0
            // Tab, line feed, vertical tab, form feed and carriage return separate; the rest are no part of text.
            controls &+= (byte < 0x20 && byte &- 9 > 4) || byte == 0x7F ? 1 : 0
            high &+= byte >> 7 == 1 ? 1 : 0
        }
        self.nulls = nulls
        self.controls = controls - nulls
        self.high = high
    }

    /// Whether this many control characters among `count` bytes show binary data: a NUL in every thousand bytes, or
    /// mostly others. Less is damage, which is repaired: some sites sow U+0005 to U+0008 between their words.
    func isBinary(count: Int) -> Bool {
        nulls * 1000 > count || (controls > 16 && controls * 2 > count)
    }
}
