/// ISO 8859-1 and Windows-1252, as browsers read them: one byte for each character.
enum Latin1 {
    /// The byte that is read as `scalar`, or nil if none is.
    static func byte(_ scalar: Unicode.Scalar) -> UInt8? {
        if scalar.value < 0x100 { return UInt8(scalar.value) }
        return windows1252.firstIndex(of: scalar.value).map { UInt8($0) + 0x80 }
    }

    /// The bytes that were read as `text` (in UTF-8), or nil if it holds other characters.
    static func bytes(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        text.withUnsafeBufferPointer { utf8 in
            var bytes: [UInt8] = []
            var position = 0
            while let (scalar, length) = UTF8Bytes.scalar(utf8, at: position) {
                guard let byte = byte(scalar) else { return nil }
                bytes.append(byte)
                position += length
            }
            return bytes
        }
    }

    /// What 0x80 to 0x9F mean in Windows-1252; the five that mean nothing there are the control characters themselves.
    private static let windows1252: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
        0x017D,
        0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153,
        0x9D,
        0x017E, 0x0178,
    ]
}
