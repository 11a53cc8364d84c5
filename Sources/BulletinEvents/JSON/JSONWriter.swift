/// Writes compact JSON into a buffer of bytes, as Foundation's encoder does with sorted keys and unescaped slashes, at a
/// fraction of its cost: nothing is allocated but the buffer.
///
/// Fields stand in the order in which they are written: write them sorted.
struct JSONWriter {
    /// What was written.
    private(set) var bytes: [UInt8] = []

    /// A writer with room for `capacity` bytes; it grows beyond.
    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    // MARK: - Structure

    /// An object, whose fields `body` writes.
    @inline(__always)
    mutating func object(_ body: (inout JSONWriter) -> Void) {
        bytes.append(UInt8(ascii: "{"))
        body(&self)
        bytes.append(UInt8(ascii: "}"))
    }

    /// An array, each element of which `body` writes as one value.
    @inline(__always)
    mutating func array<Element>(_ elements: [Element], _ body: (inout JSONWriter, Element) -> Void) {
        bytes.append(UInt8(ascii: "["))
        for element in elements {
            separate()
            body(&self, element)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// The name of a field; its value comes next. Names hold nothing that needs escaping.
    @inline(__always)
    mutating func name(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        // A literal of ASCII.
        bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    /// Only the beginning of an object or array needs no comma before what follows; no value ends with such a bracket.
    @inline(__always)
    private mutating func separate() {
        switch bytes.last {
        case UInt8(ascii: "{"), UInt8(ascii: "["), nil: break
        default: bytes.append(UInt8(ascii: ","))
        }
    }

    // MARK: - Values

    mutating func null() { literal("null") }

    mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }

    private mutating func literal(_ text: StaticString) {
        // A literal of ASCII.
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func number(_ value: Int) {
        if value >= 0, value < 10 {
            bytes.append(UInt8(ascii: "0") + UInt8(value))
            return
        }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var start = digits.count
            var rest = value.magnitude
            repeat {
                start -= 1
                digits[start] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            } while rest > 0
            if value < 0 { bytes.append(UInt8(ascii: "-")) }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: UnsafeBufferPointer(digits)[start...]))
        }
    }

    mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { append(escaped: $0) }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Text with what JSON forbids in strings escaped (RFC 8259, section 7): quotes, backslashes, control characters.
    private mutating func append(escaped text: UnsafeBufferPointer<UInt8>) {
        var written = 0
        var position = 0
        while position < text.count {
            // Eight bytes at once, as long as none of them needs escaping.
            if position + 8 <= text.count,
                !JSONBytes.isSpecial(
                    UnsafeRawBufferPointer(text).loadUnaligned(fromByteOffset: position, as: UInt64.self)
                )
            {
                position += 8
                continue
            }
            let byte = text[position]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
                position += 1
                continue
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[written..<position]))
            append(escape: byte)
            position += 1
            written = position
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[written...]))
    }

    private mutating func append(escape byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x00..<0x20:
            literal("u00")
            bytes.append(UInt8(ascii: "0") + byte >> 4)
            let low = byte & 15
            bytes.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
        default: bytes.append(byte)
        }
    }
}

extension JSONWriter {
    /// A field that is `null` where there is nothing.
    mutating func field(_ name: StaticString, orNull text: String?) {
        self.name(name)
        if let text { string(text) } else { null() }
    }

    /// A field that is left out where there is nothing.
    mutating func field(_ name: StaticString, ifPresent text: String?) {
        guard let text else { return }
        self.name(name)
        string(text)
    }

    mutating func field(_ name: StaticString, _ text: String) {
        self.name(name)
        string(text)
    }

    mutating func field(_ name: StaticString, _ number: Int) {
        self.name(name)
        self.number(number)
    }

    mutating func field(_ name: StaticString, _ value: Bool) {
        self.name(name)
        bool(value)
    }

    mutating func field(_ name: StaticString, _ texts: [String]) {
        self.name(name)
        array(texts) { $0.string($1) }
    }
}
