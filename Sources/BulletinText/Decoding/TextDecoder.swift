/// A document's bytes as text.
public struct DecodedText: Hashable, Sendable {
    /// The text, without a byte order mark, otherwise exactly what the bytes say.
    public var text: String

    /// The encoding that the bytes were read in: its name in the WHATWG Encoding Standard, in lower case.
    public var encoding: String

    /// A decoded text.
    public init(text: String, encoding: String) {
        self.text = text
        self.encoding = encoding
    }
}

/// Turns bytes of unknown or doubtful encoding into text, strictly: nothing is ever replaced.
public enum TextDecoder {
    /// The most bytes that are decoded unless the caller says otherwise: 32 MiB.
    public static let defaultMaximumBytes = 32 << 20

    /// Decodes a document.
    ///
    /// A byte order mark decides. Otherwise `label` and the document's own declaration (HTML `meta`, XML declaration) are
    /// preferred, but not obeyed where another reading of the bytes is clearly better language: servers send wrong labels.
    /// Without either, valid UTF-8 is UTF-8, and the rest is found out by trial.
    ///
    /// - Parameters:
    ///   - bytes: The document.
    ///   - label: The encoding that came with the document: a name such as `gbk`, or a content type with a charset.
    ///   - maximumBytes: The largest document to accept.
    /// - Throws: ``TextDecodingError`` if the document is too large, is binary, or is text in no known encoding.
    public static func decode(
        _ bytes: [UInt8],
        label: String? = nil,
        maximumBytes: Int = defaultMaximumBytes
    ) throws(TextDecodingError) -> DecodedText {
        guard bytes.count <= maximumBytes else { throw TextDecodingError(code: .tooLarge, offset: maximumBytes) }
        return try bytes.withUnsafeBufferPointer { (buffer) throws(TextDecodingError) in
            try decode(buffer, label: label.flatMap(EncodingLabel.resolve))
        }
    }

    private static func decode(
        _ bytes: UnsafeBufferPointer<UInt8>,
        label: String?
    ) throws(TextDecodingError) -> DecodedText {
        if let (encoding, length) = byteOrderMark(bytes) {
            let rest = UnsafeBufferPointer(rebasing: bytes[length...])
            return try check(decode(rest, from: encoding, at: length), bytes)
        }
        let census = ByteCensus(bytes)
        if census.isBinary(count: bytes.count) {
            return try decodeWide(bytes, label: label)
        }
        if census.high == 0, label != EncodingLabel.utf16LE, label != EncodingLabel.utf16BE {
            return DecodedText(text: String(decoding: bytes, as: UTF8.self), encoding: label ?? EncodingLabel.utf8)
        }
        var named: [String] = []
        for name in [label, DeclaredEncoding.find(in: bytes)].compactMap(\.self) where !named.contains(name) {
            named.append(name)
        }
        // A short text in UTF-16 may be valid UTF-8 by chance.
        let isShort = bytes.count < 256
        if named.allSatisfy({ $0 == EncodingLabel.utf8 }), !isShort || EncodingDetection.wide(bytes).isEmpty,
            let text = String(validating: bytes, as: UTF8.self)
        {
            return DecodedText(text: text, encoding: EncodingLabel.utf8)
        }
        return try contest(bytes, named: named)
    }

    /// Takes the likeliest encoding that reads all of the bytes.
    private static func contest(
        _ bytes: UnsafeBufferPointer<UInt8>,
        named: [String]
    ) throws(TextDecodingError) -> DecodedText {
        let ranked = EncodingDetection.rank(bytes, named: named)
        for hypothesis in ranked where hypothesis.isPlausible || named.contains(hypothesis.encoding) {
            if let output = hypothesis.isWhole ? hypothesis.output : converted(bytes, from: hypothesis.encoding),
                let text = String(validating: output, as: UTF8.self)
            {
                return DecodedText(text: text, encoding: hypothesis.encoding)
            }
        }
        if EncodingDetection.isRareChinese(bytes), let output = converted(bytes, from: EncodingLabel.gb18030) {
            return DecodedText(text: String(decoding: output, as: UTF8.self), encoding: EncodingLabel.gb18030)
        }
        throw undecodable(bytes, named: named)
    }

