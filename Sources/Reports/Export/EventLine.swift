public import BulletinEvents

/// An event as one line of JSON: CloudEvents 1.0 in structured mode, which `bulletin-ingestor publish` takes back.
public enum EventLine {
    /// The line, without a line break at its end.
    public static func encode(_ event: Event) -> [UInt8] {
        switch event {
        case .published(let bulletin, let metadata):
            line(metadata, EventEncoder().encode(bulletin, metadata: metadata).value ?? [])
        case .withdrawn(let withdrawal, let metadata):
            line(metadata, EventEncoder().encode(withdrawal, metadata: metadata).value ?? [])
        }
    }

    private static func line(_ metadata: EventMetadata, _ data: [UInt8]) -> [UInt8] {
        var text = "{\"specversion\":\"1.0\""
        for (name, value) in [
            ("type", metadata.type), ("source", metadata.source), ("id", metadata.id), ("time", metadata.time),
            ("subject", metadata.subject), ("datacontenttype", "application/json"),
        ] {
            if let value { text += ",\"\(name)\":\(quoted(value))" }
        }
        return Array(text.utf8) + Array(",\"data\":".utf8) + data + [UInt8(ascii: "}")]
    }

    /// A text as a JSON string (RFC 8259, section 7).
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                result += "\\"
                result.unicodeScalars.append(scalar)
            case "\u{0}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
