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
    func encode(_ value: some Encodable, codingPath: [any CodingKey]) throws {
        switch value {
        case let date as Date: content = .string(date.formatted(.iso8601))
        case let data as Data: content = .string(data.base64EncodedString())
        case let url as URL: content = .string(url.absoluteString)
        default:
            try value.encode(to: JSONNodeEncoder(node: self, codingPath: codingPath))
            if value is any UnorderedObject {
                if case .unset = content { content = .object([]) }
                sortKeys()
            }
        }
    }

    func set(_ number: some BinaryFloatingPoint & CustomStringConvertible, codingPath: [any CodingKey]) throws {
        guard number.isFinite else {
            let context = EncodingError.Context(codingPath: codingPath, debugDescription: "JSON has no \(number)")
            throw EncodingError.invalidValue(number, context)
        }
        content = .literal(number.description)
    }
}

private struct JSONNodeEncoder: Encoder {
    let node: JSONNode
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if case .unset = node.content { node.content = .object([]) }
        return KeyedEncodingContainer(JSONKeyedContainer<Key>(node: node, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if case .unset = node.content { node.content = .array([]) }
        return JSONUnkeyedContainer(node: node, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        JSONSingleValueContainer(node: node, codingPath: codingPath)
    }
}

private struct JSONSingleValueContainer: SingleValueEncodingContainer {
    let node: JSONNode
    let codingPath: [any CodingKey]

    func encodeNil() { node.content = .literal("null") }
    func encode(_ value: Bool) { node.content = .literal(value ? "true" : "false") }
    func encode(_ value: String) { node.content = .string(value) }
    func encode(_ value: Double) throws { try node.set(value, codingPath: codingPath) }
    func encode(_ value: Float) throws { try node.set(value, codingPath: codingPath) }
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
    func encode(_ value: some Encodable) throws { try node.encode(value, codingPath: codingPath) }
}

private struct JSONUnkeyedContainer: UnkeyedEncodingContainer {
    let node: JSONNode
    let codingPath: [any CodingKey]

    var count: Int {
        if case .array(let children) = node.content { children.count } else { 0 }
    }

    func encodeNil() { node.append().content = .literal("null") }

    func encode(_ value: some Encodable) throws {
        let index = count
        try node.append().encode(value, codingPath: codingPath + [JSONKey(intValue: index)])
    }

    func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        JSONNodeEncoder(node: node.append(), codingPath: codingPath).container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        JSONNodeEncoder(node: node.append(), codingPath: codingPath).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { JSONNodeEncoder(node: node.append(), codingPath: codingPath) }
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
    let codingPath: [any CodingKey]

    func encodeNil(forKey key: Key) { node.set(key.stringValue).content = .literal("null") }

    func encode(_ value: some Encodable, forKey key: Key) throws {
        try node.set(key.stringValue).encode(value, codingPath: codingPath + [key])
    }

    func encodeIfPresent(_ value: (some Encodable)?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
    }

    func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: String?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: Float?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try present(value, key) }
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
        JSONNodeEncoder(node: node.set(key.stringValue), codingPath: codingPath + [key]).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        JSONNodeEncoder(node: node.set(key.stringValue), codingPath: codingPath + [key]).unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        JSONNodeEncoder(node: node.set("super"), codingPath: codingPath + [JSONKey(stringValue: "super")])
    }

    func superEncoder(forKey key: Key) -> any Encoder {
        JSONNodeEncoder(node: node.set(key.stringValue), codingPath: codingPath + [key])
    }
}