    /// The error for bytes that no encoding reads. It names the encoding that the document is damaged in: the one that
    /// gave sensible text furthest.
    private static func undecodable(_ bytes: UnsafeBufferPointer<UInt8>, named: [String]) -> TextDecodingError {
        var names = named
        for name in [EncodingLabel.gb18030, EncodingLabel.big5, EncodingLabel.utf8] where !names.contains(name) {
            names.append(name)
        }
        var best: (name: String, offset: Int, isPlausible: Bool)?
        for name in names {
            switch transcode(bytes, from: name) {
            case .invalid(let offset, let output), .truncated(let offset, let output):
                let text = String(decoding: output, as: UTF8.self).unicodeScalars
                let (_, isPlausible) = EncodingDetection.judge(text, isByteWise: false)
                if let best, (best.isPlausible ? 1 : 0, best.offset) >= (isPlausible ? 1 : 0, offset) { continue }
                best = (name, offset, isPlausible)
            case .converted, .unsupported: break
            }
        }
        if let best {
            names.removeAll { $0 == best.name }
            names.append(best.name)
        }
        return TextDecodingError(code: .undecodable, offset: best?.offset, tried: names)
    }

    /// Decodes bytes with NULs among them: UTF-16, or no text at all.
    private static func decodeWide(
        _ bytes: UnsafeBufferPointer<UInt8>,
        label: String?
    ) throws(TextDecodingError) -> DecodedText {
        var best: (decoded: DecodedText, cost: Int)?
        for name in [EncodingLabel.utf16LE, EncodingLabel.utf16BE] {
            guard let output = converted(bytes, from: name), let text = String(validating: output, as: UTF8.self),
                !isBinary(text)
            else { continue }
            var (cost, isPlausible) = EncodingDetection.judge(text.unicodeScalars, isByteWise: false)
            if name == label { cost -= cost / 5 }
            if isPlausible, cost < best?.cost ?? .max {
                best = (DecodedText(text: text, encoding: name), cost)
            }
        }
        if let best { return best.decoded }
        throw notText(bytes)
    }

    private static func byteOrderMark(_ bytes: UnsafeBufferPointer<UInt8>) -> (encoding: String, length: Int)? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (EncodingLabel.utf8, 3) }
        if bytes.starts(with: [0xFF, 0xFE]) { return (EncodingLabel.utf16LE, 2) }
        if bytes.starts(with: [0xFE, 0xFF]) { return (EncodingLabel.utf16BE, 2) }
        if bytes.starts(with: [0x84, 0x31, 0x95, 0x33]) { return (EncodingLabel.gb18030, 4) }
        return nil
    }

    /// Decodes bytes whose encoding is certain; `start` is their offset in the document.
    private static func decode(
        _ bytes: UnsafeBufferPointer<UInt8>,
        from name: String,
        at start: Int
    ) throws(TextDecodingError) -> DecodedText {
        switch transcode(bytes, from: name) {
        case .converted(let output):
            return DecodedText(text: String(decoding: output, as: UTF8.self), encoding: name)
        case .invalid(let offset, _), .truncated(let offset, _):
            throw TextDecodingError(code: .undecodable, offset: start + offset, tried: [name])
        case .unsupported:
            throw TextDecodingError(code: .undecodable, tried: [name])
        }
    }

    private static func check(
        _ decoded: DecodedText,
        _ bytes: UnsafeBufferPointer<UInt8>
    ) throws(TextDecodingError) -> DecodedText {
        if isBinary(decoded.text) { throw notText(bytes) }
        return decoded
    }

    private static func isBinary(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { ByteCensus($0).isBinary(count: $0.count) }
    }

    private static func notText(_ bytes: UnsafeBufferPointer<UInt8>) -> TextDecodingError {
        let offset = bytes.firstIndex { ($0 < 0x20 && $0 &- 9 > 4) || $0 == 0x7F }
        return TextDecodingError(code: .notText, offset: offset)
    }

    private static func converted(_ bytes: UnsafeBufferPointer<UInt8>, from name: String) -> [UInt8]? {
        if case .converted(let output) = transcode(bytes, from: name) { return output }
        return nil
    }

    /// `bytes` as UTF-8, from the encoding with the WHATWG name `name`.
    static func transcode(_ bytes: UnsafeBufferPointer<UInt8>, from name: String) -> Iconv.Outcome {
        guard name == EncodingLabel.utf8 else {
            return Iconv.convert(bytes, from: EncodingLabel.iconvName(name), to: "UTF-8")
        }
        if String(validating: bytes, as: UTF8.self) != nil { return .converted(Array(bytes)) }
        return Iconv.convert(bytes, from: "UTF-8", to: "UTF-8")
    }
}
