internal import BulletinText

/// Texts as bytes of an encoding, strictly: what an encoding cannot write gives nil.
enum TextEncoder {
    /// The text's bytes in an encoding by its name for iconv.
    static func bytes(_ text: String, in encoding: String) -> [UInt8]? {
        if encoding == "UTF-8" { return Array(text.utf8) }
        return convert(Array(text.utf8), from: "UTF-8", to: encoding)
    }

    /// The text that bytes stand for in an encoding.
    static func text(_ bytes: [UInt8], in encoding: String) -> String? {
        convert(bytes, from: encoding, to: "UTF-8").map { String(decoding: $0, as: UTF8.self) }
    }

    private static func convert(_ bytes: [UInt8], from source: String, to target: String) -> [UInt8]? {
        bytes.withUnsafeBufferPointer {
            if case .converted(let output) = Iconv.convert($0, from: source, to: target) { return output }
            return nil
        }
    }
}
