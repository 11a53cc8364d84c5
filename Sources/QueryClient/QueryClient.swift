internal import AsyncHTTPClient
internal import Console
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
internal import Operations
public import ReadModel

/// Asks indexers over HTTP: each address of each server, all side by side.
///
/// Calls block until everybody has answered or the time is over, as reading files does.
public final class QueryClient: RemoteTransport {
    /// How servers are asked.
    public struct Configuration: Sendable {
        /// Sent to every server as a bearer token; nil for none.
        public var token: String?
        /// A PEM file of certificates that vouch for servers beside those of the system.
        public var authorityFile: String?
        /// How long one request may take, connecting included.
        public var timeout = Duration.seconds(60)

        /// No token, the system's certificates, a minute.
        public init() {}
    }

    /// Bytes of one answer: four times what an indexer answers unless it is told otherwise.
    private static let answerBytes = 256 << 20
    private static let connectTime = Duration.seconds(5)

    /// One address of a server.
    private struct Endpoint: Sendable {
        var name: String
        var address: ServerAddress
        /// Nil where there is none to ask, for the reason given.
        var client: HTTPClient?
        var failure = "it cannot be reached"
    }

    private let endpoints: [Endpoint]
    private let configuration: Configuration

    /// Looks the servers' names up. Throws `CommandError` for certificates that cannot be read.
    public init(_ addresses: [ServerAddress], _ configuration: Configuration) throws {
        self.configuration = configuration
        var settings = HTTPClient.Configuration()
        settings.redirectConfiguration = .disallow
        settings.timeout.connect = TimeAmount(Self.connectTime)
        settings.timeout.read = TimeAmount(configuration.timeout)
        settings.connectionPool.retryConnectionEstablishment = false
        settings.httpVersion = .http1Only
        settings.tlsConfiguration = try Self.tls(configuration)
        var endpoints: [Endpoint] = []
        var seen: Set<ServerAddress> = []
        for address in addresses where seen.insert(address).inserted {
            do throws(HostLookupError) {
                let found = try HostAddresses.of(address, connectTimeout: Self.connectTime)
                for ip in found {
                    // TLS checks the name; the connection goes to the address.
                    settings.dnsOverride = ip == address.host ? [:] : [address.host: ip]
                    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
                    let name = found.count > 1 ? "\(address) (\(ip))" : "\(address)"
                    endpoints.append(Endpoint(name: name, address: address, client: client))
                }
            } catch {
                let reason = "the name has no address (\(error.reason.lowercased()))"
                endpoints.append(Endpoint(name: "\(address)", address: address, failure: reason))
            }
        }
        self.endpoints = endpoints
    }

    deinit {
        // A client that is not shut down ends the process.
        for endpoint in endpoints { try? endpoint.client?.syncShutdown() }
    }

    /// The servers' names; with the address where a name has several.
    public var servers: [String] { endpoints.map(\.name) }

    /// Sends the requests and waits for all answers.
    public func exchange(_ requests: [RemoteRequest]) -> [RemoteReply] {
        let deadline = NIODeadline.now() + TimeAmount(configuration.timeout)
        let pending = requests.map { request in
            Result { try start(request, deadline) }
        }
        return zip(requests, pending).map { request, task in
            do {
                guard let response = try task.get()?.wait() else {
                    return .unreachable(endpoints[request.server].failure)
                }
                return .answer(
                    status: Int(response.status.code),
                    body: response.body.map { Array($0.readableBytesView) } ?? []
                )
            } catch {
                return reply(to: error, request)
            }
        }
    }

    private func start(_ request: RemoteRequest, _ deadline: NIODeadline) throws -> HTTPClient.Task<
        HTTPClient.Response
    >? {
        let endpoint = endpoints[request.server]
        guard let client = endpoint.client else { return nil }
        var headers = HTTPHeaders([("Accept", "application/json"), ("User-Agent", "bulletins")])
        if let token = configuration.token { headers.add(name: "Authorization", value: "Bearer \(token)") }
        if request.body != nil { headers.add(name: "Content-Type", value: "application/json") }
        let outgoing = try HTTPClient.Request(
            url: endpoint.address.url(request.path),
            method: request.body == nil ? .GET : .POST,
            headers: headers,
            body: request.body.map { .bytes($0) }
        )
        return client.execute(
            request: outgoing,
            delegate: ResponseAccumulator(request: outgoing, maxBodySize: Self.answerBytes),
            deadline: deadline
        )
    }

    // MARK: - What went wrong, in words

    private func reply(to error: any Error, _ request: RemoteRequest) -> RemoteReply {
        switch error {
        case let error as HTTPClientError: return reply(to: error, request)
        case let error as NIOConnectionError:
            return .unreachable(
                error.connectionErrors.first.map { Self.reason(of: $0.error) } ?? "it cannot be reached"
            )
        case is ChannelError: return .unreachable("nobody answers at this address")
        case let error as IOError: return .unreachable(Self.reason(of: error))
        case is ResponseAccumulator.ResponseTooBigError:
            return .unsafe("it answers with more than \(Self.answerBytes >> 20) MiB")
        case is HTTPParserError: return .unsafe("it does not answer by HTTP")
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
            return .unsafe("TLS fails (\(Self.tlsReason(of: error)))")
        default: return .unreachable("\(error)")
        }
    }

    private func reply(to error: HTTPClientError, _ request: RemoteRequest) -> RemoteReply {
        switch error {
        case .connectTimeout, .tlsHandshakeTimeout: .unreachable("nobody answers at this address")
        case .readTimeout, .deadlineExceeded, .getConnectionFromPoolTimeout:
            .unreachable("it did not answer within \(configuration.timeout.components.seconds) s")
        case .remoteConnectionClosed:
            .unreachable(
                "it closed the connection without an answer"
                    + (endpoints[request.server].address.isSecure ? "" : "; if it has TLS, write https")
            )
        default: .unreachable("\(error)")
        }
    }

    /// BoringSSL's name of what went wrong, in words.
    private static func tlsReason(of error: any Error) -> String {
        let text = "\(error)"
        guard let name = text.firstMatch(of: /OPENSSL_internal:([A-Z0-9_]+)/)?.output.1 else {
            return error is NIOSSLExtraError ? "the certificate is not for this name" : text
        }
        switch name {
        case "WRONG_VERSION_NUMBER", "HTTP_REQUEST": return "it speaks none: write http"
        case "CERTIFICATE_VERIFY_FAILED": return "nobody vouches for its certificate; name who does by --ca-certificate"
        default: return name.lowercased().replacing("_", with: " ")
        }
    }

    private static func reason(of error: any Error) -> String {
        guard let error = error as? IOError else { return "\(error)" }
        return String(cString: strerror(error.errnoCode)).lowercased()
    }

    private static func tls(_ configuration: Configuration) throws -> TLSConfiguration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        if let file = configuration.authorityFile {
            do {
                tls.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMFile(file))]
            } catch {
                throw CommandError(
                    "cannot use the certificates in \(file) (\(error)): expected PEM",
                    exitStatus: .noInput
                )
            }
        }
        return tls
    }
}
