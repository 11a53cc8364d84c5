/// Where a service listens: `HOST:PORT`, an IPv6 address in brackets, port 0 for any that is free.
public struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
    /// The interface's name or address, without brackets.
    public let host: String
    /// The port; 0 leaves it to the system.
    public let port: Int

    /// Reads `127.0.0.1:8080`, `[::1]:8080`, `localhost:0`; nil for anything else.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
            guard host.contains(":") else { return nil }
        } else if host.contains(":") || host.contains("[") || host.contains("]") {
            // An IPv6 address without brackets leaves open where the port begins.
            return nil
        }
        guard !host.isEmpty, host.unicodeScalars.allSatisfy({ $0.isASCII && $0.value > 0x20 && $0 != "/" }) else {
            return nil
        }
        self.host = String(host)
        self.port = Int(port)
    }

    private init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// The same interface on another port.
    public func with(port: Int) -> ListenAddress { ListenAddress(host: host, port: port) }

    /// Whether only this machine can reach it: 127.0.0.0/8 (RFC 1122, section 3.2.1.3), `::1` (RFC 4291, section
    /// 2.5.3), `localhost` (RFC 6761, section 6.3).
    public var isLoopback: Bool {
        if host == "::1" || host.lowercased() == "localhost" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// As it is written: `[::1]:8080`.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
