internal import Console
internal import Foundation

/// Where a server is: `http://HOST[:PORT]` or `https://…`.
public struct ServerAddress: Hashable, Sendable, CustomStringConvertible {
    /// Whether TLS is spoken.
    public let isSecure: Bool
    /// The name or address, without brackets.
    public let host: String
    /// The port.
    public let port: Int
    /// What stands before the paths of the service, where a proxy puts it below one; empty as a rule.
    public let prefix: String

    /// Reads a URL (RFC 3986). Throws `CommandError` for what is none of a server.
    public init(_ text: String) throws {
        func failure(_ what: String) -> CommandError {
            CommandError("'\(text)' \(what): give http://HOST:PORT or https://HOST:PORT", exitStatus: .usage)
        }
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            ["http", "https"].contains(scheme)
        else { throw failure("is no URL of a server") }
        // On a command line others would see it, and in a log, too.
        guard parts.user == nil, parts.password == nil else { throw failure("holds a password") }
        guard parts.query == nil, parts.fragment == nil else { throw failure("is more than a server's URL") }
        guard var host = parts.host, !host.isEmpty else { throw failure("names no host") }
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        guard (1...65_535).contains(parts.port ?? 80) else { throw failure("has no such port") }
        isSecure = scheme == "https"
        self.host = host
        port = parts.port ?? (isSecure ? 443 : 80)
        prefix =
            parts.percentEncodedPath.hasSuffix("/")
            ? String(parts.percentEncodedPath.dropLast()) : parts.percentEncodedPath
    }

    /// The URL of a path of the service.
    func url(_ path: String) -> String { description + path }

    /// As it is written.
    public var description: String {
        let host = host.contains(":") ? "[\(host)]" : host
        return "\(isSecure ? "https" : "http")://\(host):\(port)\(prefix)"
    }
}
