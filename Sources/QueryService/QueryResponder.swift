internal import Console
internal import Foundation
internal import HTTPService
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import Metrics
internal import NIOCore
internal import NIOPosix
internal import Operations
internal import ReadModel

/// A request's surroundings: its logger, and who sent it.
struct QueryContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The other end's address, without its port.
    let peer: String

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress?.ipAddress ?? "unknown"
    }
}

/// Answers every request: route, authorisation, limits, work, metrics.
struct QueryResponder<Source: ProbeSource>: HTTPResponder {
    typealias Context = QueryContext

    /// Bytes of a question's body: it may hold a bulletin's text, or the keys of many hits.
    static var bodyBytes: Int { 32 << 20 }

    let configuration: QueryConfiguration
    let source: Source
    let registry: MetricsRegistry
    let authorizer: Authorizer
    let gate: RequestGate
    let buffers: ByteBudget
    let pool: NIOThreadPool
    let connections: OpenPartitions

    func respond(to request: Request, context: QueryContext) async -> Response {
        let start = ContinuousClock.now
        var route: QueryRoute?
        var response: Response
        do throws(Refusal) {
            let found = try QueryRoute(method: request.method, path: request.uri.path)
            route = found
            response = try await answer(found, request, context)
        } catch {
            response = JSONReply.problem(error)
            context.logger.log(
                level: error.code == .internalError ? .error : .debug,
                "request refused",
                metadata: [
                    "reason": "\(error.code.rawValue)", "detail": "\(error.detail)", "peer": "\(context.peer)",
                    "method": "\(request.method.rawValue)", "path": "\(request.uri.path.prefix(200))",
                ]
            )
        }
        if request.method == .head { response = response.createHeadResponse() }
        let template = route?.template ?? "other"
        let dimensions = [("route", template), ("status", String(response.status.code))]
        Metrics.Counter(label: "bulletins_indexer_http_requests_total", dimensions: dimensions).increment()
        Metrics.Timer(label: "bulletins_indexer_http_request_seconds", dimensions: [("route", template)])
            .record(duration: ContinuousClock.now - start)
        return response
    }

    private func answer(
        _ route: QueryRoute,
        _ request: Request,
        _ context: QueryContext
    ) async throws(Refusal) -> Response {
        try authorizer.check(route.access, header: request.headers[.authorization], peer: context.peer)
        if route.isQuestion, configuration.closedBecause != nil {
            throw Refusal(
                .forbidden,
                "this indexer answers questions on its own machine only: it has no TLS or no tokens"
            )
        }
        switch route {
        case .probe(let path):
            let answer = await ProbeAnswer(to: path, source: source, registry: registry)
            return JSONReply.response(.init(code: answer.status), bytes: answer.body, mediaType: answer.mediaType)
        case .openAPI:
            return JSONReply.response(.ok, bytes: PackageResources.openapi_json, mediaType: "application/json")
        case .endpoint(let endpoint, let id):
            let input = try QueryInput(endpoint, id: id, query: request.uri.query ?? "")
            let form = try ListForm(input["format"], accept: request.headers[.accept])
            let (directory, time) = (configuration.dataDirectory, configuration.queryTime)
            let answer = try await work(context) {
                let reader = try ReadModelReader(
                    dataDirectories: [directory],
                    timeLimit: time,
                    connections: connections
                )
                return try endpoint.answer(reader, input)
            }
            return Self.response(answer, form, request)
        case .partitions:
            let (directory, time) = (configuration.dataDirectory, configuration.queryTime)
            return try await send(
                work(context) {
                    try PartitionQuestions.inventory(
                        dataDirectories: [directory],
                        timeLimit: time,
                        connections: connections
                    )
                }
            )
        case .question(let name): return try await question(name, request, context)
        }
    }

    private func question(
        _ name: String,
        _ request: Request,
        _ context: QueryContext
    ) async throws(Refusal) -> Response {
        let body: Data
        let held: HeldBytes
        do {
            let buffer = try await request.body.collect(upTo: Self.bodyBytes)
            held = try HeldBytes(buffer.readableBytes, of: buffers)
            body = Data(buffer.readableBytesView)
        } catch {
            throw error as? Refusal
                ?? Refusal(.tooLarge, "the question has more than \(Self.bodyBytes) bytes, or broke off")
        }
        let configuration = configuration
        return try await send(
            work(context) {
                defer { withExtendedLifetime(held) {} }
                return try PartitionQuestions.answer(
                    name,
                    body: body,
                    dataDirectories: [configuration.dataDirectory],
                    timeLimit: configuration.queryTime,
                    answerBytes: configuration.answerBytes,
                    connections: connections
                )
            }
        )
    }

    /// Does on a thread of its own what blocks, within the bound on concurrent requests.
    private func work<Value: Sendable>(
        _ context: QueryContext,
        _ body: @escaping @Sendable () throws -> Value
    ) async throws(Refusal) -> Value {
        guard gate.enter() else {
            throw Refusal(.tooManyRequests, "\(configuration.requests) requests are being worked on: try again soon")
        }
        defer { gate.leave() }
        do {
            return try await pool.runIfActive(body)
        } catch {
            throw refusal(for: error, context)
        }
    }

