internal import Foundation

/// Reads JSON without a tree of it: a cursor over bytes that a caller leads through the structure it expects.
///
/// It takes the usual and leaves the rest to Foundation, which also has the words for what is wrong: whatever is not
/// expected, and what few writers write, ends in ``Unusual``. What it does take, it reads as Foundation does.
struct JSONReader {
    /// The document is not what was expected, or written in an unusual way. It may be right nevertheless.
    struct Unusual: Error {}

    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    /// Where the next byte stands that was not read yet.
    var offset: Int { position }

    /// A reader of a document, which must outlive it.
    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    // MARK: - Structure

    /// An object of which `names` are the only fields, each at most once: `body` reads the value of the one at an index.
    /// Returns the set of the fields that were there, bit n for name n; there are 64 at most.
    mutating func object(
        _ names: [StaticString],
        _ body: (inout JSONReader, Int) throws(Unusual) -> Void
    ) throws(Unusual) -> UInt64 {
        try expect(UInt8(ascii: "{"))
        var seen: UInt64 = 0
        if skip(UInt8(ascii: "}")) { return seen }
        // Writers keep an order: the name after the last one is looked for first.
        var next = 0
        while true {
            let index = try name(among: names, from: next)
            guard seen >> UInt64(index) & 1 == 0 else { throw Unusual() }
            seen |= 1 << UInt64(index)
            next = index + 1
            try expect(UInt8(ascii: ":"))
            try body(&self, index)
            if skip(UInt8(ascii: "}")) { return seen }
            try expect(UInt8(ascii: ","))
        }
    }

    /// An array, each element of which `element` reads; nil for `null`.
    mutating func arrayIfAny<Element>(
        _ element: (inout JSONReader) throws(Unusual) -> Element
    ) throws(Unusual) -> [Element]? {
        if isNull() { return nil }
        return try array(element)
    }

    /// An array, each element of which `element` reads.
    mutating func array<Element>(
        _ element: (inout JSONReader) throws(Unusual) -> Element
    ) throws(Unusual) -> [Element] {
        try expect(UInt8(ascii: "["))
        var elements: [Element] = []
        if skip(UInt8(ascii: "]")) { return elements }
        while true {
            elements.append(try element(&self))
            if skip(UInt8(ascii: "]")) { return elements }
            try expect(UInt8(ascii: ","))
        }
    }

    /// The end of the document.
    mutating func end() throws(Unusual) {
        skipSpace()
        guard position == bytes.count else { throw Unusual() }
    }

