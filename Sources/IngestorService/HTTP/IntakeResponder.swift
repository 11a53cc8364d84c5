internal import Foundation
internal import HTTPService
internal import HTTPTypes
internal import Hummingbird
internal import Ingestor
internal import Logging
internal import Metrics
internal import NIOCore
internal import Operations

/// A request's surroundings: its logger, who sent it, and its connection.
struct IntakeContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The other end's address, without its port.
    let peer: String
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress?.ipAddress ?? "unknown"
        channel = source.channel
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
    let registry: MetricsRegistry
    let gate: RequestGate
    let buffers: ByteBudget

    func respond(to request: Request, context: IntakeContext) async -> Response {
        let start = ContinuousClock.now
        let trace = request.headers[.traceparent].flatMap(TraceParent.init(header:))?.child ?? TraceParent()
        var route: Route?
        var response: Response
        do throws(Refusal) {
            let found = try Route(method: request.method, path: request.uri.path)
            route = found
            response = try await answer(found, request, context, trace)
        } catch {
            response = JSONReply.problem(error, traceID: trace.traceID)
            if route?.isIntake == true { intake.refused(error, by: .http) }
            log(error, request, context, trace)
        }
        response.headers[.traceparent] = trace.description
        if request.method == .head { response = response.createHeadResponse() }
        let template = route?.template ?? "other"
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
        // Said before the body is sent for nothing; counted only once it is here, so that slow clients hold nobody up.
        if route.isBounded, !gate.isOpen { throw busy }
        switch route {
        case .publish: return try await publish(request, context, trace)
        case .batch: return try await batch(request, context, trace)
        case .withdraw(let id): return try await withdraw(id, request, trace)
        case .delivery(let id): return try await delivery(id)
        case .live: return await probe(.live)
        case .ready: return await probe(.ready)
        case .metrics: return await probe(.metrics)
        case .openAPI:
            return JSONReply.response(.ok, bytes: OpenAPIDocument.bytes, mediaType: "application/json")
        }
    }

    private func publish(
        _ request: Request,
        _ context: IntakeContext,
        _ trace: TraceParent
    ) async throws(Refusal) -> Response {
        // A wrong type is refused before its body is read.
        _ = try MediaType(request.headers[.contentType])
        return try await withBody(of: request, context, limit: limits.bodyBytes) { bytes throws(Refusal) in
            let input = try RequestReading.document(request, bytes: bytes)
            let receipt = try await intake.take(IntakeDocument(input: input, trace: trace), by: .http)
            return Self.response(receipt)
        }
    }

    private func batch(
        _ request: Request,
        _ context: IntakeContext,
        _ trace: TraceParent
    ) async throws(Refusal) -> Response {
        try BatchIntake.checkType(request.headers[.contentType])
        return try await withBody(of: request, context, limit: limits.batchBytes) { bytes throws(Refusal) in
            try await BatchIntake(intake: intake, limits: limits).respond(to: bytes, trace: trace)
        }
    }

    private func withdraw(_ id: String, _ request: Request, _ trace: TraceParent) async throws(Refusal) -> Response {
        let reason = try QueryParameters(request.uri.query ?? "")["reason"]
        guard (reason?.unicodeScalars.count ?? 0) <= 500 else {
            throw Refusal(.malformedRequest, "the reason has more than 500 characters; shorten it")
        }
        return try await gated { () throws(Refusal) in
            Self.response(try await intake.withdraw(id: id, reason: reason, trace: trace))
        }
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

    private func probe(_ path: ProbePath) async -> Response {
        let answer = await ProbeAnswer(to: path, source: health, registry: registry)
        return JSONReply.response(.init(code: answer.status), bytes: answer.body, mediaType: answer.mediaType)
    }

    // MARK: - Within the limits

    private var busy: Refusal {
        Refusal(.tooManyRequests, "\(limits.requests) requests are being worked on: try again soon")
    }

    /// Does work that counts towards the bound on concurrent requests.
    private func gated(_ work: () async throws(Refusal) -> Response) async throws(Refusal) -> Response {
        guard gate.enter() else { throw busy }
        defer { gate.leave() }
        return try await work()
    }

    private func withBody(
        of request: Request,
        _ context: IntakeContext,
        limit: Int,
        _ use: ([UInt8]) async throws(Refusal) -> Response
    ) async throws(Refusal) -> Response {
        try await RequestReading.withBody(
            of: request,
            limit: limit,
            budget: buffers,
            willRead: {
                if request.headers[.expect]?.lowercased() == "100-continue" {
                    context.channel.triggerUserOutboundEvent(ConnectionGuard.BodyIsWanted(), promise: nil)
                }
            },
            { bytes throws(Refusal) in try await gated { () throws(Refusal) in try await use(bytes) } }
        )
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

extension HTTPField.Name {
    /// W3C Trace Context, level 1, section 3.2. The name is a valid token, so it is never nil.
    static let traceparent = HTTPField.Name("traceparent") ?? .via
}
