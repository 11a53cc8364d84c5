internal import BulletinEvents

/// An event of the contract in a dump: CloudEvents in structured mode, as `bulletins export` writes it.
enum CloudEventLine {
    /// Whether an object begins as an event does: `specversion` first, which no page has as a field.
    static func isEvent(_ bytes: [UInt8]) -> Bool {
        let start = bytes.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
        return start.starts(with: "{\"specversion\":".utf8)
    }

    /// The event. Throws ``EventError`` for one that the contract does not know.
    static func decode(_ bytes: [UInt8]) throws(EventError) -> Event {
        let header = RejectedRecord.Header(
            name: "content-type",
            value: .init(Array("application/cloudevents+json".utf8))
        )
        let result = bytes.withUnsafeBytes { value in
            Result { () throws(EventError) in try EventDecoder().decode(headers: [header], value: value) }
        }
        return try result.get()
    }
}
