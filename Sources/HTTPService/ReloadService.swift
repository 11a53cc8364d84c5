internal import ServiceLifecycle
internal import UnixSignals

/// Reads on SIGHUP what may change while the service runs. Without it the signal would end the process.
package struct ReloadService: Service {
    private let reload: @Sendable () -> Void

    /// Calls `reload` on each signal.
    package init(_ reload: @escaping @Sendable () -> Void) { self.reload = reload }

    package func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() { reload() }
    }
}
