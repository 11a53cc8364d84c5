/// Resolves HTML entities that were left in plain text.
enum EntityRepair {
    struct Result {
        var bytes: [UInt8]
        var count: Int
    }

    /// The text with its entities resolved, or nil if it has none.
    static func repair(_ bytes: UnsafeBufferPointer<UInt8>) -> Result? {
        var result = Result(bytes: [], count: 0)
        var kept = 0
        var position = 0
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "&"), let (scalar, end) = entity(bytes, at: position) else {
                position += 1
                continue
            }
            result.bytes.append(contentsOf: bytes[kept..<position])
            UTF8Bytes.append(scalar, to: &result.bytes)
            result.count += 1
            kept = end
            position = end
        }
        guard result.count > 0 else { return nil }
        result.bytes.append(contentsOf: bytes[kept...])
        return result
    }

    /// The scalar that an entity at `start` stands for, and where the entity ends. The semicolon must be there: without
    /// it, `&copy` may as well be part of an address.
    private static func entity(
        _ bytes: UnsafeBufferPointer<UInt8>,
        at start: Int
    ) -> (scalar: Unicode.Scalar, end: Int)? {
        // Texts that were escaped twice hold `&amp;nbsp;`.
        var name = start + 1
        while name + 4 < bytes.count, bytes[name...].starts(with: "amp;".utf8), isNameStart(bytes[name + 4]) {
            name += 4
        }
        let ampersand: (Unicode.Scalar, Int)? = name > start + 1 ? ("&", start + 5) : nil
        var end = name
        while end < bytes.count, end - name < 9, isName(bytes[end]) { end += 1 }
        guard end < bytes.count, bytes[end] == UInt8(ascii: ";"), end > name else { return ampersand }
        let text = UnsafeBufferPointer(rebasing: bytes[name..<end])
        let scalar = text[0] == UInt8(ascii: "#") ? numeric(text) : named[String(decoding: text, as: UTF8.self)]
        return scalar.map { ($0, end + 1) } ?? ampersand
    }

    private static func isNameStart(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "#") || (byte | 0x20) &- 0x61 < 26
    }

    private static func isName(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "#") || (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
    }

    private static func numeric(_ text: UnsafeBufferPointer<UInt8>) -> Unicode.Scalar? {
        let digits = String(decoding: text.dropFirst(), as: UTF8.self)
        let value = digits.first == "x" || digits.first == "X" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        // A control character is no better than its escape.
        guard let value, value == 0x09 || value == 0x0A || value >= 0x20, !(0x7F...0x9F).contains(value) else {
            return nil
        }
        return Unicode.Scalar(value)
    }

    /// The entities that stand in Chinese pages.
    private static let named: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "ensp": "\u{2002}",
        "emsp": "\u{2003}", "thinsp": "\u{2009}", "zwnj": "\u{200C}", "zwj": "\u{200D}", "shy": "\u{AD}", "middot": "·",
        "ldquo": "“", "rdquo": "”", "lsquo": "‘", "rsquo": "’", "sbquo": "‚", "bdquo": "„", "laquo": "«", "raquo": "»",
        "lsaquo": "‹", "rsaquo": "›", "mdash": "—", "ndash": "–", "hellip": "…", "bull": "•", "times": "×",
        "divide": "÷",
        "plusmn": "±", "deg": "°", "permil": "‰", "yen": "¥", "copy": "©", "reg": "®", "trade": "™", "sect": "§",
        "para": "¶", "le": "≤", "ge": "≥", "ne": "≠", "larr": "←", "uarr": "↑", "rarr": "→", "darr": "↓",
        "sup2": "²", "sup3": "³", "frac12": "½", "frac14": "¼", "micro": "µ", "alpha": "α", "beta": "β", "hearts": "♥",
        "prime": "′", "Prime": "″", "oline": "‾", "euro": "€", "pound": "£", "ordm": "º", "ordf": "ª", "eacute": "é",
        "egrave": "è", "agrave": "à", "aacute": "á", "uuml": "ü", "ouml": "ö", "auml": "ä", "iacute": "í",
        "igrave": "ì",
        "oacute": "ó", "ograve": "ò", "uacute": "ú", "ugrave": "ù", "ecirc": "ê", "ccedil": "ç", "ntilde": "ñ",
    ]
}
