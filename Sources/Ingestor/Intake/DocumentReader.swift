public import BulletinEvents
internal import BulletinParser

/// A parsed document and what to call it.
public struct ParsedDocument: Sendable {
    /// The input's name, with a line where the input holds several documents.
    public let name: String
    /// What was extracted.
    public let bulletin: Bulletin
}

/// Reads an input and parses the documents in it.
public enum DocumentReader {
    /// The documents of an input, each parsed or with the reason why not.
    public static func bulletins(in input: Result<InputFile, IntakeFailure>) -> [Result<ParsedDocument, IntakeFailure>]
    {
        do throws(IntakeFailure) {
            let file = try input.get()
            let bytes = try file.read()
            guard !bytes.isEmpty else {
                throw IntakeFailure(kind: .invalid, name: file.path, message: "the file is empty")
            }
            return parse(bytes, name: file.path)
        } catch {
            return [.failure(error)]
        }
    }

    private static func parse(_ bytes: [UInt8], name: String) -> [Result<ParsedDocument, IntakeFailure>] {
        let input = ParserInput(bytes: bytes, name: name)
        do throws(ParseError) {
            return [.success(ParsedDocument(name: name, bulletin: try BulletinParser().parse(input)))]
        } catch {
            let place = [name, error.location].compactMap(\.self).joined(separator: ", ")
            return [.failure(IntakeFailure(kind: .invalid, name: place, message: "\(error.problem); \(error.advice)"))]
        }
    }
}
