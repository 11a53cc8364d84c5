/// Reads the members of one JSON object (RFC 8259).
///
/// Foundation's decoder names no place on Linux when something is wrong, and takes commas that no other reader takes;
/// whoever has to mend line 70,812 of a dump must be told where.
struct JSONObjectReader {
    /// A member's value, as far as documents need it.
    enum Value {
        case string(String)
        /// As it is written.
        case number(String)
        /// A list of strings.
        case list([String])
        case null
        /// An object, a boolean, any other list.
        case other(String)
    }

    /// Values nested deeper are refused.
    private static let maximumDepth = 512

    private let bytes: [UInt8]
    private var index = 0

    /// The members of the object that `bytes` are, in order. Throws ``JSONProblem``.
    static func members(of bytes: [UInt8]) throws(JSONProblem) -> [(name: String, value: Value)] {
        var reader = JSONObjectReader(bytes)
        return try reader.document()
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func document() throws(JSONProblem) -> [(name: String, value: Value)] {
        skipBlanks()
        guard current == UInt8(ascii: "{") else { throw problem("a JSON object is expected, beginning with {") }
        index += 1
        var members: [(name: String, value: Value)] = []
        skipBlanks()
        if current == UInt8(ascii: "}") {
            index += 1
        } else {
            while true {
                skipBlanks()
                let name = try string()
                skipBlanks()
                try take(":", "behind a name")
                members.append((name, try value(depth: 1)))
                skipBlanks()
                if current == UInt8(ascii: "}") {
                    index += 1
                    break
                }
                try take(",", "or } behind a value")
            }
        }
        skipBlanks()
        guard index == bytes.count else { throw problem("something stands behind the object") }
        return members
    }

    // MARK: - Values

    private mutating func value(depth: Int) throws(JSONProblem) -> Value {
        skipBlanks()
        switch current {
        case UInt8(ascii: "\""): return .string(try string())
        case let byte? where byte == UInt8(ascii: "-") || byte &- 0x30 < 10: return .number(try number())
        case UInt8(ascii: "["): return try list(depth: depth)
        case UInt8(ascii: "{"):
            try skipObject(depth: depth)
            return .other("an object")
        case UInt8(ascii: "n"):
            try word("null")
            return .null
        case UInt8(ascii: "t"):
            try word("true")
            return .other("true")
        case UInt8(ascii: "f"):
            try word("false")
            return .other("false")
        case nil: throw problem("the object breaks off here")
        default: throw problem("a value is expected")
        }
    }

    private mutating func list(depth: Int) throws(JSONProblem) -> Value {
        guard depth < Self.maximumDepth else { throw problem("values are nested too deep") }
        index += 1
        var strings: [String]? = []
        skipBlanks()
        if current == UInt8(ascii: "]") {
            index += 1
            return .list([])
        }
        while true {
            if case .string(let text) = try value(depth: depth + 1) { strings?.append(text) } else { strings = nil }
            skipBlanks()
            if current == UInt8(ascii: "]") {
                index += 1
                return strings.map { .list($0) } ?? .other("a list")
            }
            try take(",", "or ] behind a value")
        }
    }

    private mutating func skipObject(depth: Int) throws(JSONProblem) {
        guard depth < Self.maximumDepth else { throw problem("values are nested too deep") }
        index += 1
        skipBlanks()
        if current == UInt8(ascii: "}") {
            index += 1
            return
        }
        while true {
            skipBlanks()
            _ = try string()
            skipBlanks()
            try take(":", "behind a name")
            _ = try value(depth: depth + 1)
            skipBlanks()
            if current == UInt8(ascii: "}") {
                index += 1
                return
            }
            try take(",", "or } behind a value")
        }
    }

    private mutating func number() throws(JSONProblem) -> String {
        let start = index
        func digits(_ reader: inout JSONObjectReader) throws(JSONProblem) {
            let first = reader.index
            while let byte = reader.current, byte >= 0x30, byte <= 0x39 { reader.index += 1 }
            guard reader.index > first else { throw reader.problem("a digit is expected") }
        }
        if current == UInt8(ascii: "-") { index += 1 }
        let first = index
        try digits(&self)
        if bytes[first] == UInt8(ascii: "0"), index > first + 1 {
            throw problem("a number may not begin with 0", at: first)
        }
        if current == UInt8(ascii: ".") {
            index += 1
            try digits(&self)
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            index += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { index += 1 }
            try digits(&self)
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func word(_ word: String) throws(JSONProblem) {
        guard bytes[index...].starts(with: word.utf8) else { throw problem("a value is expected") }
        index += word.utf8.count
    }

    // MARK: - Strings

    private mutating func string() throws(JSONProblem) -> String {
        guard current == UInt8(ascii: "\"") else {
            throw problem(current == nil ? "the object breaks off here" : "a name or text in double quotes is expected")
        }
        let opening = index
        index += 1
        var text: [UInt8] = []
        var start = index
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                text += bytes[start..<index]
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw problem("the text is no UTF-8", at: opening)
                }
                index += 1
                return string
            case UInt8(ascii: "\\"):
                text += bytes[start..<index]
                try escape(into: &text)
                start = index
            case 0..<0x20:
                throw problem(
                    "a control character must be written as \\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))"
                )
            default: index += 1
            }
        }
        throw problem("the text that begins here has no end", at: opening)
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONProblem) {
        let start = index
        index += 1
        guard let letter = current else { throw problem("the object breaks off here") }
        index += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexadecimal()
            // RFC 8259, section 7: what lies beyond the first plane is written as two surrogates.
            if 0xD800..<0xDC00 ~= code, bytes[index...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) {
                index += 2
                let low = try hexadecimal()
                guard 0xDC00..<0xE000 ~= low else { throw problem("half of a surrogate pair", at: start) }
                code = 0x1_0000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw problem("half of a surrogate pair", at: start) }
            text += Array(String(Character(scalar)).utf8)
        default: throw problem("there is no such escape", at: start)
        }
    }

    private mutating func hexadecimal() throws(JSONProblem) -> UInt32 {
        guard index + 4 <= bytes.count else { throw problem("four hexadecimal digits are expected") }
        var code: UInt32 = 0
        for byte in bytes[index..<index + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw problem("four hexadecimal digits are expected")
            }
            code = code << 4 | UInt32(digit)
        }
        index += 4
        return code
    }

    // MARK: - Bytes

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipBlanks() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private mutating func take(_ mark: Unicode.Scalar, _ place: String) throws(JSONProblem) {
        guard let byte = current else { throw problem("the object breaks off here") }
        guard byte == UInt8(ascii: mark) else { throw problem("\(mark) is expected \(place)") }
        index += 1
    }

    private func problem(_ message: String, at offset: Int? = nil) -> JSONProblem {
        JSONProblem(offset: offset ?? index, message: message)
    }
}
