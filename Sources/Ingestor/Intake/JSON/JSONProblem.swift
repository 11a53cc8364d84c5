/// Why bytes are no JSON object (RFC 8259), and at which byte.
public struct JSONProblem: Error {
    /// The byte, from 0.
    public var offset: Int
    /// What is wrong there.
    public var message: String
}
