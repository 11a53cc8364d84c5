/// Reading and writing scalars in valid UTF-8.
enum UTF8Bytes {
    /// The scalar at `position` and its length in bytes; nil at the end. `bytes` are valid UTF-8.
    @inline(__always)
    static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> (scalar: Unicode.Scalar, length: Int)?
    {
        guard position < bytes.count else { return nil }
        let first = UInt32(bytes[position])
        let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard position + length <= bytes.count else { return nil }
        var value = length == 1 ? first : first & (0x7F >> UInt32(length))
        for index in position + 1..<position + length {
            value = value << 6 | UInt32(bytes[index] & 0x3F)
        }
        return Unicode.Scalar(value).map { ($0, length) }
    }

    /// The scalar that ends before `position`, or nil at the beginning.
    static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, before position: Int) -> Unicode.Scalar? {
        var start = position - 1
        while start > 0, start < bytes.count, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        return start < 0 ? nil : scalar(bytes, at: start)?.scalar
    }

    static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
    }
}
