internal import BulletinEvents

/// Record headers as one blob: for each, length and bytes of the name, then length and bytes of the value; lengths are
/// 32 bits, little-endian, and a null value has the length 2³²−1.
enum HeaderCodec {
    private static let null = UInt32.max

    static func encode(_ headers: [RejectedRecord.Header]) -> [UInt8] {
        var bytes: [UInt8] = []
        func add(_ length: UInt32) {
            for shift in stride(from: UInt32(0), to: 32, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: length >> shift))
            }
        }
        for header in headers {
            add(UInt32(header.name.utf8.count))
            bytes.append(contentsOf: header.name.utf8)
            if let value = header.value?.bytes {
                add(UInt32(value.count))
                bytes.append(contentsOf: value)
            } else {
                add(null)
            }
        }
        return bytes
    }

    /// Nil for bytes that ``encode(_:)`` did not make.
    static func decode(_ bytes: [UInt8]) -> [RejectedRecord.Header]? {
        var rest = bytes[...]
        func length() -> UInt32? {
            guard rest.count >= 4 else { return nil }
            defer { rest = rest.dropFirst(4) }
            return rest.prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
        func take(_ count: UInt32) -> ArraySlice<UInt8>? {
            guard rest.count >= Int(count) else { return nil }
            defer { rest = rest.dropFirst(Int(count)) }
            return rest.prefix(Int(count))
        }
        var headers: [RejectedRecord.Header] = []
        while !rest.isEmpty {
            guard let nameLength = length(), let name = take(nameLength), let valueLength = length() else { return nil }
            var value: RejectedRecord.Bytes?
            if valueLength != null {
                guard let bytes = take(valueLength) else { return nil }
                value = .init(Array(bytes))
            }
            headers.append(.init(name: String(decoding: name, as: UTF8.self), value: value))
        }
        return headers
    }
}
