/// The two-byte codes of GBK (the two-byte part of GB 18030, private-use rows included) and their scalars.
///
/// Built by iconv when damage is first met that needs it, in about a millisecond; clean texts never do.
struct GBK: Sendable {
    static let table = GBK()

    private let scalars: [UInt32]
    private let codes: [UInt16]

    private init() {
        var scalars = [UInt32](repeating: 0, count: 0x8000)
        var codes = [UInt16](repeating: 0, count: 0x10000)
        for lead in UInt16(0x81)...0xFE {
            for trail in UInt16(0x40)...0xFE where trail != 0x7F {
                let pair = [UInt8(lead), UInt8(trail)]
                guard
                    case .converted(let output) = pair.withUnsafeBufferPointer({
                        TextDecoder.transcode($0, from: "gb18030")
                    }),
                    let scalar = String(decoding: output, as: UTF8.self).unicodeScalars.first
                else { continue }
                scalars[Int(lead << 8 | trail) - 0x8000] = scalar.value
                if scalar.value < 0x10000 { codes[Int(scalar.value)] = lead << 8 | trail }
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
}
