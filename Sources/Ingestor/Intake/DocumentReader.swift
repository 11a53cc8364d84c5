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
        let input: ParserInput
        switch document.content {
        case .document(let content): input = content
        case .event(let line): return bulletin(of: line, name: document.name)
        }
        do throws(ParseError) {
            return .success(ParsedDocument(name: document.name, bulletin: try parser.parse(input)))
        } catch {
            let place = [document.name, error.location].compactMap(\.self).joined(separator: ", ")
            return .failure(IntakeFailure(kind: .invalid, name: place, message: "\(error.problem); \(error.advice)"))
        }
    }

    private func bulletin(of line: CloudEventLine, name: String) -> Result<ParsedDocument, IntakeFailure> {
        do throws(EventError) {
            switch try line.event() {
            case .published(let bulletin, _): return .success(ParsedDocument(name: name, bulletin: bulletin))
            case .withdrawn:
                let message = "it is the event of a withdrawal and holds no bulletin; publish takes it"
                return .failure(IntakeFailure(kind: .invalid, name: name, message: message))
            }
        } catch {
            return .failure(IntakeFailure(error, of: name))
        }
    }
}
