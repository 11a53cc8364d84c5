internal import HTTPService
public import Logging
internal import NIOPosix
public import Operations
internal import ReadModel
public import ServiceLifecycle

/// Answers probes and questions until it is told to end.
///
/// List it first, so that probes are answered until everything else has ended.
public struct QueryServer<Source: ProbeSource>: Service {
    private let configuration: QueryConfiguration
    private let authorizer: Authorizer
    private let certificate: ServerCertificate?
    private let source: Source
    private let registry: MetricsRegistry
    private let logger: Logger
    private let onListening: @Sendable (ListenAddress) async -> Void

    /// A server; tokens and certificate are read, and nothing is opened before ``run()``.
    /// - Parameter onListening: called once it listens, with the port that was chosen.
    /// - Throws: `TokenFileError`, `TLSFileError`.
    public init(
        configuration: QueryConfiguration,
        source: Source,
        registry: MetricsRegistry,
        logger: Logger,
        onListening: @escaping @Sendable (ListenAddress) async -> Void = { _ in }
    ) throws {
        self.configuration = configuration
        self.source = source
        self.registry = registry
        self.logger = logger
        self.onListening = onListening
        authorizer = try Authorizer(
            path: configuration.tokenFile,
            metric: "bulletins_indexer_auth_failures_total",
            logger: logger
        )
        certificate = try configuration.tls.map { try ServerCertificate($0, logger: logger) }
    }

    /// Serves until it is told to shut down. Throws `ListenError` where the address cannot be used.
    public func run() async throws {
        DescriptorLimit.raise(forConnections: configuration.connection.connections, logger: logger)
        if let reason = configuration.closedBecause {
            logger.notice("questions are not answered, probes are", metadata: ["reason": "\(reason)"])
        }
        // SQLite blocks: no question is answered on the threads of Swift's concurrency.
        let pool = NIOThreadPool(numberOfThreads: configuration.threads)
        pool.start()
        let frontend = HTTPFrontend(
            responder: QueryResponder(
                configuration: configuration,
                source: source,
                registry: registry,
                authorizer: authorizer,
                gate: RequestGate(limit: configuration.requests),
                buffers: ByteBudget(limit: configuration.bufferedBytes),
                pool: pool,
                connections: OpenPartitions()
            ),
            address: configuration.listen,
            certificate: certificate,
            limits: configuration.connection,
            drainTime: configuration.shutdownTime / 3,
            notice: "answering probes",
            logger: logger,
            onListening: onListening
        )
        let result: Result<Void, any Error>
        do {
            try await frontend.run()
            result = .success(())
        } catch {
            result = .failure(error)
        }
        try? await pool.shutdownGracefully()
        try result.get()
    }

    /// Reads tokens and certificate again on SIGHUP; to be run beside the server.
    public var reload: some Service {
        ReloadService { [authorizer, certificate] in
            authorizer.reload()
            certificate?.reload()
        }
    }
}
