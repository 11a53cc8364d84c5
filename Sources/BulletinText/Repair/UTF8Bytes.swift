import Glibc

/// Reading and writing scalars in valid UTF-8.
enum UTF8Bytes {
    /// Where a byte stands for the first time in a range.
    static func index(of byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
        guard !range.isEmpty, let start = bytes.baseAddress else { return nil }
        let found = memchr(start + range.lowerBound, Int32(byte), range.count)
        return found.map { UnsafeRawPointer($0) - UnsafeRawPointer(start) }
    }

    /// The code of the three bytes from `position` on, the first of which is E0 to EF; there are as many.
    @inline(__always)
    static func code(ofThree bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> UInt32 {
        UInt32(bytes[position] & 0x0F) << 12 | UInt32(bytes[position + 1] & 0x3F) << 6
            | UInt32(bytes[position + 2] & 0x3F)
    }

    /// The scalar at `position` and its length in bytes; nil at the end. `bytes` are valid UTF-8.
    @inline(__always)
    static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> (scalar: Unicode.Scalar, length: Int)?
    {
        guard position < bytes.count else { return nil }
        let first = UInt32(bytes[position])
        if first < 0x80 { return (Unicode.Scalar(UInt8(first)), 1) }
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard position + length <= bytes.count else { return nil }
        var value = (first & (0x7F >> UInt32(length))) << 6 | UInt32(bytes[position + 1] & 0x3F)
        if length > 2 { value = value << 6 | UInt32(bytes[position + 2] & 0x3F) }
        if length > 3 { value = value << 6 | UInt32(bytes[position + 3] & 0x3F) }
        return Unicode.Scalar(value).map { ($0, length) }
    }

    /// The scalar that ends before `position`, or nil at the beginning.
    static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, before position: Int) -> Unicode.Scalar? {
        var start = position - 1
        while start > 0, start < bytes.count, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        return start < 0 ? nil : scalar(bytes, at: start)?.scalar
    }

    static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        let value = scalar.value
        func tail(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(truncatingIfNeeded: value >> shift) & 0x3F }
        switch value {
        case 0..<0x80:
            bytes.append(UInt8(value))
        case 0x80..<0x800:
            bytes.append(0xC0 | UInt8(value >> 6))
            bytes.append(tail(0))
        case 0x800..<0x1_0000:
            bytes.append(0xE0 | UInt8(value >> 12))
            bytes.append(tail(6))
            bytes.append(tail(0))
        default:
            bytes.append(0xF0 | UInt8(value >> 18))
            bytes.append(tail(12))
            bytes.append(tail(6))
            bytes.append(tail(0))
        }
    }
}