    /// Passes white space.
    mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    /// Whether the next byte behind white space is `byte`; then it is passed.
    private mutating func skip(_ byte: UInt8) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ byte: UInt8) throws(Unusual) {
        guard skip(byte) else { throw Unusual() }
    }

    private mutating func name(among names: [StaticString], from first: Int) throws(Unusual) -> Int {
        try expect(UInt8(ascii: "\""))
        for step in names.indices {
            let sum = first + step
            let index = sum < names.count ? sum : sum - names.count
            let count = names[index].utf8CodeUnitCount
            guard position + count < bytes.count, bytes[position + count] == UInt8(ascii: "\""),
                isNext(names[index])
            else { continue }
            position += count + 1
            return index
        }
        throw Unusual()
    }

    /// Whether the bytes of a literal come next.
    private func isNext(_ literal: StaticString) -> Bool {
        let count = literal.utf8CodeUnitCount
        guard position + count <= bytes.count, let start = bytes.baseAddress else { return false }
        return memcmp(start + position, literal.utf8Start, count) == 0
    }

    // MARK: - Values

    /// Whether `null` comes next; then it is passed.
    mutating func isNull() -> Bool { skip(literal: "null") }

    private mutating func skip(literal: StaticString) -> Bool {
        skipSpace()
        guard isNext(literal) else { return false }
        position += literal.utf8CodeUnitCount
        return true
    }

    mutating func bool() throws(Unusual) -> Bool {
        if skip(literal: "true") { return true }
        guard skip(literal: "false") else { throw Unusual() }
        return false
    }

    /// A whole number of at most 18 digits, without a fraction or an exponent.
    mutating func integer() throws(Unusual) -> Int {
        skipSpace()
        let isNegative = skip(UInt8(ascii: "-"))
        let start = position
        var value = 0
        while position < bytes.count, bytes[position] &- 0x30 < 10 {
            guard position - start < 18 else { throw Unusual() }
            value = value * 10 + Int(bytes[position] - 0x30)
            position += 1
        }
        // 01 and -0 are unusual; 1.0 and 1e3 are numbers that Foundation takes for whole ones, too.
        let count = position - start
        guard count > 0, bytes[start] != 0x30 || (count == 1 && !isNegative), position < bytes.count else {
            throw Unusual()
        }
        switch bytes[position] {
        case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), 0x20, 0x0A, 0x0D, 0x09: break
        default: throw Unusual()
        }
        return isNegative ? -value : value
    }

    mutating func integerIfAny() throws(Unusual) -> Int? {
        if isNull() { return nil }
        return try integer()
    }

    mutating func stringIfAny() throws(Unusual) -> String? {
        if isNull() { return nil }
        return try string()
    }

    mutating func string() throws(Unusual) -> String {
        try expect(UInt8(ascii: "\""))
        let start = position
        try passPlain()
        if bytes[position] == UInt8(ascii: "\"") {
            defer { position += 1 }
            return try text(UnsafeRawBufferPointer(rebasing: bytes[start..<position]))
        }
        var unescaped = Array(bytes[start..<position])
        while bytes[position] != UInt8(ascii: "\"") {
            try unescape(into: &unescaped)
            let plain = position
            try passPlain()
            unescaped.append(contentsOf: bytes[plain..<position])
        }
        position += 1
        let result = unescaped.withUnsafeBytes { bytes in
            Result { () throws(Unusual) in try text(bytes) }
        }
        return try result.get()
    }

    /// Bytes as text, if they are UTF-8. What is not is repaired by decoding, and then differs; `String(validating:as:)` is not
    /// specialised, and asks the runtime for types at each call.
    private func text(_ utf8: UnsafeRawBufferPointer) throws(Unusual) -> String {
        var text = String(decoding: utf8, as: UTF8.self)
        let isSame = text.withUTF8 { decoded in
            guard decoded.count == utf8.count else { return false }
            guard let left = decoded.baseAddress, let right = utf8.baseAddress else { return true }
            return memcmp(left, right, decoded.count) == 0
        }
        guard isSame else { throw Unusual() }
        return text
    }

    /// Passes everything up to a quote or a backslash, which must come.
    private mutating func passPlain() throws(Unusual) {
        while position < bytes.count {
            if position + 8 <= bytes.count,
                !JSONBytes.isSpecial(bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            {
                position += 8
                continue
            }
            switch bytes[position] {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): return
            case 0x00..<0x20: throw Unusual()
            default: position += 1
            }
        }
        throw Unusual()
    }

    /// Appends what the escape that comes next stands for.
    private mutating func unescape(into text: inout [UInt8]) throws(Unusual) {
        guard position + 1 < bytes.count else { throw Unusual() }
        let kind = bytes[position + 1]
        position += 2
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(kind)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "u"):
            let first = try hexadecimal()
            var value = first
            if 0xD800..<0xDC00 ~= first {
                guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
                    bytes[position + 1] == UInt8(ascii: "u")
                else { throw Unusual() }
                position += 2
                let second = try hexadecimal()
                guard 0xDC00..<0xE000 ~= second else { throw Unusual() }
                value = 0x1_0000 + (first - 0xD800) << 10 + (second - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(value), let encoded = UTF8.encode(scalar) else { throw Unusual() }
            text.append(contentsOf: encoded)
        default: throw Unusual()
        }
    }

    private mutating func hexadecimal() throws(Unusual) -> UInt32 {
        guard position + 4 <= bytes.count else { throw Unusual() }
        var value: UInt32 = 0
        for _ in 0..<4 {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte - 0x30)
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(byte - 0x57)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt32(byte - 0x37)
            default: throw Unusual()
            }
            position += 1
        }
        return value
    }
}

/// What reading and writing JSON have in common.
enum JSONBytes {
    /// Whether one of eight bytes is below 0x20, a quote or a backslash: what may not stand in a string as it is.
    @inline(__always)
    static func isSpecial(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        // A high bit of `x - ones` is set where the byte of x was 0, or had that bit set already.
        func zeros(_ x: UInt64) -> UInt64 { (x &- ones) & ~x & highs }
        let control = (word &- ones &* 0x20) & ~word & highs
        return control | zeros(word ^ (ones &* 0x22)) | zeros(word ^ (ones &* 0x5C)) != 0
    }
}
