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
        try node.encode(value, codingPath: [])
        var text = ""
        node.write(to: &text, indentation: isPretty ? 0 : nil)
        return text
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

    func write(to text: inout String, indentation: Int?) {
        switch content {
        case .unset: text += "null"
        case .literal(let literal): text += literal
        case .string(let string): Self.writeString(string, to: &text)
        case .array(let children):
            Self.writeList(children, open: "[", close: "]", to: &text, indentation: indentation) { child, text, inner in
                child.write(to: &text, indentation: inner)
            }
        case .object(let fields):
            Self.writeList(fields, open: "{", close: "}", to: &text, indentation: indentation) { field, text, inner in
                Self.writeString(field.key, to: &text)
                text += inner == nil ? ":" : ": "
                field.value.write(to: &text, indentation: inner)
            }
        }
    }

    private static func writeList<Element>(
        _ elements: [Element],
        open: String,
        close: String,
        to text: inout String,
        indentation: Int?,
        element: (Element, inout String, Int?) -> Void
    ) {
        func newLine(_ level: Int) { text += "\n" + String(repeating: "  ", count: level) }
        let inner = indentation.map { $0 + 1 }
        text += open
        for (index, item) in elements.enumerated() {
            if index > 0 { text += "," }
            if let inner { newLine(inner) }
            element(item, &text, inner)
        }
        if let indentation, !elements.isEmpty { newLine(indentation) }
        text += close
    }

    private static func writeString(_ string: String, to text: inout String) {
        text += "\""
        if string.unicodeScalars.contains(where: { $0 == "\"" || $0 == "\\" || TerminalText.isUnsafe($0) }) {
            for scalar in string.unicodeScalars {
                switch scalar {
                case "\"": text += "\\\""
                case "\\": text += "\\\\"
                case "\n": text += "\\n"
                case "\r": text += "\\r"
                case "\t": text += "\\t"
                default:
                    if TerminalText.isUnsafe(scalar) {
                        for unit in UTF16.encode(scalar).map({ Array($0) }) ?? [] {
                            let digits = String(unit, radix: 16)
                            text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                        }
                    } else {
                        text.unicodeScalars.append(scalar)
                    }
                }
            }
        } else {
            text += string
        }
        text += "\""
    }
}
