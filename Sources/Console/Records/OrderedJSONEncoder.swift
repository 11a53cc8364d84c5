/// Encodes values as JSON for people and programs that read them side by side.
///
/// Unlike Foundation's encoder it keeps the fields in the order in which the type encodes them (the declared order of
/// a synthesised `Codable`), writes an absent optional as `null`, so that every record has the same fields, and leaves
/// slashes alone. Keys of dictionaries are sorted. Dates are ISO 8601 in UTC, `Data` is base64. Control characters
/// (also U+007F to U+009F), line separators and bidirectional controls are written as `\u…`: still the same JSON
/// string, but safe to look at on a terminal.
public struct OrderedJSONEncoder: Sendable {
    /// Whether to break and indent lines.
    public let isPretty: Bool

    /// An encoder for one-line or indented output.
    public init(isPretty: Bool = false) {
        self.isPretty = isPretty
    }

    /// The value as JSON text, without a line break at the end.
    /// - Throws: `EncodingError` for numbers that JSON cannot hold, and whatever the value's `encode(to:)` throws.
    public func encode(_ value: some Encodable) throws -> String {
        let node = JSONNode()
        try node.encode(value, path: .root)
        return node.text(indentation: isPretty ? 0 : nil)
    }
}

/// A JSON value while it is built. A class, since nested containers fill it after their parent has handed it out.
///
/// Used by one encoder on one thread; never shared.
final class JSONNode {
    enum Content {
        case unset
        case literal(String)
        case string(String)
        case array([JSONNode])
        case object([(key: String, value: JSONNode)])
    }

    var content = Content.unset

    func append() -> JSONNode {
        let child = JSONNode()
        if case .array(var children) = content {
            content = .unset  // keeps the array's storage unique, so that appending stays cheap
            children.append(child)
            content = .array(children)
        } else {
            content = .array([child])
        }
        return child
    }

    func set(_ key: String) -> JSONNode {
        let child = JSONNode()
        if case .object(var fields) = content {
            content = .unset
            fields.append((key, child))
            content = .object(fields)
        } else {
            content = .object([(key, child)])
        }
        return child
    }

    func sortKeys() {
        guard case .object(let fields) = content else { return }
        content = .object(fields.sorted { $0.key < $1.key })
    }

    /// The value as JSON: on one line, or with lines indented from a level on.
    func text(indentation: Int? = nil) -> String {
        var bytes: [UInt8] = []
        write(to: &bytes, indentation: indentation)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func write(to bytes: inout [UInt8], indentation: Int?) {
        switch content {
        case .unset: bytes += "null".utf8
        case .literal(let literal): bytes += literal.utf8
        case .string(let string): Self.writeString(string, to: &bytes)
        case .array(let children):
            Self.writeList(children, open: "[", close: "]", to: &bytes, indentation: indentation) {
                child,
                bytes,
                inner in
                child.write(to: &bytes, indentation: inner)
            }
        case .object(let fields):
            Self.writeList(fields, open: "{", close: "}", to: &bytes, indentation: indentation) {
                field,
                bytes,
                inner in
                Self.writeString(field.key, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                if inner != nil { bytes.append(UInt8(ascii: " ")) }
                field.value.write(to: &bytes, indentation: inner)
            }
        }
    }

    @inline(__always)
    private static func writeList<Element>(
        _ elements: [Element],
        open: Unicode.Scalar,
        close: Unicode.Scalar,
        to bytes: inout [UInt8],
        indentation: Int?,
        element: (Element, inout [UInt8], Int?) -> Void
    ) {
        func newLine(_ level: Int) {
            bytes.append(UInt8(ascii: "\n"))
            bytes += repeatElement(UInt8(ascii: " "), count: 2 * level)
        }
        let inner = indentation.map { $0 + 1 }
        bytes.append(UInt8(ascii: open))
        for (index, item) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            if let inner { newLine(inner) }
            element(item, &bytes, inner)
        }
        if let indentation, !elements.isEmpty { newLine(indentation) }
        bytes.append(UInt8(ascii: close))
    }

    /// The text in quotation marks; what is neither to be escaped nor unsafe is copied in stretches.
    private static func writeString(_ string: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        var string = string
        string.withUTF8 { utf8 in
            var copied = 0
            var position = 0
            while position < utf8.count {
                let byte = utf8[position]
                // Most of a bulletin: of these no character is unsafe, nor of three bytes those that begin with E3 to EE.
                if byte >= 0xE3, byte < 0xEF {
                    position += 3
                    continue
                }
                if byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                    position += 1
                    continue
                }
                let (scalar, length) = scalar(in: utf8, at: position)
                if byte < 0x7F || TerminalText.isUnsafe(scalar) {
                    bytes += UnsafeBufferPointer(rebasing: utf8[copied..<position])
                    writeEscaped(scalar, to: &bytes)
                    copied = position + length
                }
                position += length
            }
            bytes += UnsafeBufferPointer(rebasing: utf8[copied...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// The scalar at a place of valid UTF-8, and its length in bytes.
    private static func scalar(in utf8: UnsafeBufferPointer<UInt8>, at position: Int) -> (Unicode.Scalar, Int) {
        let first = utf8[position]
        let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        var value = length == 1 ? UInt32(first) : UInt32(first & (0x7F >> UInt8(length)))
        for offset in 1..<length { value = value << 6 | UInt32(utf8[position + offset] & 0x3F) }
        return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
    }

    private static func writeEscaped(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        switch scalar {
        case "\"": bytes += "\\\"".utf8
        case "\\": bytes += "\\\\".utf8
        case "\n": bytes += "\\n".utf8
        case "\r": bytes += "\\r".utf8
        case "\t": bytes += "\\t".utf8
        default:
            for unit in String(scalar).utf16 {
                let digits = String(unit, radix: 16)
                bytes += "\\u".utf8
                bytes += repeatElement(UInt8(ascii: "0"), count: 4 - digits.utf8.count)
                bytes += digits.utf8
            }
        }
    }
}
