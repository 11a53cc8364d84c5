public import Console
internal import HummingbirdTLS
package import Logging
internal import NIOCore
package import NIOSSL
internal import Synchronization

/// Where the server's certificate and its key are, in PEM.
public struct TLSFiles: Hashable, Sendable {
    /// The certificate, and those that vouch for it behind it.
    public var certificate: String
    /// The private key.
    public var key: String

    /// Certificate and key.
    public init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }
}

/// A certificate or its key cannot be used.
public struct TLSFileError: UserFacingError, Hashable, CustomStringConvertible {
    /// Which file, why, and what to do.
    public let message: String
    /// Wrong usage.
    public var exitStatus: ExitStatus { .usage }
    /// The message.
    public var description: String { message }
}

/// The server's certificate, which can be read anew while connections that have the old one go on.
package final class ServerCertificate: Sendable {
    private struct Pair {
        var chain: [NIOSSLCertificateSource]
        var key: NIOSSLPrivateKeySource
    }

    private let files: TLSFiles
    private let logger: Logger
    private let pair: Mutex<Pair>

    /// Reads the files and sees whether they fit together. Throws ``TLSFileError``.
    package init(_ files: TLSFiles, logger: Logger) throws(TLSFileError) {
        self.files = files
        self.logger = logger
        pair = Mutex(try Self.read(files))
    }

    /// Reads the files again; keeps what it has if they are no good.
    package func reload() {
        do {
            let new = try Self.read(files)
            pair.withLock { $0 = new }
            logger.notice("the certificate was read again", metadata: ["certificate": "\(files.certificate)"])
        } catch {
            logger.error("the certificate stays as it was: \(error)")
        }
    }

    /// TLS 1.2 or later; each connection gets the certificate of its time.
    package func configuration() -> TLSConfiguration {
        var configuration = pair.withLock { pair in
            TLSConfiguration.makeServerConfiguration(certificateChain: pair.chain, privateKey: pair.key)
        }
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        configuration.sslContextCallback = { [self] _, promise in
            var override = NIOSSLContextConfigurationOverride.noChanges
            pair.withLock { pair in
                override.certificateChain = pair.chain
                override.privateKey = pair.key
            }
            promise.succeed(override)
        }
        return configuration
    }

    private static func read(_ files: TLSFiles) throws(TLSFileError) -> Pair {
        let chain: [NIOSSLCertificate]
        let key: NIOSSLPrivateKey
        do {
            chain = try NIOSSLCertificate.fromPEMFile(files.certificate)
        } catch {
            throw TLSFileError(message: "cannot use the certificate \(files.certificate) (\(error)): expected PEM")
        }
        do {
            key = try NIOSSLPrivateKey(file: files.key, format: .pem)
        } catch {
            throw TLSFileError(
                message: "cannot use the key \(files.key) (\(error)): expected PEM without a passphrase"
            )
        }
        let pair = Pair(chain: chain.map { .certificate($0) }, key: .privateKey(key))
        do {
            // BoringSSL refuses a key that is not the certificate's.
            _ = try NIOSSLContext(
                configuration: .makeServerConfiguration(certificateChain: pair.chain, privateKey: pair.key)
            )
        } catch {
            throw TLSFileError(
                message: "the key \(files.key) is not that of the certificate \(files.certificate) (\(error))"
            )
        }
        return pair
    }
}
