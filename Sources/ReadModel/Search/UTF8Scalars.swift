extension UnsafeBufferPointer<UInt8> {
    /// The value of the scalar that begins at `position`, which goes behind it. The bytes must be those of a String, and so
    /// whole scalars: nothing else is checked.
    @inline(__always)
    func nextScalar(_ position: inout Int) -> UInt32 {
        let first = UInt32(self[position])
        switch first {
        case 0..<0x80:
            position += 1
            return first
        case 0x80..<0xE0:
            defer { position += 2 }
            return (first & 0x1F) << 6 | rest(position + 1)
        case 0xE0..<0xF0:
            defer { position += 3 }
            return (first & 0x0F) << 12 | rest(position + 1) << 6 | rest(position + 2)
        default:
            defer { position += 4 }
            return (first & 0x07) << 18 | rest(position + 1) << 12 | rest(position + 2) << 6 | rest(position + 3)
        }
    }

    @inline(__always)
    private func rest(_ position: Int) -> UInt32 { UInt32(self[position] & 0x3F) }
}
