internal import Foundation
internal import HTTPService

/// Why a file was rejected: `NAME.reason.json` beside it.
struct WatchReason: Encodable {
    /// Problems that are listed; a broken dump of a million lines needs no more.
    static let listed = 100

    struct Problem: Encodable {
        /// Which document of the file, where it holds several.
        let document: String?
        let problem: ProblemDocument
    }

    let file: String
    let rejectedAt: String
    /// Documents of the file that were taken all the same; sent again, they change nothing.
    let accepted: Int
    let unchanged: Int
    let refused: Int
    let problems: [Problem]

    init(file: String, accepted: Int, unchanged: Int, refused: [(document: String?, refusal: Refusal)], count: Int) {
        self.file = file
        rejectedAt = Date.now.formatted(.iso8601)
        self.accepted = accepted
        self.unchanged = unchanged
        self.refused = count
        problems = refused.map { Problem(document: $0.document, problem: ProblemDocument($0.refusal)) }
    }

    var json: [UInt8] { JSONReply.bytes(self) + [UInt8(ascii: "\n")] }
}
