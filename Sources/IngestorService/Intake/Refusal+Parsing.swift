internal import BulletinParser
internal import Foundation

extension Refusal {
    /// A parse error with line and offset.
    init(_ error: ParseError, in bytes: [UInt8]) {
        let code: Code = error.code == .tooLarge ? .tooLarge : .parseFailed
        let place = Place(error.location, in: bytes)
        self.init(code, "\(error.problem); \(error.advice)", line: place.line, offset: place.offset)
    }

    /// A JSON document that is none, or lacks what it needs.
    init(_ error: any Error, inJSON bytes: [UInt8]) {
        guard let error = error as? DecodingError else {
            self.init(.parseFailed, "the JSON cannot be read")
            return
        }
        func path(_ context: DecodingError.Context) -> String {
            context.codingPath.map(\.stringValue).joined(separator: ".")
        }
        switch error {
        case .dataCorrupted(let context) where context.codingPath.isEmpty:
            let information = (context.underlyingError as? NSError)?.userInfo
            let offset = (information?["NSJSONSerializationErrorIndex"] as? Int).map { min(max(0, $0), bytes.count) }
            let place = Place(offset: offset ?? 0, in: bytes)
            self.init(.parseFailed, "this is not JSON (RFC 8259)", line: place.line, offset: place.offset)
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            let name = path(context)
            self.init(
                .parseFailed,
                name.isEmpty ? "the JSON must be an object" : "the JSON field \(name) must be a text",
                line: 1,
                offset: 0
            )
        case .keyNotFound(let key, _): self.init(.parseFailed, "the JSON field \(key.stringValue) is missing")
        @unknown default: self.init(.parseFailed, "the JSON cannot be read")
        }
    }

    /// A place in a document, by what a parse error says of it: `byte 1200` or `line 3`.
    private struct Place {
        var line: Int?
        var offset: Int?

        init(_ location: String?, in bytes: [UInt8]) {
            let words = (location ?? "").split(separator: " ")
            guard words.count >= 2, let number = Int(words[1].prefix { $0.isNumber }) else {
                // The document as a whole.
                (line, offset) = (1, 0)
                return
            }
            switch words[0] {
            case "byte":
                let place = Place(offset: min(number, bytes.count), in: bytes)
                (line, offset) = (place.line, place.offset)
            case "line":
                line = number
                offset = Self.start(of: number, in: bytes)
            default:
                line = 1
                offset = 0
            }
        }

        init(offset: Int, in bytes: [UInt8]) {
            self.offset = offset
            line = bytes.prefix(offset).reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
        }

        private static func start(of line: Int, in bytes: [UInt8]) -> Int {
            var left = line - 1
            for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
                left -= 1
                if left == 0 { return index + 1 }
            }
            return 0
        }
    }
}
