package import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
package import Logging
internal import NIOCore
package import Operations
internal import ServiceLifecycle

/// How many connections there may be, how long they may take, and how large a header may be.
package struct ConnectionLimits: Hashable, Sendable {
    /// Bytes of all header fields of a request.
    package var headerBytes: Int
    /// Connections held open; more wait to be accepted.
    package var connections: Int
    /// How long a request's body may take to arrive, and a client not to read its answer.
    package var requestTime: Duration
    /// How long a connection may stand idle, or take to send a request's header.
    package var idleTime: Duration

    /// The limits.
    package init(headerBytes: Int, connections: Int, requestTime: Duration, idleTime: Duration) {
        self.headerBytes = headerBytes
        self.connections = connections
        self.requestTime = requestTime
        self.idleTime = idleTime
    }
}

/// Serves HTTP until it is told to end; then no connection is taken any more, and requests have a while to finish.
package struct HTTPFrontend<Responder: HTTPResponder>: Service
where Responder.Context: RequestContext, Responder.Context.Source == ApplicationRequestContextSource {
    private let responder: Responder
    private let address: ListenAddress
    private let certificate: ServerCertificate?
    private let limits: ConnectionLimits
    private let drainTime: Duration
    private let notice: Logger.Message
    private let logger: Logger
    private let onClosing: @Sendable () -> Void
    private let onListening: @Sendable (ListenAddress) async throws -> Void

    /// A service on `address`; nothing is opened before ``run()``.
    /// - Parameters:
    ///   - drainTime: how long requests have to finish once it is told to end.
    ///   - notice: what the log says once it listens.
    ///   - onClosing: called when it is told to end, before connections are refused.
    ///   - onListening: called once it listens, with the port that was chosen.
    package init(
        responder: Responder,
        address: ListenAddress,
        certificate: ServerCertificate?,
        limits: ConnectionLimits,
        drainTime: Duration,
        notice: Logger.Message,
        logger: Logger,
        onClosing: @escaping @Sendable () -> Void = {},
        onListening: @escaping @Sendable (ListenAddress) async throws -> Void
    ) {
        self.responder = responder
        self.address = address
        self.certificate = certificate
        self.limits = limits
        self.drainTime = drainTime
        self.notice = notice
        self.logger = logger
        self.onClosing = onClosing
        self.onListening = onListening
    }

    private enum Event {
        case ended
        case drained
    }

    package func run() async throws {
        do {
            try await withThrowingTaskGroup(of: Event.self) { group in
                let application = try application()
                group.addTask {
                    try await application.run()
                    return .ended
                }
                group.addTask {
                    try? await gracefulShutdown()
                    onClosing()
                    try? await Task.sleep(for: drainTime)
                    return .drained
                }
                switch try await group.next() {
                case .drained: logger.notice("requests that are not finished are cut off")
                case .ended, nil: break
                }
                group.cancelAll()
            }
        } catch let error as IOError {
            throw ListenError(address, error)
        } catch let error as SocketAddressError {
            throw ListenError(address, error)
        } catch is CancellationError {
            // What took too long was cut off; that is no failure.
        }
    }

    private func application() throws -> Application<Responder> {
        // The server's own log lines are about single connections.
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        let http = HTTPServerBuilder.http1(
            configuration: .init(
                additionalChannelHandlers: [ConnectionGuard(requestTime: limits.requestTime)],
                idleTimeout: TimeAmount(limits.idleTime),
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: limits.headerBytes,
                    maxHeaderListSize: limits.headerBytes,
                    maxHeaderFieldCount: 256
                )
            )
        )
        return Application(
            responder: responder,
            server: try certificate.map { try .tls(http, tlsConfiguration: $0.configuration()) } ?? http,
            configuration: .init(
                address: .hostname(address.host, port: address.port),
                backlog: 1_024,
                availableConnectionsDelegate: MaximumAvailableConnections(limits.connections, logger: quiet)
            ),
            onServerRunning: { channel in
                let address = address.with(port: channel.localAddress?.port ?? address.port)
                logger.notice(
                    notice,
                    metadata: ["address": "\(address)", "scheme": certificate == nil ? "http" : "https"]
                )
                do { try await onListening(address) } catch { logger.error("\(error)") }
            },
            logger: quiet
        )
    }
}
