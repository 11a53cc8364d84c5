internal import Crypto
internal import Foundation

/// A token as the token file holds it: never itself, only its SHA-256.
///
/// Tokens are made here and random, 256 bits, so a plain hash is as good as a slow one: there is nothing to guess.
public struct Token: Hashable, Sendable {
    /// What a token allows.
    public enum Scope: String, Hashable, Sendable, CaseIterable {
        /// Asking: delivery, metrics.
        case read
        /// Handing in and withdrawing.
        case write
    }

    /// Whose it is, for the log.
    public let name: String
    /// What it allows.
    public let scopes: Set<Scope>
    let digest: [UInt8]

    /// The line of the token file.
    public var line: String {
        let scopes = Scope.allCases.filter(scopes.contains).map(\.rawValue).joined(separator: ",")
        return "\(name) \(scopes) sha256:" + digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Makes a new token; returns what the client sends and what the file holds.
    public static func make(name: String, scopes: Set<Scope>) -> (secret: String, token: Token) {
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max) }
        let secret = Data(bytes).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        return (secret, Token(name: name, scopes: scopes, digest: digest(of: secret)))
    }

    static func digest(of secret: String) -> [UInt8] { Array(SHA256.hash(data: Data(secret.utf8))) }

    /// Reads a token file: `NAME SCOPE[,SCOPE] sha256:HEX` a line, `#` for comments. Throws ``TokenFileError``.
    static func parse(_ text: String, path: String) throws(TokenFileError) -> [Token] {
        var tokens: [Token] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let fields = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
            if fields.isEmpty { continue }
            func failure(_ what: String) -> TokenFileError {
                TokenFileError(message: "\(path), line \(index + 1): \(what); see bulletin-ingestor token --help")
            }
            guard fields.count == 3 else { throw failure("expected NAME SCOPES sha256:HEX") }
            var scopes: Set<Scope> = []
            for word in fields[1].split(separator: ",") {
                guard let scope = Scope(rawValue: String(word)) else { throw failure("a scope is read or write") }
                scopes.insert(scope)
            }
            guard fields[2].hasPrefix("sha256:"), let digest = bytes(fields[2].dropFirst(7)), digest.count == 32 else {
                throw failure("expected sha256: and 64 hexadecimal digits")
            }
            tokens.append(Token(name: String(fields[0]), scopes: scopes, digest: digest))
        }
        guard !tokens.isEmpty else { throw TokenFileError(message: "\(path) holds no token; nobody could do anything") }
        return tokens
    }

    private static func bytes(_ hexadecimal: Substring) -> [UInt8]? {
        let digits = hexadecimal.compactMap(\.hexDigitValue)
        guard digits.count == hexadecimal.count, digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }
}
