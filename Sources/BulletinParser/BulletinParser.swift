public import BulletinEvents
import BulletinText

/// Makes a ``Bulletin`` of a document: decodes and repairs it, tells header, text and footer apart, and extracts who
/// must do what.
///
/// The same input always gives the same bulletin. A page that is no bulletin gives one of kind `other`.
public struct BulletinParser: Sendable {
    /// The program and version that bulletins name as their parser.
    public static let identity = ParserIdentity(name: "bulletin-parser", version: "0.1.0")

    private let lexicon: Lexicon

    /// A parser that knows the words of a lexicon.
    public init(lexicon: Lexicon = .builtIn) {
        self.lexicon = lexicon
    }

    /// Parses one document. Throws ``ParseError`` where it holds no text or cannot be decoded.
    public func parse(_ input: ParserInput) throws(ParseError) -> Bulletin {
        let intake = try TextIntake(input)
        guard !intake.lines.isEmpty else {
            throw ParseError(
                code: .empty,
                name: input.name,
                problem: "there is no text in it",
                advice: "check that the document was downloaded whole"
            )
        }
        return Assembly.bulletin(of: intake, lexicon: lexicon)
    }
}
