public import BulletinParser
internal import Console
internal import Foundation
public import HTTPService
public import Kafka
public import Operations

/// All that `bulletin-ingestor serve` is told, checked as a whole before anything is opened.
public struct IngestorConfiguration: Sendable {
    /// Where HTTP is served.
    public var listen: ListenAddress
    /// Where probes alone are answered; nil for nowhere but there.
    public var probeListen: ListenAddress?
    /// The outbox's file.
    public var outbox: String
    /// What the outbox may hold.
    public var outboxLimits: OutboxLimits
    /// The folder whose files are taken in; nil for none.
    public var watch: String?
    /// How long a file in it must have been left alone.
    public var watchSettleTime: Duration
    /// The file of tokens; nil where nobody is asked for one.
    public var tokenFile: String?
    /// Certificate and key; nil for plain HTTP.
    public var tls: TLSFiles?
    /// What clients may send.
    public var limits: HTTPLimits
    /// Where events go.
    public var relay: RelayConfiguration
    /// The words that the parser knows.
    public var lexicon: Lexicon
    /// The CloudEvents `source` of the events, a URI reference.
    public var source = "urn:bulletins:ingestor"
    /// How long ago a broker may last have been heard.
    public var readyBrokerAge: Duration
    /// How many events may wait while no broker is heard.
    public var readyBacklog: Int
    /// How long ending may take after SIGTERM.
    public var shutdownTime: Duration

    /// What the settings say.
    /// - Throws: `CommandError` for settings that are each acceptable and together are not.
    public init(_ settings: ResolvedSettings, kafka: KafkaConfiguration, lexicon: Lexicon) throws {
        guard let address = ListenAddress(settings[.listen]) else {
            throw CommandError("listen: \(settings[.listen]) is not HOST:PORT", exitStatus: .usage)
        }
        guard let outbox = settings[.outbox] else {
            throw CommandError(
                "no outbox: name the file that keeps what was accepted, such as --outbox /var/lib/bulletins/outbox.sqlite",
                exitStatus: .usage
            )
        }
        listen = address
        probeListen = settings[.probeListen].flatMap(ListenAddress.init)
        self.outbox = outbox
        self.lexicon = lexicon
        watch = settings[.watch]
        watchSettleTime = .milliseconds(settings[.watchSettleMilliseconds])
        tokenFile = settings[.tokens]
        tls = try Self.tls(settings)
        if !address.isLoopback {
            if tls == nil, !settings[.allowPlaintext] {
                throw Self.exposed(address, "without TLS", "--tls-certificate and --tls-key", "--allow-plaintext")
            }
            if tokenFile == nil, !settings[.allowAnonymous] {
                throw Self.exposed(address, "without tokens", "--tokens", "--allow-anonymous")
            }
        }
        outboxLimits = OutboxLimits(
            pendingBytes: settings[.outboxMaxPendingBytes],
            reservedDiskBytes: settings[.outboxReservedDiskBytes],
            retention: .seconds(settings[.outboxRetentionSeconds]),
            retainedBytes: settings[.outboxRetainedBytes],
            rememberedRecords: settings[.outboxRemembered]
        )
        limits = HTTPLimits(settings)
        shutdownTime = .seconds(settings[.shutdownTimeoutSeconds])
        relay = RelayConfiguration(
            kafka: kafka,
            topic: settings[.topic],
            rejectedTopic: settings[.rejectedTopic],
            partitions: settings[.partitions],
            replicationFactor: settings[.replicationFactor],
            drainTime: shutdownTime / 2
        )
        readyBrokerAge = .seconds(settings[.readyBrokerAgeSeconds])
        readyBacklog = settings[.readyBacklog]
    }

    private static func tls(_ settings: ResolvedSettings) throws -> TLSFiles? {
        switch (settings[.tlsCertificate], settings[.tlsKey]) {
        case (nil, nil): return nil
        case (let certificate?, let key?): return TLSFiles(certificate: certificate, key: key)
        case (_?, nil): throw CommandError("tls-certificate without tls-key: give both", exitStatus: .usage)
        case (nil, _?): throw CommandError("tls-key without tls-certificate: give both", exitStatus: .usage)
        }
    }

    private static func exposed(_ address: ListenAddress, _ how: String, _ remedy: String, _ flag: String)
        -> CommandError
    {
        CommandError(
            "other machines would reach \(address) \(how): give \(remedy), listen on 127.0.0.1, or say \(flag)",
            exitStatus: .usage
        )
    }
}

extension HTTPLimits {
    /// What the settings say.
    init(_ settings: ResolvedSettings) {
        self.init()
        bodyBytes = settings[.httpMaxBodyBytes]
        batchBytes = settings[.httpMaxBatchBytes]
        headerBytes = settings[.httpMaxHeaderBytes]
        bufferedBytes = settings[.httpMaxBufferedBytes]
        connections = settings[.httpMaxConnections]
        requests = settings[.httpMaxRequests]
        parseQueue = settings[.parseQueue]
        parseTime = .milliseconds(settings[.parseTimeoutMilliseconds])
        let threads = settings[.parseThreads]
        parseThreads = threads > 0 ? threads : ProcessInfo.processInfo.activeProcessorCount
        requestTime = .seconds(settings[.httpRequestTimeoutSeconds])
        idleTime = .seconds(settings[.httpIdleTimeoutSeconds])
    }
}
