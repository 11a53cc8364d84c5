internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Ingestor
internal import Logging
internal import Metrics
internal import NIOCore
internal import Operations
internal import Synchronization

/// A request's surroundings: its logger and who sent it.
struct IntakeContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The other end's address, without its port.
    let peer: String

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress?.ipAddress ?? "unknown"
    }
}

/// Answers every request: route, limits, authorisation, work, metrics.
struct IntakeResponder: HTTPResponder {
    typealias Context = IntakeContext

    let intake: Intake
    let outbox: Outbox
    let health: ServiceHealth
    let authorizer: Authorizer
    let limits: HTTPLimits
    let topic: String
    let registry: MetricsRegistry?
    let gate: RequestGate

    func respond(to request: Request, context: IntakeContext) async -> Response {
        let start = ContinuousClock.now
        let trace = request.headers[.traceparent].flatMap(TraceParent.init(header:))?.child ?? TraceParent()
        var template = "other"
        var response: Response
        do throws(Refusal) {
            let route = try Route(method: request.method, path: request.uri.path)
            template = route.template
            response = try await answer(route, request, context, trace)
        } catch {
            response = JSONReply.problem(error, traceID: trace.traceID)
            log(error, request, context, trace)
        }
        response.headers[.traceparent] = trace.description
        if request.method == .head { response = response.createHeadResponse() }
        let dimensions = [("route", template), ("status", String(response.status.code))]
        Metrics.Counter(label: "bulletins_ingestor_http_requests_total", dimensions: dimensions).increment()
        Metrics.Timer(label: "bulletins_ingestor_http_request_seconds", dimensions: [("route", template)])
            .record(duration: ContinuousClock.now - start)
        return response
    }

    private func answer(
        _ route: Route,
        _ request: Request,
        _ context: IntakeContext,
        _ trace: TraceParent
    ) async throws(Refusal) -> Response {
        try authorizer.check(route.access, header: request.headers[.authorization], peer: context.peer)
        if route.isBounded {
            guard gate.enter() else {
                throw Refusal(.tooManyRequests, "\(limits.requests) requests are being worked on: try again soon")
            }
        }
        defer { if route.isBounded { gate.leave() } }
        switch route {
        case .publish: return try await publish(request, trace)
        case .batch: return try await BatchIntake(intake: intake, limits: limits).respond(to: request, trace: trace)
        case .withdraw(let id): return try await withdraw(id, request, trace)
        case .delivery(let id): return try await delivery(id)
        case .live: return JSONReply.response(.ok, ["status": "live"])
        case .ready:
            let report = await health.report()
            return JSONReply.response(report.isReady ? .ok : .serviceUnavailable, report)
        case .metrics:
            await health.recordAge()
            let text = registry?.prometheusText() ?? ""
            let type = "text/plain; version=0.0.4; charset=utf-8"
            return JSONReply.response(.ok, bytes: Array(text.utf8), mediaType: type)
        case .openAPI:
            return JSONReply.response(.ok, bytes: Array(OpenAPIDocument.text.utf8), mediaType: "application/json")
        }
    }

    private func publish(_ request: Request, _ trace: TraceParent) async throws(Refusal) -> Response {
        // A wrong type is refused before its body is read.
        _ = try MediaType(request.headers[.contentType])
        let bytes = try await RequestReading.body(of: request, limit: limits.bodyBytes)
        let input = try RequestReading.document(request, bytes: bytes)
        let receipt = try await intake.take(IntakeDocument(input: input, trace: trace), by: .http)
        return Self.response(receipt)
    }

    private func withdraw(_ id: String, _ request: Request, _ trace: TraceParent) async throws(Refusal) -> Response {
        let reason = try QueryParameters(request.uri.query ?? "")["reason"]
        guard (reason?.unicodeScalars.count ?? 0) <= 500 else {
            throw Refusal(.malformedRequest, "the reason has more than 500 characters; shorten it")
        }
        return Self.response(try await intake.withdraw(id: id, reason: reason, trace: trace))
    }

    private func delivery(_ id: String) async throws(Refusal) -> Response {
        let found: DeliveryState?
        do {
            found = try await outbox.delivery(of: id)
        } catch {
            throw Refusal(.unavailable, "the outbox cannot be read at the moment; ask again later")
        }
        guard let found else { throw Refusal(.notFound, "no bulletin of this id is remembered here") }
        return JSONReply.response(.ok, DeliveryAnswer(found, topic: topic))
    }

    private static func response(_ receipt: Intake.Receipt) -> Response {
        let answer = ReceiptAnswer(receipt)
        var response = JSONReply.response(answer.status == .accepted ? .accepted : .ok, answer)
        response.headers[.location] = answer.delivery
        return response
    }

    private func log(_ refusal: Refusal, _ request: Request, _ context: IntakeContext, _ trace: TraceParent) {
        let level: Logger.Level = refusal.code == .internalError ? .error : .debug
        context.logger.log(
            level: level,
            "request refused",
            metadata: [
                "reason": "\(refusal.code.rawValue)", "detail": "\(refusal.detail)", "peer": "\(context.peer)",
                "method": "\(request.method.rawValue)", "path": "\(request.uri.path.prefix(200))",
                "trace_id": "\(trace.traceID)",
            ]
        )
    }
}

/// Bounds the requests that are worked on at once.
final class RequestGate: Sendable {
    private let limit: Int
    private let count = Mutex(0)

    init(limit: Int) { self.limit = limit }

    func enter() -> Bool {
        count.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
    }

    func leave() { count.withLock { $0 -= 1 } }
}

extension HTTPField.Name {
    /// W3C Trace Context, level 1, section 3.2. The name is a valid token, so it is never nil.
    static let traceparent = HTTPField.Name("traceparent") ?? .via
}
