/// Writes JSON piece by piece into one string: gold is written by the million, and its order is fixed.
struct JSONText {
    private(set) var text = ""
    private let isIndented: Bool
    private var depth = 0
    private var isFirst = true

    init(isIndented: Bool) {
        self.isIndented = isIndented
    }

    mutating func object(_ body: (inout JSONText) -> Void) {
        text += "{"
        nested(body)
        text += "}"
    }

    mutating func field(_ name: String, _ value: String?) {
        key(name)
        if let value { string(value) } else { text += "null" }
    }

    mutating func field(_ name: String, _ value: Bool) {
        key(name)
        text += value ? "true" : "false"
    }

    mutating func field(_ name: String, _ value: Int) {
        key(name)
        text += String(value)
    }

    mutating func field(_ name: String, _ values: [String]) {
        list(name, values) { $0.string($1) }
    }

    mutating func list<Element>(_ name: String, _ elements: [Element], _ body: (inout JSONText, Element) -> Void) {
        key(name)
        text += "["
        if !elements.isEmpty {
            nested { json in
                for element in elements {
                    json.separate()
                    body(&json, element)
                }
            }
        }
        text += "]"
    }

    mutating func object(_ name: String, _ body: (inout JSONText) -> Void) {
        key(name)
        object(body)
    }

    /// JSON that was written before, as the value of a field.
    mutating func field(_ name: String, raw json: String) {
        key(name)
        text += json
    }

    private mutating func nested(_ body: (inout JSONText) -> Void) {
        depth += 1
        isFirst = true
        body(&self)
        depth -= 1
        isFirst = false
        newLine()
    }

    private mutating func key(_ name: String) {
        separate()
        string(name)
        text += isIndented ? ": " : ":"
    }

    private mutating func separate() {
        if !isFirst { text += "," }
        isFirst = false
        newLine()
    }

    private mutating func newLine() {
        guard isIndented else { return }
        text += "\n"
        for _ in 0..<depth { text += " " }
    }

    private mutating func string(_ value: String) {
        text += "\""
        if value.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) {
            for scalar in value.unicodeScalars { escape(scalar) }
        } else {
            text += value
        }
        text += "\""
    }

    private mutating func escape(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": text += "\\\""
        case "\\": text += "\\\\"
        case "\n": text += "\\n"
        case "\r": text += "\\r"
        case "\t": text += "\\t"
        default:
            if scalar.value < 0x20 {
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
    }
}
