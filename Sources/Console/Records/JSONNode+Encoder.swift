#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Dictionaries with text keys encode as objects in the order of their hashes, which differs from run to run.
private protocol UnorderedObject {}
extension Dictionary: UnorderedObject where Key == String {}

extension JSONNode {
    /// Makes this node the given value.
    func encode(_ value: some Encodable, path: CodingPath) throws {
        switch value {
        case let date as Date: content = .string(date.formatted(.iso8601))
        case let data as Data: content = .string(data.base64EncodedString())
        case let url as URL: content = .string(url.absoluteString)
        default:
            try value.encode(to: JSONNodeEncoder(node: self, path: path))
            if value is any UnorderedObject {
                if case .unset = content { content = .object([]) }
                sortKeys()
            }
        }
    }

    func set(_ number: some BinaryFloatingPoint & CustomStringConvertible, path: CodingPath) throws {
        guard number.isFinite else {
            let context = EncodingError.Context(codingPath: path.keys, debugDescription: "JSON has no \(number)")
            throw EncodingError.invalidValue(number, context)
        }
        content = .literal(number.description)
    }
}

/// Where in a value something is encoded; made into a list of keys only where an error names it.
indirect enum CodingPath {
    case root
    case field(CodingPath, any CodingKey)
    case element(CodingPath, Int)

    var keys: [any CodingKey] {
        switch self {
        case .root: []
        case .field(let parent, let key): parent.keys + [key]
        case .element(let parent, let index): parent.keys + [JSONKey(intValue: index)]
        }
    }
}

private struct JSONNodeEncoder: Encoder {
    let node: JSONNode
    let path: CodingPath
    var codingPath: [any CodingKey] { path.keys }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if case .unset = node.content { node.content = .object([]) }
        return KeyedEncodingContainer(JSONKeyedContainer<Key>(node: node, path: path))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if case .unset = node.content { node.content = .array([]) }
        return JSONUnkeyedContainer(node: node, path: path)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        JSONSingleValueContainer(node: node, path: path)
    }
}

private struct JSONSingleValueContainer: SingleValueEncodingContainer {
    let node: JSONNode
    let path: CodingPath
    var codingPath: [any CodingKey] { path.keys }

    func encodeNil() { node.content = .literal("null") }
    func encode(_ value: Bool) { node.content = .literal(value ? "true" : "false") }
    func encode(_ value: String) { node.content = .string(value) }
    func encode(_ value: Double) throws { try node.set(value, path: path) }
    func encode(_ value: Float) throws { try node.set(value, path: path) }
    func encode(_ value: Int) { node.content = .literal(String(value)) }
    func encode(_ value: Int8) { node.content = .literal(String(value)) }
    func encode(_ value: Int16) { node.content = .literal(String(value)) }
    func encode(_ value: Int32) { node.content = .literal(String(value)) }
    func encode(_ value: Int64) { node.content = .literal(String(value)) }
    func encode(_ value: UInt) { node.content = .literal(String(value)) }
    func encode(_ value: UInt8) { node.content = .literal(String(value)) }
    func encode(_ value: UInt16) { node.content = .literal(String(value)) }
    func encode(_ value: UInt32) { node.content = .literal(String(value)) }
    func encode(_ value: UInt64) { node.content = .literal(String(value)) }
    func encode(_ value: some Encodable) throws { try node.encode(value, path: path) }
}

private struct JSONUnkeyedContainer: UnkeyedEncodingContainer {
    let node: JSONNode
    let path: CodingPath
    var codingPath: [any CodingKey] { path.keys }

    var count: Int {
        if case .array(let children) = node.content { children.count } else { 0 }
    }

    func encodeNil() { node.append().content = .literal("null") }

    // What most values are made of, without a look at what type it is.
    func encode(_ value: String) { node.append().content = .string(value) }
    func encode(_ value: Int) { node.append().content = .literal(String(value)) }
    func encode(_ value: Bool) { node.append().content = .literal(value ? "true" : "false") }

    func encode(_ value: some Encodable) throws {
        let index = count
        try node.append().encode(value, path: .element(path, index))
    }

    func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        JSONNodeEncoder(node: node.append(), path: path).container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        JSONNodeEncoder(node: node.append(), path: path).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { JSONNodeEncoder(node: node.append(), path: path) }
}

/// An array index, or the key `super`.
private struct JSONKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(intValue: Int) {
        self.intValue = intValue
        self.stringValue = String(intValue)
    }

    init(stringValue: String) {
        self.intValue = nil
        self.stringValue = stringValue
    }
}

/// The standard library's forms of `encodeIfPresent` leave an absent value out; these write `null`.
private struct JSONKeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let node: JSONNode
    let path: CodingPath
    var codingPath: [any CodingKey] { path.keys }

    func encodeNil(forKey key: Key) { node.set(key.stringValue).content = .literal("null") }

    // What most values are made of, without a look at what type it is.
    func encode(_ value: String, forKey key: Key) { node.set(key.stringValue).content = .string(value) }
    func encode(_ value: Int, forKey key: Key) { node.set(key.stringValue).content = .literal(String(value)) }
    func encode(_ value: Bool, forKey key: Key) {
        node.set(key.stringValue).content = .literal(value ? "true" : "false")
    }

    func encode(_ value: some Encodable, forKey key: Key) throws {
        try node.set(key.stringValue).encode(value, path: .field(path, key))
    }

    func encodeIfPresent(_ value: (some Encodable)?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
    }

    func encodeIfPresent(_ value: Bool?, forKey key: Key) {
        if let value { encode(value, forKey: key) } else { encodeNil(forKey: key) }
    }
    func encodeIfPresent(_ value: String?, forKey key: Key) {
        if let value { encode(value, forKey: key) } else { encodeNil(forKey: key) }
    }
    func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: Float?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: Int?, forKey key: Key) {
        if let value { encode(value, forKey: key) } else { encodeNil(forKey: key) }
    }
    func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try present(value, key) }

    private func present(_ value: (some Encodable)?, _ key: Key) throws {
        if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        JSONNodeEncoder(node: node.set(key.stringValue), path: .field(path, key)).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        JSONNodeEncoder(node: node.set(key.stringValue), path: .field(path, key)).unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        JSONNodeEncoder(node: node.set("super"), path: .field(path, JSONKey(stringValue: "super")))
    }

    func superEncoder(forKey key: Key) -> any Encoder {
        JSONNodeEncoder(node: node.set(key.stringValue), path: .field(path, key))
    }
}
