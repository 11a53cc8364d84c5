internal import ServiceLifecycle

extension ServiceManager {
    /// The services and, around them, what tells this manager how they are doing: signs of life from before the first
    /// starts until the last has ended, and a word when ending begins.
    ///
    /// A sign of life is given only after `source` has answered: a process whose threads hang is restarted by the
    /// manager's watchdog.
    public func watching(
        _ services: [ServiceRunner.NamedService],
        source: some ProbeSource
    ) -> [ServiceRunner.NamedService] {
        // Services are told to end in the reverse order: the first of them outlives the others, the last hears it first.
        [.init("signs-of-life", SignsOfLife(manager: self, source: source))] + services
            + [.init("end-notice", EndNotice(manager: self))]
    }
}

/// Tells the manager again and again that the process is alive.
private struct SignsOfLife<Source: ProbeSource>: Service {
    let manager: ServiceManager
    let source: Source

    func run() async throws {
        await cancelWhenGracefulShutdown {
            repeat {
                manager.alive(await source.readiness())
                try? await Task.sleep(for: manager.interval)
            } while !Task.isCancelled
        }
    }
}

/// Tells the manager that ending has begun.
private struct EndNotice: Service {
    let manager: ServiceManager

    func run() async throws {
        try? await gracefulShutdown()
        manager.stopping()
    }
}
