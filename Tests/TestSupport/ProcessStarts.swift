public import Foundation
import Synchronization

/// Starting processes, one at a time and never while an embedded broker is being set down.
///
/// Between fork and exec a child holds a copy of every descriptor, also of those that close on exec. A broker that is set
/// down closes its listening socket and binds a new one to the same port, and librdkafka (2.0, `rdkafka_mock.c`) ends the
/// whole process by an assertion where a child that is just starting still holds the old one.
public enum ProcessStarts {
    private static let turn = Mutex(())

    /// Runs `process`. Throws where it cannot be started.
    public static func run(_ process: Process) throws {
        // Returns when the child has its own program, or could not get it.
        try turn.withLock { _ in try process.run() }
    }

    /// Does `body` while no process is starting.
    public static func held<Value: Sendable>(_ body: () throws -> Value) rethrows -> Value {
        try turn.withLock { _ in try body() }
    }
}
