/// Bytes that are no text, or text in no encoding that is known here.
public struct TextDecodingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong. An open set: later versions may add codes.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The code's name, as it stands in logs and in rejected records.
        public var rawValue: String

        /// A code by its name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// More bytes than the caller allows.
        public static let tooLarge = Code(rawValue: "too-large")

        /// Binary data: NUL and other control characters that no text holds.
        public static let notText = Code(rawValue: "not-text")

        /// No encoding turns all the bytes into plausible text.
        public static let undecodable = Code(rawValue: "undecodable")
    }

    /// What is wrong.
    public var code: Code

    /// The offset of the first bad byte, where one can be named: for ``Code-swift.struct/undecodable`` the first byte
    /// that the last encoding in ``tried`` could not take.
    public var offset: Int?

    /// The encodings tried, by their WHATWG names; the likeliest one last.
    public var tried: [String]

    /// An error about a document.
    public init(code: Code, offset: Int? = nil, tried: [String] = []) {
        self.code = code
        self.offset = offset
        self.tried = tried
    }

    /// The error in words for people: what, where, what to do.
    public var description: String {
        let place = offset.map { " at byte \($0)" } ?? ""
        return switch code {
        case .tooLarge:
            "the document is larger than \(offset ?? 0) bytes: split it, or raise the size limit"
        case .notText:
            "this is no text but binary data (first control character\(place)): extract its text before sending it"
        default:
            "the bytes are text in no known encoding (first bad byte\(place); tried \(tried.joined(separator: ", "))): "
                + "convert the document to UTF-8, or name its encoding"
        }
    }
}
