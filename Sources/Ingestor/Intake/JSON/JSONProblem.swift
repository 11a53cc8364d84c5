/// Why bytes are no JSON object (RFC 8259), and at which byte.
struct JSONProblem: Error {
    /// The byte, from 0.
    var offset: Int
    /// What is wrong there.
    var message: String
}
