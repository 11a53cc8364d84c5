/// Why a document could not be parsed, in words for people: what, where, what to do.
public struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What sort of failure this is; more may be added.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// A short stable name, for counting and for `rejected` records.
        public var rawValue: String

        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The document holds no text.
        public static let empty = Code(rawValue: "empty")
        /// The document is larger than documents may be.
        public static let tooLarge = Code(rawValue: "too-large")
        /// The bytes are no text in any encoding.
        public static let notText = Code(rawValue: "not-text")
        /// The bytes break off or break the rules of their encoding.
        public static let undecodable = Code(rawValue: "undecodable")
    }

    /// What sort of failure this is.
    public var code: Code
    /// The document's name, if it has one.
    public var name: String?
    /// Where in the document, such as `line 3` or `byte 1200`.
    public var location: String?
    /// What is wrong.
    public var problem: String
    /// What to do about it.
    public var advice: String

    /// A failure of the document `name` at `location`.
    public init(code: Code, name: String?, location: String? = nil, problem: String, advice: String) {
        self.code = code
        self.name = name
        self.location = location
        self.problem = problem
        self.advice = advice
    }

    /// One line: where, what, and what to do.
    public var description: String {
        let place = [name ?? "document", location].compactMap { $0 }.joined(separator: ", ")
        return "\(place): \(problem); \(advice)"
    }
}
