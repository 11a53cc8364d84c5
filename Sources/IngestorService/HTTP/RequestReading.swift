internal import BulletinParser
internal import HTTPService
internal import Hummingbird
internal import Ingestor

/// Reads what a request carries, within its limits.
enum RequestReading {
    /// Reads the whole body and hands it to `use`; as long as that takes, its bytes count towards `budget`. Throws
    /// ``Refusal`` where it is too large, does not fit or breaks off. `willRead` is called unless what is announced is too
    /// large already.
    static func withBody<Value>(
        of request: Request,
        limit: Int,
        budget: ByteBudget,
        willRead: () -> Void,
        _ use: ([UInt8]) async throws(Refusal) -> Value
    ) async throws(Refusal) -> Value {
        let tooLarge = Refusal(.tooLarge, "the body may have \(limit) bytes; send less, or raise the limit")
        let stated = request.headers[.contentLength].flatMap { Int($0) }
        if let stated, stated > limit { throw tooLarge }
        willRead()
        var bytes: [UInt8] = []
        defer { budget.give(bytes.count) }
        // What is announced need not come: room is made for as much as a usual document has.
        bytes.reserveCapacity(min(stated ?? 0, 65_536))
        do {
            for try await buffer in request.body {
                guard bytes.count + buffer.readableBytes <= limit else { throw tooLarge }
                guard budget.take(buffer.readableBytes) else {
                    throw Refusal(.tooManyRequests, "too many bytes are on their way in: try again soon")
                }
                bytes.append(contentsOf: buffer.readableBytesView)
            }
        } catch {
            throw error as? Refusal ?? Refusal(.malformedRequest, "the body broke off or is not framed as it should be")
        }
        if let stated, stated != bytes.count { throw Refusal(.malformedRequest, "the body broke off") }
        return try await use(bytes)
    }

    /// A document of its own: the body as its content type says, what is known beside it in the query.
    static func document(_ request: Request, bytes: [UInt8]) throws(Refusal) -> ParserInput {
        guard !bytes.isEmpty else {
            throw Refusal(.parseFailed, "the body is empty; send a document", line: 1, offset: 0)
        }
        let query = try QueryParameters(request.uri.query ?? "")
        let type = try MediaType(request.headers[.contentType])
        var input: ParserInput
        switch type.form {
        case .object: input = try JSONIntake.document(bytes, name: query["name"])
        case .page(let kind):
            input = ParserInput(bytes: bytes, name: query["name"], mediaType: kind, charset: type.charset)
        }
        if let url = query["url"] { input.url = url }
        if let title = query["title"] { input.stated.title = title }
        if let source = query["source"] { input.stated.source = source }
        if let date = query["date"] { input.stated.date = date }
        if let author = query["author"] { input.stated.author = author }
        if let site = query["site"] { input.stated.site = site }
        return input
    }
}

/// The media types that are taken.
struct MediaType: Hashable {
    /// How the body holds the document.
    enum Form: Hashable {
        /// As the document itself.
        case page(ParserInput.MediaType)
        /// As a JSON object whose fields are those of a dump (docs/inputs.md).
        case object
    }

    var form: Form
    var charset: String?

    /// Reads a `Content-Type` (RFC 9110, section 8.3.1); none means: look at the bytes.
    init(_ header: String?) throws(Refusal) {
        let parts = (header ?? "").split(separator: ";").map { $0.trimming(" \t") }
        switch parts.first?.lowercased() {
        case nil, "", "application/octet-stream", "*/*": form = .page(.unknown)
        case "text/plain": form = .page(.text)
        case "text/html", "application/xhtml+xml": form = .page(.html)
        case "application/json": form = .object
        case let other?:
            throw Refusal(
                .unsupportedMediaType,
                "\(other.prefix(80)) is not taken; send text/plain, text/html, application/json or"
                    + " application/octet-stream"
            )
        }
        for parameter in parts.dropFirst() {
            let pair = parameter.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].lowercased() == "charset" else { continue }
            charset = pair[1].trimming(" \t\"").lowercased()
        }
    }
}

extension Substring {
    /// Without the given characters at either end.
    fileprivate func trimming(_ characters: String) -> String {
        var text = self
        while let first = text.first, characters.contains(first) { text.removeFirst() }
        while let last = text.last, characters.contains(last) { text.removeLast() }
        return String(text)
    }
}
