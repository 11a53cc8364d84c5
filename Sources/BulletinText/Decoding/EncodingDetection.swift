import CUchardet

/// Finds the encoding of bytes that do not say theirs, or say it wrongly.
///
/// Detectors are poor on short samples, and nearly any pair of high bytes is a character of GB 18030; so each encoding in
/// question is tried strictly on a sample, and the reading that is likeliest as language comes first.
enum EncodingDetection {
    /// A strict reading of the sample.
    struct Hypothesis {
        let encoding: String
        /// The total cost in half bits, lowered for an encoding that somebody named.
        let cost: Int
        /// The sample as UTF-8.
        let output: [UInt8]
        /// Whether the sample is the whole document, and `output` the whole text.
        let isWhole: Bool
        /// Whether the reading may stand without anybody having named the encoding.
        let isPlausible: Bool
    }

    /// How many bytes are tried.
    static let sampleSize = 64 * 1024

    /// The possible encodings of `bytes`, the likeliest first. `named` are those that a label or declaration named.
    static func rank(_ bytes: UnsafeBufferPointer<UInt8>, named: [String]) -> [Hypothesis] {
        let sample = sample(of: bytes)
        let usual = [EncodingLabel.utf8, EncodingLabel.gb18030, EncodingLabel.big5] + wide(sample)
        let names = named + usual.filter { !named.contains($0) }
        let isWhole = sample.count == bytes.count
        var hypotheses = names.compactMap { hypothesis($0, sample, isNamed: named.contains($0), isWhole: isWhole) }
        if !hypotheses.contains(where: \.isPlausible) {
            // Asked only now: the detector is slower than all of the above.
            let others = [detect(UnsafeBufferPointer(rebasing: sample.prefix(4096))), EncodingLabel.windows1252]
            hypotheses += others.compactMap(\.self).filter { !names.contains($0) }
                .compactMap { hypothesis($0, sample, isNamed: false, isWhole: isWhole) }
        }
        // Ties are settled by the order of trial.
        return hypotheses.enumerated()
            .sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }
            .map(\.element)
    }

    /// The total cost of `text`, and whether it could be text at all. `isByteWise`: each byte became a character, which
    /// always succeeds, and so proves less.
    static func judge(_ text: some Sequence<Unicode.Scalar>, isByteWise: Bool) -> (cost: Int, isPlausible: Bool) {
        var count = 0
        var high = 0
        var cost = 0
        var highCost = 0
        for scalar in text {
            let halfBits = TextCost.halfBits(scalar)
            count += 1
            cost += halfBits
            if scalar.value >= 0x80 {
                high += 1
                highCost += halfBits
            }
        }
        // Chinese costs 9 to 11 bits a character, wrong readings 16 and more; a few rare names do not condemn a text.
        let isPlausible = highCost <= high * (high < 10 ? 34 : 27) && (!isByteWise || high * 5 <= count)
        return (cost, isPlausible)
    }

    /// Whether bytes are Chinese characters of GBK and nothing else, rare as they may be: a list of names, which costs too
    /// much to be language, but reads in no other way.
    static func isRareChinese(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let sample = sample(of: bytes)
        guard case .converted(let output) = TextDecoder.transcode(sample, from: EncodingLabel.gb18030) else {
            return false
        }
        if case .converted = TextDecoder.transcode(sample, from: EncodingLabel.big5) { return false }
        let isChinese = String(decoding: output, as: UTF8.self).unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case ..<0x80, 0x3001...0x3017, 0x3400...0x4DBF, 0x4E00...0x9FA5, 0xFF01...0xFF5E, 0x2018...0x201D: true
            default: false
            }
        }
        guard isChinese else { return false }
        let detected = detect(UnsafeBufferPointer(rebasing: sample.prefix(4096)))
        return detected == nil || detected == EncodingLabel.gb18030
    }

    private static func sample(of bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard bytes.count > sampleSize else { return bytes }
        // ASCII tells nothing; an even offset keeps UTF-16 in step.
        let first = (bytes.firstIndex { $0 >= 0x80 } ?? 0) & ~1
        let start = min(first, bytes.count - sampleSize) & ~1
        return UnsafeBufferPointer(rebasing: bytes[start..<start + sampleSize])
    }

    private static func hypothesis(
        _ name: String,
        _ sample: UnsafeBufferPointer<UInt8>,
        isNamed: Bool,
        isWhole: Bool
    ) -> Hypothesis? {
        let output: [UInt8]
        switch TextDecoder.transcode(sample, from: name) {
        case .converted(let bytes):
            output = bytes
        case .truncated(let offset, let bytes) where !isWhole && offset + 4 > sample.count:
            output = bytes
        default:
            return nil
        }
        let text = String(decoding: output, as: UTF8.self).unicodeScalars
        let (cost, isPlausible) = judge(text, isByteWise: isByteWise(name))
        return Hypothesis(
            encoding: name,
            cost: isNamed ? cost - cost / 5 : cost,
            output: output,
            isWhole: isWhole,
            isPlausible: isPlausible || name == EncodingLabel.utf8
        )
    }

    private static func isByteWise(_ name: String) -> Bool {
        name.hasPrefix("windows-") || name.hasPrefix("iso-8859-") || name.hasPrefix("koi8")
    }

    /// The byte orders of UTF-16 that the bytes may be in. In Chinese UTF-16 the high bytes are those of Han, of
    /// punctuation (30, FF, 20) and of ASCII (00).
    static func wide(_ sample: UnsafeBufferPointer<UInt8>) -> [String] {
        guard sample.count.isMultiple(of: 2) else { return [] }
        var counts = [0, 0]
        for (index, byte) in sample.enumerated() {
            switch byte {
            case 0x00, 0x20, 0x30, 0x4E...0x9F, 0xFF: counts[index & 1] += 1
            default: break
            }
        }
        let enough = { (count: Int) in count * 20 >= sample.count * 9 }
        return (enough(counts[1]) ? [EncodingLabel.utf16LE] : []) + (enough(counts[0]) ? [EncodingLabel.utf16BE] : [])
    }

    /// What uchardet takes the bytes for.
    private static func detect(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        guard let detector = uchardet_new() else { return nil }
        defer { uchardet_delete(detector) }
        let status = bytes.withMemoryRebound(to: CChar.self) {
            uchardet_handle_data(detector, $0.baseAddress, $0.count)
        }
        guard status == 0 else { return nil }
        uchardet_data_end(detector)
        // The string belongs to the detector: copied here, before the detector goes.
        return uchardet_get_charset(detector).flatMap { EncodingLabel.resolve(String(cString: $0)) }
    }
}
