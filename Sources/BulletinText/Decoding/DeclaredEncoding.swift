/// The encoding that a document declares about itself.
enum DeclaredEncoding {
    /// How far a declaration is looked for. Browsers look at 1,024 bytes; government pages often put scripts before it.
    static let limit = 4096

    /// The encoding of an HTML `<meta charset>` (or `http-equiv`) or an XML declaration, by its WHATWG name.
    ///
    /// UTF-16 is no answer: a declaration that can be read as ASCII cannot stand in UTF-16.
    static func find(in bytes: UnsafeBufferPointer<UInt8>) -> String? {
        let end = min(bytes.count, limit)
        var position = 0
        while position < end {
            guard let bracket = UTF8Bytes.index(of: UInt8(ascii: "<"), in: bytes, position..<end) else { return nil }
            position = bracket
            let key: StaticString
            if hasPrefix("<meta", bytes, at: position, end) {
                key = "charset"
            } else if hasPrefix("<?xml", bytes, at: position, end) {
                key = "encoding"
            } else {
                position += 1
                continue
            }
            var tagEnd = position + 1
            while tagEnd < end, bytes[tagEnd] != UInt8(ascii: ">") { tagEnd += 1 }
            if let label = value(of: key, bytes, position..<tagEnd), let name = EncodingLabel.resolve(label),
                name != EncodingLabel.utf16LE, name != EncodingLabel.utf16BE
            {
                return name
            }
            position = tagEnd
        }
        return nil
    }

    /// The value after the first `key`, `=` and an optional quote within a tag.
    private static func value(
        of key: StaticString,
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ tag: Range<Int>
    ) -> String? {
        var position = tag.lowerBound
        while position < tag.upperBound {
            guard hasPrefix(key, bytes, at: position, tag.upperBound) else {
                position += 1
                continue
            }
            position += key.utf8CodeUnitCount
            while position < tag.upperBound, bytes[position] <= 0x20 { position += 1 }
            guard position < tag.upperBound, bytes[position] == UInt8(ascii: "=") else { continue }
            position += 1
            while position < tag.upperBound, isBlankOrQuote(bytes[position]) { position += 1 }
            var label = ""
            while position < tag.upperBound, isLabel(bytes[position]), label.utf8.count < 40 {
                label.unicodeScalars.append(Unicode.Scalar(bytes[position]))
                position += 1
            }
            return label
        }
        return nil
    }

    private static func hasPrefix(
        _ prefix: StaticString,
        _ bytes: UnsafeBufferPointer<UInt8>,
        at position: Int,
        _ end: Int
    ) -> Bool {
        let count = prefix.utf8CodeUnitCount
        guard position + count <= end else { return false }
        for index in 0..<count {
            let byte = bytes[position + index]
            let isUpper = byte &- 0x41 < 26
            if byte | (isUpper ? 0x20 : 0) != prefix.utf8Start[index] { return false }
        }
        return true
    }

    private static func isBlankOrQuote(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
    }

    private static func isLabel(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x3A, 0x5F: true
        default: false
        }
    }
}
