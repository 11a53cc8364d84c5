internal import HTTPTypes
internal import Hummingbird
public import Logging
public import Operations
public import ServiceLifecycle

/// Answers `/live` and `/ready` on an address of its own, and nothing else; it asks nobody for a token.
///
/// Where all the connections of the other address are taken, whoever asks there whether the service lives waits with
/// everybody else, and an orchestrator would end a service that does its work.
public struct ProbeServer<Source: ProbeSource>: Service {
    private let frontend: HTTPFrontend<ProbeResponder<Source>>

    /// A server on `address`; nothing is opened before ``run()``. List it first, so that it answers to the end.
    public init(address: ListenAddress, source: Source, registry: MetricsRegistry, logger: Logger) {
        frontend = HTTPFrontend(
            responder: ProbeResponder(source: source, registry: registry),
            address: address,
            certificate: nil,
            // Enough for whatever asks how the service is doing.
            limits: ConnectionLimits(
                headerBytes: 8 << 10,
                connections: 64,
                requestTime: .seconds(5),
                idleTime: .seconds(10)
            ),
            drainTime: .seconds(1),
            notice: "answering probes alone",
            logger: logger
        ) { _ in }
    }

    /// Serves until it is told to shut down. Throws ``ListenError`` where the address cannot be used.
    public func run() async throws { try await frontend.run() }
}

struct ProbeResponder<Source: ProbeSource>: HTTPResponder {
    typealias Context = BasicRequestContext

    let source: Source
    let registry: MetricsRegistry

    func respond(to request: Request, context: BasicRequestContext) async -> Response {
        guard request.method == .get || request.method == .head else {
            return JSONReply.problem(Refusal(.methodNotAllowed, "GET, HEAD"))
        }
        guard let path = ProbePath(rawValue: request.uri.path), path != .metrics else {
            return JSONReply.problem(Refusal(.notFound, "there is no such path here: /live and /ready are answered"))
        }
        let answer = await ProbeAnswer(to: path, source: source, registry: registry)
        let response = JSONReply.response(.init(code: answer.status), bytes: answer.body, mediaType: answer.mediaType)
        return request.method == .head ? response.createHeadResponse() : response
    }
}
