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

    /// What is wrong, in words for people, without the place.
    public var problem: String {
        switch code {
        case .tooLarge: "the document is larger than \(offset ?? 0) bytes"
        case .notText: "this is no text but binary data, as its control characters tell"
        default: "the bytes are text in no known encoding (tried \(tried.joined(separator: ", ")))"
        }
    }

    /// What to do about it.
    public var advice: String {
        switch code {
        case .tooLarge: "split it, or raise the size limit"
        case .notText: "extract its text before sending it, or leave it out"
        default: "convert it to UTF-8, or fetch it again if it was cut off or damaged"
        }
    }

    /// The error in words for people: what, where, what to do.
    public var description: String {
        let place = code == .tooLarge ? "" : offset.map { ", first at byte \($0)" } ?? ""
        return "\(problem)\(place); \(advice)"
    }
}
