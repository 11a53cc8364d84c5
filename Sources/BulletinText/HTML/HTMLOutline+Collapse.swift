extension HTMLOutline {
    /// The text as a browser shows it on one line: white space collapsed, blanks of any width cut off at the ends, and
    /// characters that nobody sees removed.
    ///
    /// A line end of the source between two characters of Chinese is none of the text's: there it vanishes.
    static func collapse(_ bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var blank = false
        var hasLineEnd = false
        for byte in bytes {
            if byte == 0x20 || byte &- 0x09 < 5 {
                blank = true
                if byte == 0x0A || byte == 0x0D { hasLineEnd = true }
                continue
            }
            if blank {
                // Three-byte sequences from E3 on are Chinese and its punctuation.
                let isBetweenChinese = hasLineEnd && byte >= 0xE3 && output.last ?? 0 >= 0x80
                if !output.isEmpty, !isBetweenChinese { output.append(0x20) }
                blank = false
                hasLineEnd = false
            }
            output.append(byte)
        }
        if output.withUnsafeBufferPointer({ RepairScan($0) }).hasInvisible {
            output = output.withUnsafeBufferPointer(InvisibleCharacters.remove).bytes
        }
        let text = String(decoding: output, as: UTF8.self)
        let scalars = text.unicodeScalars
        guard let first = scalars.first, let last = scalars.last else { return "" }
        guard isBlank(first) || isBlank(last) else { return text }
        let start = scalars.firstIndex { !isBlank($0) } ?? scalars.endIndex
        let end = scalars.lastIndex { !isBlank($0) }.map { scalars.index(after: $0) } ?? start
        return String(scalars[start..<end])
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20, 0x09, 0x0A, 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }
}
