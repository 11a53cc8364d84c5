public import BulletinParser

/// A document of an input, not yet parsed.
public struct InputDocument: Sendable {
    /// What to call it in messages: `a.txt`, `dump.tar.gz/path/a.txt`, `dump.jsonl, line 7`.
    public let name: String
    let content: Content

    /// What a document is.
    enum Content: Sendable {
        /// A document and what is known of it beside its text.
        case document(ParserInput)
        /// An event of the contract, as `bulletins export` writes it: there is nothing to parse.
        case event(CloudEventLine)
    }

    init(_ content: ParserInput, name: String) {
        self.name = name
        self.content = .document(content)
    }

    init(_ event: CloudEventLine, name: String) {
        self.name = name
        self.content = .event(event)
    }

    /// The document to parse; nil for what is an event already.
    public var input: ParserInput? {
        if case .document(let input) = content { input } else { nil }
    }
}

/// The documents of one input, one at a time: however many it holds, only one is in memory.
///
/// Reading blocks; an instance belongs to one thread at a time.
public struct InputDocuments: IteratorProtocol {
    private var sequence: any DocumentSequence

    /// The documents of `input`; nothing is opened before the first ``next()``.
    public init(in input: Result<InputFile, IntakeFailure>, limits: InputLimits = InputLimits()) {
        sequence = Deferred { () throws(IntakeFailure) in
            let file = try input.get()
            return Documents.sequence(of: try FileStream(file), name: file.path, limits: limits, depth: 0)
        }
    }

    /// The documents of a file that is open for reading already; it is closed with them.
    /// - Parameter name: what to call it, and by whose ending its kind is told.
    public init(descriptor: Int32, name: String, limits: InputLimits = InputLimits()) {
        let stream = FileStream(descriptor: descriptor, path: name)
        sequence = Documents.sequence(of: stream, name: name, limits: limits, depth: 0)
    }

    /// The next document, or why there is none; nil at the end.
    public mutating func next() -> Result<InputDocument, IntakeFailure>? { sequence.next() }

    /// Whether the next document is in memory already.
    var hasNextAtHand: Bool { sequence.hasNextAtHand }
}

/// Documents that come one after the other.
protocol DocumentSequence: AnyObject {
    func next() -> Result<InputDocument, IntakeFailure>?
    /// Whether the next document is in memory already, so that nothing is waited for.
    var hasNextAtHand: Bool { get }
}

extension DocumentSequence {
    var hasNextAtHand: Bool { false }
}

/// Makes the sequence that fits what a stream holds.
enum Documents {
    static func sequence(
        of stream: any ByteStream,
        name: String,
        limits: InputLimits,
        depth: Int
    ) -> any DocumentSequence {
        Deferred { () throws(IntakeFailure) in
            let stream = PeekableStream(stream)
            let head = try stream.peek(512)
            guard !head.isEmpty else {
                throw IntakeFailure(kind: .invalid, name: name, message: "the file is empty")
            }
            if isCompressed(head) || isTar(head) {
                return try ArchiveDocuments(stream, name: name, limits: limits, depth: depth + 1)
            }
            switch FileName.documentExtension(of: name) {
            case "jsonl", "ndjson": return JSONDocuments(stream, form: .lines, name: name, limits: limits)
            case "json": return JSONDocuments(stream, form: try form(of: stream), name: name, limits: limits)
            case "txt", "text": return SingleDocument(stream, name: name, mediaType: .unknown, limits: limits)
            case "html", "htm", "xhtml", "shtml":
                return SingleDocument(stream, name: name, mediaType: .html, limits: limits)
            default:
                // Standard input, and files whose names tell nothing.
                return opensJSON(head)
                    ? JSONDocuments(stream, form: try form(of: stream), name: name, limits: limits)
                    : SingleDocument(stream, name: name, mediaType: .unknown, limits: limits)
            }
        }
    }

    /// RFC 1952, section 2.3.1: the two bytes that identify gzip, and the only method there is.
    private static func isCompressed(_ head: [UInt8]) -> Bool { head.starts(with: [0x1F, 0x8B, 0x08]) }

    /// POSIX.1-2017, pax: `ustar` in the field `magic`, at byte 257; GNU's has blanks behind it.
    private static func isTar(_ head: [UInt8]) -> Bool {
        head.count >= 262 && head[257..<262].elementsEqual("ustar".utf8)
    }

    /// How JSON values stand in a stream whose name does not tell: one a line if the first line is a whole object and
    /// another follows. A broken line then costs itself only.
    private static func form(of stream: PeekableStream) throws(IntakeFailure) -> JSONSplitter.Form {
        let head = try stream.peek(1 << 16)
        guard head.first(where: { $0 > 0x20 && $0 < 0x80 }) == UInt8(ascii: "{") else { return .values }
        guard let end = head.firstIndex(of: 0x0A) else { return .values }
        let closes = head[..<end].last { $0 > 0x20 } == UInt8(ascii: "}")
        return closes && head[end...].contains { $0 > 0x20 } ? .lines : .values
    }

    /// Whether a text begins as a JSON object, or as a list of objects, does.
    private static func opensJSON(_ head: [UInt8]) -> Bool {
        let skipped = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let telling = head.dropFirst(skipped).filter { $0 > 0x20 }.prefix(3)
        guard let first = telling.first else { return false }
        let second = telling.dropFirst().first
        if first == UInt8(ascii: "{") { return second == UInt8(ascii: "\"") || second == UInt8(ascii: "}") }
        return first == UInt8(ascii: "[") && second == UInt8(ascii: "{")
    }
}

/// A sequence that is made when it is first asked, so that what fails then is a document that failed.
final class Deferred: DocumentSequence {
    private var make: (() throws(IntakeFailure) -> any DocumentSequence)?
    private var sequence: (any DocumentSequence)?

    init(_ make: @escaping () throws(IntakeFailure) -> any DocumentSequence) {
        self.make = make
    }

    func next() -> Result<InputDocument, IntakeFailure>? {
        if let make {
            self.make = nil
            do throws(IntakeFailure) {
                sequence = try make()
            } catch {
                return .failure(error)
            }
        }
        return sequence?.next()
    }

    var hasNextAtHand: Bool { sequence?.hasNextAtHand ?? false }
}

/// A stream that is one document.
final class SingleDocument: DocumentSequence {
    private let stream: PeekableStream
    private let name: String
    private let mediaType: ParserInput.MediaType
    private let limits: InputLimits
    private var isRead = false

    init(_ stream: PeekableStream, name: String, mediaType: ParserInput.MediaType, limits: InputLimits) {
        self.stream = stream
        self.name = name
        self.mediaType = mediaType
        self.limits = limits
    }

    func next() -> Result<InputDocument, IntakeFailure>? {
        guard !isRead else { return nil }
        isRead = true
        do throws(IntakeFailure) {
            guard let bytes = try stream.readAll(limit: limits.documentBytes) else {
                let size = InputLimits.words(limits.documentBytes)
                throw IntakeFailure(
                    kind: .invalid,
                    name: name,
                    message: "it is larger than \(size); split it or leave it out"
                )
            }
            return .success(InputDocument(ParserInput(bytes: bytes, name: name, mediaType: mediaType), name: name))
        } catch {
            return .failure(error)
        }
    }
}
