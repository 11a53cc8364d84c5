public import BulletinEvents
public import BulletinParser

/// A parsed document and what to call it.
public struct ParsedDocument: Sendable {
    /// The input's name, with a line where the input holds several documents.
    public let name: String
    /// What was extracted.
    public let bulletin: Bulletin
}

/// Parses the documents of inputs.
public struct DocumentReader: Sendable {
    private let parser: BulletinParser

    /// A reader that knows the words of `lexicon`.
    public init(lexicon: Lexicon = .builtIn) {
        parser = BulletinParser(lexicon: lexicon)
    }

    /// The bulletin of a document, or the reason why there is none.
    public func parse(_ document: InputDocument) -> Result<ParsedDocument, IntakeFailure> {
        do throws(ParseError) {
            return .success(ParsedDocument(name: document.name, bulletin: try parser.parse(document.content)))
        } catch {
            let place = [document.name, error.location].compactMap(\.self).joined(separator: ", ")
            return .failure(IntakeFailure(kind: .invalid, name: place, message: "\(error.problem); \(error.advice)"))
        }
    }
}
