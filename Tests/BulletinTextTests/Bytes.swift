@testable import BulletinText

/// Text to bytes and back, for tests.
enum Bytes {
    /// `text` in an encoding that iconv knows, or nil if the encoding cannot express it.
    static func of(_ text: String, in encoding: String) -> [UInt8]? {
        converted(Array(text.utf8), from: "UTF-8", to: encoding)
    }

    /// The text that `bytes` are in an encoding that iconv knows, or nil if they are none.
    static func text(_ bytes: [UInt8], from encoding: String) -> String? {
        converted(bytes, from: encoding, to: "UTF-8").flatMap { String(validating: $0, as: UTF8.self) }
    }

    private static func converted(_ bytes: [UInt8], from source: String, to target: String) -> [UInt8]? {
        bytes.withUnsafeBufferPointer {
            if case .converted(let output) = Iconv.convert($0, from: source, to: target) { return output }
            return nil
        }
    }
}
