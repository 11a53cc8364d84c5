public import Logging
public import ServiceLifecycle
import UnixSignals

/// Runs the services of a process until one of them ends or SIGTERM or SIGINT arrives.
///
/// Services start in the given order and are told to shut down in the reverse one, each after those that depend on it
/// have ended: give dependencies first. When one service ends, by itself or with an error, the others are shut down in
/// the same way, so that their work is finished. What takes longer than the drain deadline is cancelled.
public struct ServiceRunner: Sendable {
    /// A service and the name that logs and errors use for it.
    public struct NamedService: Sendable {
        let name: String
        let service: any Service

        /// A service under a name.
        public init(_ name: String, _ service: any Service) {
            self.name = name
            self.service = service
        }
    }

    private let logger: Logger
    private let drainDeadline: Duration

    /// A runner.
    /// - Parameter drainDeadline: how long services may finish their work after they were told to stop.
    public init(logger: Logger, drainDeadline: Duration) {
        self.logger = logger
        self.drainDeadline = drainDeadline
    }

    /// Runs services until all have ended.
    /// - Throws: the first error that a service ended with.
    public func run(_ services: [NamedService]) async throws {
        var configuration = ServiceGroupConfiguration(
            services: services.map {
                .init(
                    service: $0.service,
                    successTerminationBehavior: .gracefullyShutdownGroup,
                    failureTerminationBehavior: .gracefullyShutdownGroup,
                    serviceName: $0.name
                )
            },
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = drainDeadline
        let names = services.map(\.name).joined(separator: ", ")
        logger.info("services started", metadata: ["services": "\(names)"])
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch {
            logger.debug("services ended with an error", metadata: ["error": "\(error)"])
            throw error
        }
        logger.info("services ended", metadata: ["services": "\(names)"])
    }
}
