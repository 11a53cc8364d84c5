internal import Foundation
package import Logging
internal import Metrics
internal import Synchronization

/// Who may use a route.
package enum RouteAccess: Hashable, Sendable {
    case anybody
    case scope(Token.Scope)
}

/// Decides who may do what. Without a token file everybody may, which beyond loopback must be asked for.
package final class Authorizer: Sendable {
    /// Wrong tokens from one address within a window, after which further ones get 429.
    static let maximumFailures = 10
    /// The window.
    static let window = Duration.seconds(60)
    /// Addresses that are remembered.
    static let maximumPeers = 4_096

    private struct Failures {
        var count = 0
        var since = ContinuousClock.now
    }

    private let path: String?
    private let metric: String
    private let logger: Logger
    private let tokens: Mutex<[Token]>
    private let failures = Mutex<[String: Failures]>([:])

    /// Reads the token file; nil for none. Throws ``TokenFileError``.
    /// - Parameter metric: the counter of requests with a token that is not valid.
    package init(path: String?, metric: String, logger: Logger) throws(TokenFileError) {
        self.path = path
        self.metric = metric
        self.logger = logger
        tokens = Mutex(try path.map { file throws(TokenFileError) in try Self.read(file) } ?? [])
    }

    /// Reads the file again; keeps what it has if the file is no good.
    package func reload() {
        guard let path else { return }
        do {
            let new = try Self.read(path)
            tokens.withLock { $0 = new }
            logger.notice("tokens read again", metadata: ["tokens": "\(new.count)"])
        } catch {
            logger.error("tokens stay as they were: \(error)")
        }
    }

    /// Throws ``Refusal``: 401 without a valid token, 403 where it does not allow this, 429 after too many wrong ones.
    package func check(_ access: RouteAccess, header: String?, peer: String) throws(Refusal) {
        guard path != nil else { return }
        let scope: Token.Scope
        switch access {
        case .anybody: return
        case .scope(let needed): scope = needed
        }
        guard let header else { throw Refusal(.unauthorized, "send Authorization: Bearer TOKEN") }
        // A valid token is heard in any case: behind a proxy all clients share an address, and one that is set up
        // wrongly must not shut the others out. Guessing is hopeless with or without the bound; it keeps the log and
        // the load small.
        guard let token = find(header) else {
            if isBlocked(peer) {
                throw Refusal(.tooManyRequests, "too many wrong tokens from this address: try again in a minute")
            }
            failed(peer)
            throw Refusal(.unauthorized, "this token is not valid")
        }
        guard token.scopes.contains(scope) else {
            throw Refusal(.forbidden, "this token does not have the scope \(scope.rawValue)")
        }
    }

    private func find(_ header: String) -> Token? {
        // RFC 6750, section 2.1; the scheme's name is case-insensitive (RFC 9110, section 11.1).
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        let digest = Token.digest(of: String(parts[1]))
        var found: Token?
        // All are compared, and every byte of each, so that the time tells nothing.
        for token in tokens.withLock({ $0 }) {
            var difference: UInt8 = 0
            for (one, other) in zip(token.digest, digest) { difference |= one ^ other }
            if difference == 0 { found = token }
        }
        return found
    }

    private func isBlocked(_ peer: String) -> Bool {
        failures.withLock { failures in
            guard let found = failures[peer] else { return false }
            if found.since + Self.window < .now {
                failures[peer] = nil
                return false
            }
            return found.count >= Self.maximumFailures
        }
    }

    private func failed(_ peer: String) {
        Metrics.Counter(label: metric).increment()
        let count = failures.withLock { failures in
            if failures.count >= Self.maximumPeers {
                failures = failures.filter { $0.value.since + Self.window >= .now }
                // A flood from everywhere: start over rather than grow.
                if failures.count >= Self.maximumPeers { failures = [:] }
            }
            failures[peer, default: Failures()].count += 1
            return failures[peer]?.count
        }
        if count == Self.maximumFailures {
            logger.warning(
                "too many wrong tokens; more of them are refused unheard for a minute",
                metadata: ["peer": "\(peer)"]
            )
        }
    }

    private static func read(_ path: String) throws(TokenFileError) -> [Token] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw TokenFileError(message: "cannot read the token file \(path): check the name and its rights")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw TokenFileError(message: "the token file \(path) is not UTF-8 text")
        }
        return try Token.parse(text, path: path)
    }
}
