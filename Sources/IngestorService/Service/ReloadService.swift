internal import ServiceLifecycle
internal import UnixSignals

/// Reads on SIGHUP what may change while the service runs. Without it the signal would end the process.
struct ReloadService: Service {
    let reload: @Sendable () -> Void

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() { reload() }
    }
}
