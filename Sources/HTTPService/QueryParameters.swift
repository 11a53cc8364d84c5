/// The parameters of a query, decoded as forms are (`application/x-www-form-urlencoded`); of several of a name
/// the first, where one is asked for.
package struct QueryParameters: Sendable {
    private var values: [String: [String]] = [:]

    /// Reads a query, without its question mark. Throws ``Refusal`` for one that is not encoded as it should be.
    package init(_ query: String) throws(Refusal) {
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = try Self.decode(parts[0])
            values[name, default: []].append(try Self.decode(parts.count == 2 ? parts[1] : ""))
        }
    }

    /// Nil where it is missing or empty.
    package subscript(name: String) -> String? {
        guard let value = values[name]?.first, !value.isEmpty else { return nil }
        return value
    }

    /// All values of a name, in order, that are not empty.
    package func all(_ name: String) -> [String] { (values[name] ?? []).filter { !$0.isEmpty } }

    /// The names that are there.
    package var names: [String] { values.keys.sorted() }

    private static func decode(_ text: Substring) throws(Refusal) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                    throw Refusal(.malformedRequest, "the query is not percent-encoded (RFC 3986, section 2.1)")
                }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        guard let decoded = String(validating: bytes, as: UTF8.self) else {
            throw Refusal(.malformedRequest, "the query is not UTF-8")
        }
        return decoded
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
