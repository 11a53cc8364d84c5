internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
internal import Logging
internal import NIOCore
internal import Operations
internal import ServiceLifecycle

/// Serves HTTP until it is told to end; then no connection is taken any more, and requests have a while to finish.
struct IntakeServer: Service {
    let responder: IntakeResponder
    let address: ListenAddress
    let certificate: ServerCertificate?
    let drainTime: Duration
    let logger: Logger
    let onListening: @Sendable (ListenAddress) async throws -> Void

    private enum Event {
        case ended
        case drained
    }

    func run() async throws {
        do {
            try await withThrowingTaskGroup(of: Event.self) { group in
                let application = try application()
                group.addTask {
                    try await application.run()
                    return .ended
                }
                group.addTask {
                    try? await gracefulShutdown()
                    responder.health.close()
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

    private func application() throws -> Application<IntakeResponder> {
        // The server's own log lines are about single connections.
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        let limits = responder.limits
        let http = HTTPServerBuilder.http1(
            configuration: .init(
                additionalChannelHandlers: [ConnectionGuard(limits: limits)],
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
                    "taking bulletins",
                    metadata: ["address": "\(address)", "scheme": certificate == nil ? "http" : "https"]
                )
                do { try await onListening(address) } catch { logger.error("\(error)") }
            },
            logger: quiet
        )
    }
}
