internal import BulletinText

/// The documents of a dump: JSON objects, one a line or one after the other.
final class JSONDocuments: DocumentSequence {
    private var values: JSONSplitter
    private let form: JSONSplitter.Form
    private let name: String
    private let limits: InputLimits
    private var isDone = false
    private var documents = 0

    init(_ stream: PeekableStream, form: JSONSplitter.Form, name: String, limits: InputLimits) {
        values = JSONSplitter(stream, form: form, limit: limits.documentBytes)
        self.form = form
        self.name = name
        self.limits = limits
    }

    var hasNextAtHand: Bool { !isDone && values.hasLineAtHand }

    func next() -> Result<InputDocument, IntakeFailure>? {
        guard !isDone else { return nil }
        do throws(IntakeFailure) {
            guard let value = try values.next() else {
                isDone = true
                if documents > 0 { return nil }
                throw IntakeFailure(kind: .invalid, name: name, message: "it holds no JSON object")
            }
            documents += 1
            return document(value)
        } catch {
            isDone = true
            return .failure(error)
        }
    }

    private func document(_ value: JSONSplitter.Value) -> Result<InputDocument, IntakeFailure> {
        let place =
            switch form {
            case .lines: ", line \(value.line)"
            // A file that is one object is called by its own name.
            case .values: values.isList ? ", item \(value.number)" : value.number > 1 ? ", object \(value.number)" : ""
            }
        let name = self.name + place
        guard !value.isTooLarge else {
            let size = InputLimits.words(limits.documentBytes)
            return .failure(.init(kind: .invalid, name: name, message: "it is larger than \(size); leave it out"))
        }
        if let event = CloudEventLine(value.bytes) { return .success(InputDocument(event, name: name)) }
        do throws(JSONProblem) {
            let record = try DumpRecord(parsing: utf8(value.bytes))
            return .success(InputDocument(record.input(name: name), name: name))
        } catch {
            return .failure(failure(error, in: value, name: name))
        }
    }

    /// The same text as UTF-8; RFC 8259 allows nothing else, dumps of old sites do not know that.
    private func utf8(_ bytes: [UInt8]) -> [UInt8] {
        if String(validating: bytes, as: UTF8.self) != nil { return bytes }
        guard let decoded = try? TextDecoder.decode(bytes, label: nil) else { return bytes }
        return Array(decoded.text.utf8)
    }

    private func failure(_ problem: JSONProblem, in value: JSONSplitter.Value, name: String) -> IntakeFailure {
        let before = value.bytes.prefix(problem.offset)
        let line = value.line + before.count { $0 == 0x0A }
        let column = problem.offset - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
        // The name tells the line already, where there is one document a line.
        let place = form == .lines ? "column \(column)" : "line \(line), column \(column)"
        return IntakeFailure(
            kind: .invalid,
            name: name,
            message: "\(problem.message) (\(place), byte \(value.offset + problem.offset)); mend it or leave it out"
        )
    }
}
