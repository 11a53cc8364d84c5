internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif
#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The service manager that has started this process and wants to hear how it is doing, such as systemd with
/// `Type=notify`.
///
/// Speaks the protocol of sd_notify(3): datagrams of `NAME=value` lines to the socket in `NOTIFY_SOCKET`, and of
/// sd_watchdog_enabled(3): `WATCHDOG_USEC`, `WATCHDOG_PID`. Nothing here waits: what the manager cannot take now is said
/// again with the next report.
public final class ServiceManager: Sendable {
    /// How long the manager waits for a sign of life before it restarts the process; nil where it does not watch.
    public let watchdog: Duration?

    private let socket: DatagramSocket
    private let hasStarted = Mutex(false)

    /// The manager of this process; nil where there is none.
    public convenience init?() {
        self.init(environment: ProcessInfo.processInfo.environment, processID: getpid())
    }

    /// The manager that `environment` names; nil where there is none.
    /// - Parameter processID: whose watchdog is asked for; `WATCHDOG_PID` may name another process.
    public init?(environment: [String: String], processID: Int32) {
        guard let path = environment["NOTIFY_SOCKET"], let socket = DatagramSocket(path: path) else { return nil }
        self.socket = socket
        let isMine = environment["WATCHDOG_PID"].map { $0 == String(processID) } ?? true
        watchdog = environment["WATCHDOG_USEC"].flatMap { Int64($0) }.flatMap { microseconds in
            isMine && microseconds > 0 ? .microseconds(microseconds) : nil
        }
    }

    /// The process has started: who waits for it may go on. Called once it does its work.
    public func started() {
        hasStarted.withLock { $0 = true }
        send(["READY=1"])
    }

    /// The process is ending by itself or because it was told to.
    public func stopping() { send(["STOPPING=1", "STATUS=finishing what is on its way"]) }

    /// A sign of life, and what `systemctl status` shows.
    func alive(_ report: ReadinessReport) {
        // Said again each time: the first may have found the socket full. A manager that knows ignores it.
        let ready = hasStarted.withLock { $0 } ? ["READY=1"] : []
        send(ready + ["WATCHDOG=1", "STATUS=\(report.summary)"])
    }

    /// How often to give a sign of life: sd_watchdog_enabled(3) recommends half the time that the manager waits.
    var interval: Duration { min(watchdog.map { $0 / 2 } ?? .seconds(10), .seconds(10)) }

    private func send(_ lines: [String]) { socket.send(lines.joined(separator: "\n")) }
}

extension ReadinessReport {
    /// In one line: the status and what is amiss.
    var summary: String {
        let amiss = checks.filter { !$0.ok }.map { "\($0.name): \($0.detail)" }.joined(separator: "; ")
        // A line break would begin another assignment.
        return "\(status.rawValue)\(amiss.isEmpty ? "" : " (\(amiss))")".replacing("\n", with: " ")
    }
}

/// A connected unix datagram socket that is only written to.
private final class DatagramSocket: Sendable {
    private let descriptor: Int32

    /// `path` as in `NOTIFY_SOCKET`: absolute, or with `@` in front for Linux's abstract namespace; nil where nobody
    /// can be reached there.
    init?(path: String) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(path.utf8)
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        guard let first = bytes.first, bytes.count < capacity else { return nil }
        let isAbstract = first == UInt8(ascii: "@")
        guard isAbstract || first == UInt8(ascii: "/") else { return nil }
        if isAbstract { bytes[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        #if canImport(Glibc)
            let type = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        #else
            let type = SOCK_DGRAM
        #endif
        descriptor = socket(AF_UNIX, type, 0)
        guard descriptor >= 0 else { return nil }
        // An abstract name ends with its last byte, a path with a zero.
        let length = MemoryLayout<sockaddr_un>.size - capacity + bytes.count + (isAbstract ? 0 : 1)
        let isConnected = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(length)) == 0
            }
        }
        guard isConnected else {
            close(descriptor)
            return nil
        }
    }

    deinit { close(descriptor) }

    /// Sends a datagram, which is dropped where it cannot be taken at once.
    func send(_ text: String) {
        let bytes = Array(text.utf8)
        #if canImport(Glibc)
            let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
            _ = Glibc.send(descriptor, bytes, bytes.count, flags)
        #else
            _ = Darwin.send(descriptor, bytes, bytes.count, MSG_DONTWAIT)
        #endif
    }
}
