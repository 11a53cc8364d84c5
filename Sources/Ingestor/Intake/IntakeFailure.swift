/// Why an input could not be taken, in one line for people.
public struct IntakeFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure, for exit codes.
    public enum Kind: String, Hashable, Sendable {
        /// There is nothing of that name, or nothing in it.
        case missing
        /// It is there and cannot be read.
        case unreadable
        /// It was read and is no bulletin.
        case invalid
        /// It was read and Kafka did not take it.
        case undelivered
    }

    /// The kind of failure.
    public let kind: Kind
    /// The input's name: a path, a path with a line, or `-`.
    public let name: String
    /// What is wrong and what to do, without the name.
    public let message: String

    /// A failure of one input.
    public init(kind: Kind, name: String, message: String) {
        self.kind = kind
        self.name = name
        self.message = message
    }

    /// Name and message in one line.
    public var description: String { "\(name): \(message)" }
}
