/// The two-byte codes of GBK (the two-byte part of GB 18030, private-use rows included) and their scalars.
///
/// Built by iconv when damage is first met that needs it; clean texts never do.
struct GBK: Sendable {
    static let table = GBK()

    private let scalars: [UInt32]
    private let codes: [UInt16]

    private init() {
        var scalars = [UInt32](repeating: 0, count: 0x8000)
        var codes = [UInt16](repeating: 0, count: 0x10000)
        // A line feed after each pair keeps one that is undefined from spoiling the next.
        var pairs: [UInt8] = []
        for lead in UInt8(0x81)...0xFE {
            for trail in UInt8(0x40)...0xFE where trail != 0x7F { pairs += [lead, trail, 0x0A] }
        }
        // All of them are defined in GB 18030, so that one conversion does; if a C library differs, the table is empty,
        // and nothing is repaired that needs it.
        let text = pairs.withUnsafeBufferPointer { TextDecoder.transcode($0, from: EncodingLabel.gb18030) }
        if case .converted(let output) = text {
            var index = 0
            for scalar in String(decoding: output, as: UTF8.self).unicodeScalars {
                if scalar == "\n" {
                    index += 3
                    continue
                }
                let code = UInt16(pairs[index]) << 8 | UInt16(pairs[index + 1])
                scalars[Int(code) - 0x8000] = scalar.value
                if scalar.value < 0x10000 { codes[Int(scalar.value)] = code }
            }
        }
        for (scalar, code) in Self.formerPrivateUse where codes[Int(scalar)] == 0 { codes[Int(scalar)] = code }
        self.scalars = scalars
        self.codes = codes
    }

    /// What decoders show that follow GB 18030-2000 or -2005: the edition of 2022 moved these out of private use.
    private static let formerPrivateUse: [UInt32: UInt16] = [
        0xE78D: 0xA6D9, 0xE78E: 0xA6DA, 0xE78F: 0xA6DB, 0xE790: 0xA6DC, 0xE791: 0xA6DD, 0xE792: 0xA6DE, 0xE793: 0xA6DF,
        0xE794: 0xA6EC, 0xE795: 0xA6ED, 0xE796: 0xA6F3, 0xE7C7: 0xA8BC, 0xE7C8: 0xA8BF, 0xE81E: 0xFE59, 0xE826: 0xFE61,
        0xE82B: 0xFE66, 0xE82C: 0xFE67, 0xE832: 0xFE6D, 0xE843: 0xFE7E, 0xE854: 0xFE90, 0xE864: 0xFEA0,
    ]

    /// The scalar of the pair, or nil if GBK has none.
    func scalar(_ lead: UInt8, _ trail: UInt8) -> Unicode.Scalar? {
        guard lead >= 0x81 else { return nil }
        let value = scalars[(Int(lead) << 8 | Int(trail)) - 0x8000]
        return value == 0 ? nil : Unicode.Scalar(value)
    }

    /// The pair that `scalar` is written as, or nil if it is ASCII or no character of GBK.
    func pair(_ scalar: Unicode.Scalar) -> (lead: UInt8, trail: UInt8)? {
        guard scalar.value < 0x10000 else { return nil }
        let code = codes[Int(scalar.value)]
        return code == 0 ? nil : (UInt8(code >> 8), UInt8(code & 0xFF))
    }

    /// The text (in UTF-8) as it is written in GBK, or nil if it holds other characters.
    func bytes(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        text.withUnsafeBufferPointer { utf8 in
            var bytes: [UInt8] = []
            bytes.reserveCapacity(utf8.count)
            var position = 0
            while let (scalar, length) = UTF8Bytes.scalar(utf8, at: position) {
                if scalar.value < 0x80 {
                    bytes.append(UInt8(scalar.value))
                } else if let (lead, trail) = pair(scalar) {
                    bytes.append(lead)
                    bytes.append(trail)
                } else {
                    return nil
                }
                position += length
            }
            return bytes
        }
    }

    /// Whether decoders that know GBK and not its private use have no character for the pair, and show a mark.
    func isUndefined(_ lead: UInt8, _ trail: UInt8) -> Bool {
        scalar(lead, trail).map { (0xE000...0xF8FF).contains($0.value) } ?? true
    }
}
