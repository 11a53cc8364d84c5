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
        self.scalars = scalars
        self.codes = codes
    }

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

    /// Whether decoders that know GBK and not its private use have no character for the pair, and show a mark.
    func isUndefined(_ lead: UInt8, _ trail: UInt8) -> Bool {
        scalar(lead, trail).map { (0xE000...0xF8FF).contains($0.value) } ?? true
    }
}
