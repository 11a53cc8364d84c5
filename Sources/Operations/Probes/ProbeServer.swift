import HTTPTypes
import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
public import ServiceLifecycle

/// Serves `/live`, `/ready` and `/metrics`, for a service that has no HTTP interface of its own.
///
/// Small on purpose: it takes no bodies, few connections, small headers, and waits for nobody. List it first, so that
/// probes are answered until everything else has ended.
public struct ProbeServer<Source: ProbeSource>: Service {
    /// Bytes of a request's header fields.
    static var headerBytes: Int { 16 << 10 }
    /// Connections at once.
    static var connections: Int { 64 }
    /// How long a connection may be idle, or take to send its header.
    static var idleTime: TimeAmount { .seconds(30) }

    private let address: ListenAddress
    private let source: Source
    private let registry: MetricsRegistry
    private let logger: Logger
    private let onListening: @Sendable (ListenAddress) async -> Void

    /// A server on `address`; nothing is opened before ``run()``.
    /// - Parameter onListening: called once it listens, with the port that was chosen.
    public init(
        address: ListenAddress,
        source: Source,
        registry: MetricsRegistry,
        logger: Logger,
        onListening: @escaping @Sendable (ListenAddress) async -> Void = { _ in }
    ) {
        self.address = address
        self.source = source
        self.registry = registry
        self.logger = logger
        self.onListening = onListening
    }

    /// Serves until it is told to shut down. Throws ``ListenError`` where the address cannot be used.
    public func run() async throws {
        // The server's own log lines are about connections and of no interest.
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        let configuration = HTTP1Channel.Configuration(
            idleTimeout: Self.idleTime,
            httpDecoderConfiguration: .init(maxHeaderFieldSize: Self.headerBytes, maxHeaderListSize: Self.headerBytes)
        )
        let application = Application(
            responder: ProbeResponder(source: source, registry: registry),
            server: .http1(configuration: configuration),
            configuration: .init(
                address: .hostname(address.host, port: address.port),
                availableConnectionsDelegate: MaximumAvailableConnections(Self.connections, logger: quiet)
            ),
            onServerRunning: { [address, logger, onListening] channel in
                let address = address.with(port: channel.localAddress?.port ?? address.port)
                logger.notice("answering probes", metadata: ["address": "\(address)"])
                await onListening(address)
            },
            logger: quiet
        )
        do {
            try await application.run()
        } catch let error as IOError {
            throw ListenError(address, error)
        } catch let error as SocketAddressError {
            throw ListenError(address, error)
        }
    }
}

/// Answers probes and nothing else.
struct ProbeResponder<Source: ProbeSource>: HTTPResponder {
    typealias Context = BasicRequestContext

    let source: Source
    let registry: MetricsRegistry

    func respond(to request: Request, context: BasicRequestContext) async -> Response {
        guard let path = ProbePath(rawValue: request.uri.path) else { return Response(status: .notFound) }
        guard request.method == .get || request.method == .head else {
            return Response(status: .methodNotAllowed, headers: [.allow: "GET, HEAD"])
        }
        let answer = await ProbeAnswer(to: path, source: source, registry: registry)
        let response = Response(
            status: .init(code: answer.status),
            headers: [
                .contentType: answer.mediaType, .contentLength: String(answer.body.count), .cacheControl: "no-store",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
        )
        return request.method == .head ? response.createHeadResponse() : response
    }
}