    private func refusal(for error: any Error, _ context: QueryContext) -> Refusal {
        if let refusal = error as? Refusal { return refusal }
        guard let error = error as? ReadModelError else {
            return error is CancellationError || error is NIOThreadPoolError.ThreadPoolInactive
                ? Refusal(.closing, "the indexer is ending") : Refusal(.internalError, "the question failed")
        }
        switch error.code {
        case .unknownBulletin: return Refusal(.notFound, error.message)
        case .ambiguousBulletin, .invalidArgument: return Refusal(.malformedRequest, error.message)
        case .answerTooLarge: return Refusal(.answerTooLarge, error.message)
        case .interrupted:
            let seconds = configuration.queryTime.components.seconds
            return Refusal(.queryTimeout, "the query takes more than \(seconds) s: ask for less")
        default:
            // Paths are the operator's business, who finds them in the log.
            context.logger.warning("a question cannot be answered", metadata: ["error": "\(error)"])
            return Refusal(.unavailable, "the read model cannot be read at the moment: ask again later")
        }
    }

    // MARK: - Sending

    /// Bytes that are handed to the connection at once; it takes more when these are on their way.
    private static var chunkBytes: Int { 256 << 10 }

    private func send(_ data: Data) throws(Refusal) -> Response {
        let held = try HeldBytes(data.count, of: buffers)
        return Response(
            status: .ok,
            headers: JSONReply.headers(mediaType: "application/json", length: data.count),
            body: ResponseBody(contentLength: data.count) { writer in
                defer { withExtendedLifetime(held) {} }
                var rest = data[...]
                while !rest.isEmpty {
                    try await writer.write(ByteBuffer(bytes: rest.prefix(Self.chunkBytes)))
                    rest = rest.dropFirst(Self.chunkBytes)
                }
                try await writer.finish(nil)
            }
        )
    }

    private static func response(_ answer: QueryAnswer, _ form: ListForm, _ request: Request) -> Response {
        var headers = JSONReply.headers(mediaType: answer.isList ? form.mediaType : "application/json", length: nil)
        if let total = answer.total, let name = HTTPField.Name("X-Total-Count") { headers[name] = String(total) }
        if let next = answer.next, let name = HTTPField.Name("Link") {
            // RFC 8288; the target is relative to the request.
            headers[name] = "<\(NextPage.target(request.uri.path, request.uri.query ?? "", after: next))>; rel=\"next\""
        }
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody { writer in
                let encoder = OrderedJSONEncoder()
                var text = ""
                for (index, row) in answer.rows.enumerated() {
                    switch (answer.isList, form) {
                    case (false, _), (true, .ndjson): text += try encoder.encode(row) + "\n"
                    case (true, .json): text += (index == 0 ? "[\n" : ",\n") + (try encoder.encode(row))
                    }
                    if text.utf8.count >= Self.chunkBytes {
                        try await writer.write(ByteBuffer(string: text))
                        text = ""
                    }
                }
                if answer.isList, form == .json { text += answer.rows.isEmpty ? "[]\n" : "\n]\n" }
                if !text.isEmpty { try await writer.write(ByteBuffer(string: text)) }
                try await writer.finish(nil)
            }
        )
    }
}

/// How a list is written: as `bulletins --format json` or `--format ndjson` does.
enum ListForm: String, CaseIterable {
    case json, ndjson

    /// What the parameter says, else the `Accept` header (RFC 9110, section 12.5.1), else an array.
    init(_ parameter: String?, accept: String?) throws(Refusal) {
        guard let parameter else {
            self = accept?.lowercased().contains("application/x-ndjson") == true ? .ndjson : .json
            return
        }
        guard let form = ListForm(rawValue: parameter) else {
            throw Refusal(.malformedRequest, "format is json or ndjson")
        }
        self = form
    }

    var mediaType: String {
        switch self {
        case .json: "application/json"
        case .ndjson: "application/x-ndjson"
        }
    }
}

/// Where the rows behind a page are.
enum NextPage {
    /// The request's path and query with another `after`.
    static func target(_ path: String, _ query: String, after: String) -> String {
        let kept = query.split(separator: "&").filter { !$0.hasPrefix("after=") && $0 != "after" }
        let allowed = CharacterSet.alphanumerics.intersection(CharacterSet(charactersIn: "\0"..."\u{7F}"))
            .union(CharacterSet(charactersIn: "-._~/"))
        let value = after.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
        return path + "?" + (kept.map(String.init) + ["after=\(value)"]).joined(separator: "&")
    }
}

/// Bytes that count towards a budget for as long as this is held.
final class HeldBytes: Sendable {
    private let count: Int
    private let budget: ByteBudget

    /// Throws ``Refusal`` where they do not fit.
    init(_ count: Int, of budget: ByteBudget) throws(Refusal) {
        guard budget.take(count) else {
            throw Refusal(.tooManyRequests, "too many bytes are on their way: try again soon")
        }
        self.count = count
        self.budget = budget
    }

    deinit { budget.give(count) }
}
