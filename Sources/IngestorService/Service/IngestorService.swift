internal import BulletinParser
internal import Foundation
internal import HTTPService
internal import Kafka
public import Logging
public import Operations
internal import ServiceLifecycle

/// The ingestor as a service: HTTP and a watched folder in, an outbox between, Kafka out.
public struct IngestorService: Sendable {
    private let configuration: IngestorConfiguration
    private let registry: MetricsRegistry
    private let manager: ServiceManager?
    private let logger: Logger

    /// A service that keeps its metrics in `registry` and tells `manager` how it is doing; nothing is opened before
    /// ``run(onListening:)``.
    public init(
        configuration: IngestorConfiguration,
        registry: MetricsRegistry,
        manager: ServiceManager? = nil,
        logger: Logger
    ) {
        self.configuration = configuration
        self.registry = registry
        self.manager = manager
        self.logger = logger
    }

    /// Runs until SIGTERM or SIGINT: then intake stops, what is on its way is finished, and what is left stays in the
    /// outbox.
    ///
    /// - Parameter onListening: called once HTTP is served, with the port that was chosen.
    /// - Throws: ``TokenFileError``, ``TLSFileError``, `ListenError`, ``OutboxError``, ``WatchError``, `KafkaError` for what cannot be
    ///   used as configured.
    public func run(onListening: @escaping @Sendable (ListenAddress) async throws -> Void = { _ in }) async throws {
        // What can be wrong is found before anything is opened.
        let authorizer = try Authorizer(
            path: configuration.tokenFile,
            metric: "bulletins_ingestor_auth_failures_total",
            logger: self.logger
        )
        let tls = try configuration.tls.map { try ServerCertificate($0, logger: self.logger) }
        DescriptorLimit.raise(forConnections: configuration.limits.connections, logger: self.logger)
        let (path, limits, logger) = (configuration.outbox, configuration.outboxLimits, logger)
        let outbox = try await DedicatedThread.run(name: "outbox-open") {
            try Outbox(path: path, limits: limits, logger: logger)
        }
        do {
            try await run(outbox, authorizer, tls, onListening)
        } catch {
            await outbox.close()
            throw error
        }
        await outbox.close()
    }

    private func run(
        _ outbox: Outbox,
        _ authorizer: Authorizer,
        _ tls: ServerCertificate?,
        _ onListening: @escaping @Sendable (ListenAddress) async throws -> Void
    ) async throws {
        let limits = configuration.limits
        let relay = Relay(outbox: outbox, configuration: configuration.relay, logger: logger)
        let pool = ParsePool(
            parser: BulletinParser(lexicon: configuration.lexicon),
            source: configuration.source,
            threads: limits.parseThreads,
            queueLimit: limits.parseQueue,
            timeLimit: limits.parseTime
        )
        let health = ServiceHealth(
            outbox: outbox,
            relay: relay,
            pool: pool,
            brokerAge: configuration.readyBrokerAge,
            backlogRecords: configuration.readyBacklog
        )
        let intake = Intake(outbox: outbox, pool: pool, source: configuration.source)
        let responder = IntakeResponder(
            intake: intake,
            outbox: outbox,
            health: health,
            authorizer: authorizer,
            limits: limits,
            topic: configuration.relay.topic,
            registry: registry,
            gate: RequestGate(limit: limits.requests),
            buffers: ByteBudget(limit: limits.bufferedBytes)
        )
        let server = HTTPFrontend(
            responder: responder,
            address: configuration.listen,
            certificate: tls,
            limits: limits.connection,
            drainTime: configuration.shutdownTime / 3,
            notice: "taking bulletins",
            logger: logger,
            onClosing: { health.close() }
        ) { [manager] address in
            manager?.started()
            try await onListening(address)
        }
        let reload = ReloadService {
            authorizer.reload()
            tls?.reload()
        }
        // Shut down in the reverse order: first intake ends, then what was taken goes out.
        var services: [ServiceRunner.NamedService] = [.init("reload", reload)]
        if let address = configuration.probeListen {
            let probes = ProbeServer(address: address, source: health, registry: registry, logger: logger)
            services.append(.init("probes", probes))
        }
        services.append(.init("relay", relay))
        if let path = configuration.watch {
            let watch = try FolderWatch(
                path: path,
                settleTime: configuration.watchSettleTime,
                documentBytes: limits.bodyBytes,
                intake: intake,
                logger: logger
            )
            services.append(.init("watch", watch))
        }
        services.append(.init("http", server))
        try await ServiceRunner(logger: logger, drainDeadline: configuration.shutdownTime)
            .run(manager?.watching(services, source: health) ?? services)
        logger.notice("ended", metadata: ["waiting": "\(outbox.status.pendingRecords)"])
    }
}
