internal import BulletinEvents

/// An event of the contract in a dump: CloudEvents in structured mode, as `bulletins export` writes it. It is read where it
/// is needed, on any core: whoever cuts the dump into lines has enough to do.
struct CloudEventLine: Sendable {
    private let bytes: [UInt8]

    /// The event that an object is; nil if it does not begin as one does: `specversion` first, which no page has as a field.
    init?(_ bytes: [UInt8]) {
        let start = bytes.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
        guard start.starts(with: "{\"specversion\":".utf8) else { return nil }
        self.bytes = bytes
    }

    /// The event.
    func event() throws(EventError) -> Event {
        try withValue { (value) throws(EventError) in try EventDecoder().decode(structured: value) }
    }

    /// The record by which the event is published.
    func record() throws(EventError) -> EventRecord {
        try withValue { (value) throws(EventError) in try EventDecoder().record(structured: value) }
    }

    private func withValue<Value>(
        _ body: (UnsafeRawBufferPointer) throws(EventError) -> Value
    ) throws(EventError) -> Value {
        try bytes.withUnsafeBytes { value in
            Result { () throws(EventError) in try body(value) }
        }.get()
    }
}

extension IntakeFailure {
    /// An event that the contract does not know.
    init(_ error: EventError, of name: String) {
        self.init(kind: .invalid, name: name, message: "the event cannot be taken: \(error.message)")
    }
}
